import { createHash, randomUUID } from 'node:crypto';

import { REPLY_HEADERS } from '@app/contracts';
import type { LedgerEntry } from '@app/domain';
import type { OutgoingRecord } from '@app/messaging';
import {
  InvalidCursor,
  TimeInFuture,
  type AccountAddress,
  type AccountListQuery,
  type AccountView,
  type ApiKey,
  type BalanceAt,
  type EntryListQuery,
  type MovementQuery,
  type Page,
  type Scope,
  type Slice,
} from '@app/store';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import type { AwaitedReply } from '../commands/command-log.js';
import { createGatewayApp } from '../gateway-app.js';
import type { GatewayOptions } from '../gateway-options.js';
import { FakeObjects } from './fake-objects.js';

export const TENANT = 'acme';
/** A key with all scopes of `TENANT`. */
export const ADMIN_KEY = 'cb_admin';

const OPTIONS: GatewayOptions = {
  waitMaxSeconds: 30,
  keyCacheMs: 5_000,
  compatibleApis: [],
  klaimCreditType: 'credits',
  rateLimit: undefined,
  docsEnabled: true,
  metricsEnabled: true,
  adminPort: undefined,
  trustedProxies: [],
  requestTimeoutMs: 30_000,
};

/** The log: keeps what is published, or is away. `answer` is what a worker would reply. */
export class FakeLog {
  readonly records: OutgoingRecord[] = [];
  away: Error | undefined;
  /** A worker's reply to a record; undefined: none comes. */
  answer: ((command: Record<string, unknown>) => object | undefined) | undefined;
  private readonly awaited = new Map<string, (value: Buffer | undefined) => void>();

  publish(record: OutgoingRecord): Promise<void> {
    if (this.away) return Promise.reject(this.away);
    this.records.push(record);
    const answer = this.answer?.(JSON.parse(String(record.value)) as Record<string, unknown>);
    const correlationId = String(record.headers?.[REPLY_HEADERS.correlationId]);
    if (answer) this.awaited.get(correlationId)?.(Buffer.from(JSON.stringify(answer)));
    return Promise.resolve();
  }

  expect(waitMs: number): AwaitedReply {
    const correlationId = randomUUID();
    let resolve: (value: Buffer | undefined) => void = () => undefined;
    const value = new Promise<Buffer | undefined>((settle) => (resolve = settle));
    const timer = setTimeout(() => resolve(undefined), waitMs);
    this.awaited.set(correlationId, resolve);
    const headers = { [REPLY_HEADERS.correlationId]: correlationId, [REPLY_HEADERS.topic]: 'test.reply' };
    return {
      headers,
      value: value.finally(() => clearTimeout(timer)),
      cancel: () => resolve(undefined),
    };
  }

  /** The published commands, parsed. */
  get commands(): Record<string, unknown>[] {
    return this.records.map(({ value }) => JSON.parse(String(value)) as Record<string, unknown>);
  }
}

/** The database: rows that a test puts there, or away. */
export class FakeDatabase {
  readonly keys: ApiKey[] = [];
  readonly accounts: AccountView[] = [];
  readonly entries: LedgerEntry[] = [];
  readonly objects = new FakeObjects(TENANT, (get) => this.read(get));
  readonly touched: string[] = [];
  past: BalanceAt | null = null;
  away = false;
  /** Key look-ups so far. */
  keyReads = 0;
  lastAccountList: AccountListQuery | undefined;
  lastEntryList: EntryListQuery | undefined;
  lastMovements: MovementQuery | undefined;

  addKey(secret: string, fields: Partial<ApiKey> = {}): ApiKey {
    const hash = createHash('sha256').update(secret).digest();
    const key = { ...KEY, shown: secret.slice(0, 6), ...fields, hash };
    this.keys.push(key);
    return key;
  }

  revoke(secret: string): void {
    const hash = createHash('sha256').update(secret).digest();
    const index = this.keys.findIndex((key) => key.hash.equals(hash));
    const key = this.keys[index];
    if (key) this.keys[index] = { ...key, revokedAt: Date.now() };
  }

  readonly keyStore = {
    findByHash: (hash: Buffer): Promise<ApiKey | null> => {
      this.keyReads += 1;
      return this.read(() => this.keys.find((key) => key.hash.equals(hash)) ?? null);
    },
    touch: (hashes: readonly Buffer[]): Promise<void> =>
      this.read(() => void this.touched.push(...hashes.map((hash) => hash.toString('hex')))),
  };

