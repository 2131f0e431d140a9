import { randomUUID } from 'node:crypto';

import { type Schematic, SchematicClient, SchematicError } from '@schematichq/schematic-typescript-node';

import { CompatibleStack, type KeyLimits } from './compatible-stack.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** As sent: `JSON.parse` would lose digits. */
  readonly text: string;
  readonly body: { readonly data?: unknown; readonly params?: unknown; readonly error?: string };
}

export interface SendOptions {
  readonly key?: string | null;
  readonly idempotencyKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** As it is. */
  readonly raw?: string;
  readonly body?: object;
}

/** A stack, Schematic's own client pointed at it, and plain HTTP. */
export class SchematicStack {
  private readonly clients: SchematicClient[] = [];

  private constructor(
    readonly stack: CompatibleStack,
    readonly key: string,
  ) {}

  static async start(): Promise<SchematicStack> {
    const stack = await CompatibleStack.start();
    return new SchematicStack(stack, await stack.key());
  }

  /** Schematic's client with this key, unchanged; nothing but its address is another. */
  client(apiKey = this.key): SchematicClient {
    const client = new SchematicClient({ apiKey, basePath: this.stack.baseUrl });
    this.clients.push(client);
    return client;
  }

  /** A key of acme. */
  keyWith(limits: KeyLimits): Promise<string> {
    return this.stack.key('acme', limits);
  }

  async stop(): Promise<void> {
    for (const client of this.clients) await client.close();
    await this.stack.stop();
  }

  async send(method: string, path: string, options: SendOptions = {}): Promise<Answer> {
    const { key = this.key, idempotencyKey, headers, body, raw = body && JSON.stringify(body) } = options;
    const response = await fetch(`${this.stack.baseUrl}${path}`, {
      method,
      headers: {
        ...(key !== null && { 'x-schematic-api-key': key }),
        ...(raw !== undefined && { 'content-type': 'application/json' }),
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
        ...headers,
      },
      ...(raw !== undefined && { body: raw }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: JSON.parse(text) as Answer['body'] };
  }

  /** A credit with nothing but what it needs. */
  async credit(fields: Partial<Schematic.CreateBillingCreditRequestBody> = {}): Promise<string> {
    const needed = { name: 'Calls', description: 'Calls of the API', currency: 'USD' };
    return (await this.client().credits.createBillingCredit({ ...needed, ...fields })).data.id;
  }

  /** A company that was granted so much of a credit. */
  async company(creditId: string, quantity: number): Promise<string> {
    const companyId = `comp_${randomUUID()}`;
    await this.grant(companyId, creditId, quantity);
    return companyId;
  }

  async grant(
    companyId: string,
    creditId: string,
    quantity: number,
    fields: Partial<Schematic.CreateCompanyCreditGrant> = {},
  ): Promise<Schematic.BillingCreditGrantResponseData> {
    const needed = { companyId, creditId, quantity, reason: 'purchased' } as const;
    return (await this.client().credits.grantBillingCreditsToCompany({ ...needed, ...fields })).data;
  }

  async balance(companyId: string, key = this.key): Promise<readonly Schematic.CompanyCreditBalanceResponseData[]> {
    return (await this.client(key).credits.listCompanyCreditBalances({ companyId })).data;
  }

  /** A native request; a command by its outcome. */
  async native(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const response = await fetch(`${this.stack.baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.key}`,
        prefer: 'wait=30',
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return (await response.json()) as Record<string, unknown>;
  }
}

/** Status and message of what a call of the client is refused with. */
export async function refusalOf(call: Promise<unknown>): Promise<{ status?: number; error?: string; name: string }> {
  const error = await call.then(
    () => new Error('the call was not refused'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof SchematicError)) throw error;
  const { error: message } = (error.body ?? {}) as { error?: string };
  return { status: error.statusCode, error: message, name: error.name };
}