  readonly accountReader = {
    find: (tenantId: string, address: AccountAddress): Promise<AccountView | null> =>
      this.read(() => this.accounts.find((view) => view.account.tenantId === tenantId && isAt(view, address)) ?? null),
    list: (tenantId: string, query: AccountListQuery): Promise<Page<AccountView>> =>
      this.read(() => {
        this.lastAccountList = query;
        if (query.cursor === 'forged') throw new InvalidCursor(query.cursor);
        const { accountId } = query;
        const items = this.accounts.filter(
          ({ account }) =>
            account.tenantId === tenantId && (accountId === undefined || account.accountId === accountId),
        );
        return { items, nextCursor: accountId === undefined ? 'next' : null };
      }),
    balanceAt: (_tenantId: string, _account: object, at: number): Promise<BalanceAt | null> =>
      this.read(() => {
        if (at > Date.now()) throw new TimeInFuture(at);
        return this.past;
      }),
  };

  readonly entryReader = {
    findByCommandId: (tenantId: string, commandId: string): Promise<LedgerEntry | null> =>
      this.read(
        () => this.entries.find((entry) => entry.tenantId === tenantId && entry.commandId === commandId) ?? null,
      ),
    list: (tenantId: string, at: { accountId: string }, query: EntryListQuery): Promise<Page<LedgerEntry>> =>
      this.read(() => {
        this.lastEntryList = query;
        const items = this.entries.filter((entry) => entry.tenantId === tenantId && entry.accountId === at.accountId);
        return { items, nextCursor: null };
      }),
    movements: (tenantId: string, at: { accountId: string }, query: MovementQuery): Promise<Slice<LedgerEntry>> =>
      this.read(() => {
        this.lastMovements = query;
        const items = this.entries.filter((entry) => entry.tenantId === tenantId && entry.accountId === at.accountId);
        return { items, total: items.length };
      }),
  };

  private read<T>(get: () => T): Promise<T> {
    return Promise.resolve().then(() => {
      this.assertThere();
      return get();
    });
  }

  assertThere(): void {
    if (this.away) throw new Error('connection refused');
  }
}

/** A started gateway on fakes. */
export class GatewayUnderTest {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly log: FakeLog,
    readonly database: FakeDatabase,
    readonly options: GatewayOptions,
  ) {}

  static async start(
    options: Partial<GatewayOptions> = {},
    routeGroups: readonly Type[] = [],
  ): Promise<GatewayUnderTest> {
    const log = new FakeLog();
    const database = new FakeDatabase();
    database.addKey(ADMIN_KEY, { scopes: ['admin'] });
    const connections = {
      log,
      replies: log,
      accounts: database.accountReader,
      entries: database.entryReader,
      grants: database.objects.grantReader,
      holds: database.objects.holdReader,
      holdings: database.objects.holdingsReader,
      schedules: database.objects.scheduleReader,
      creditTypes: database.objects.creditTypeReader,
      keys: database.keyStore,
      readiness: [
        {
          name: 'broker',
          check: () => {
            if (log.away) throw log.away;
          },
        },
        { name: 'database', check: () => database.assertThere() },
      ],
    };
    const all = { ...OPTIONS, ...options };
    return new GatewayUnderTest(await createGatewayApp(connections, all, undefined, routeGroups), log, database, all);
  }

  async send(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    { key = ADMIN_KEY, headers = {}, body, raw }: SendOptions = {},
  ): Promise<Answer> {
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await this.app.inject({
      method,
      url,
      headers: {
        ...(key !== null && { authorization: `Bearer ${key}` }),
        ...(payload !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(payload !== undefined && { payload }),
    });
    const isJson = String(response.headers['content-type']).includes('json');
    return {
      status: response.statusCode,
      headers: response.headers,
      text: response.payload,
      body: (isJson ? JSON.parse(response.payload) : {}) as Answer['body'],
    };
  }

  stop(): Promise<void> {
    return this.app.close();
  }
}

export interface SendOptions {
  /** API key; null: none is sent. */
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Body as it is, instead of `body`. */
  readonly raw?: string | Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly body: Record<string, unknown> & {
    readonly code?: string;
    readonly detail?: string;
    readonly errors?: { pointer: string; message: string }[];
  };
}

const KEY: ApiKey = {
  hash: Buffer.alloc(32),
  tenantId: TENANT,
  name: 'test',
  shown: 'cb_',
  scopes: ['credits:read', 'credits:write'] satisfies Scope[],
  accountPrefix: null,
  group: null,
  expiresAt: null,
  revokedAt: null,
  createdAt: 0,
  lastUsedAt: null,
};

function isAt({ account, systemId }: AccountView, address: AccountAddress): boolean {
  if ('systemId' in address) return systemId === address.systemId;
  if (account.creditType !== address.creditType) return false;
  return 'accountId' in address ? account.accountId === address.accountId : account.externalId === address.externalId;
}
