import { randomUUID } from 'node:crypto';
import { accountRecordKey } from '@app/contracts';
import type { OutgoingRecord } from '@app/messaging';
import type { Deployment } from '../deployment/deployment.js';

export interface LoadOptions {
  readonly accounts: number;
  /** Records published at a time. */
  readonly batch: number;
  /** Pause between them, milliseconds. */
  readonly pauseMs: number;
}

const OPENING = 1_000_000;

/**
 * Publishes deltas of −1 to +3 on many accounts until stopped, a tenth of them twice with the same id, and knows
 * what the balances must be in the end. Nothing can be rejected, so the order between accounts doesn't matter.
 */
export class Load {
  readonly expected = new Map<string, bigint>();
  /** Distinct commands that were published, openings included. */
  readonly commandIds = new Set<string>();
  private running: Promise<void> | undefined;
  private stopped = false;
  private count = 0;

  constructor(
    private readonly deployment: Deployment,
    private readonly options: LoadOptions,
  ) {}

  async open(): Promise<void> {
    const accounts = Array.from({ length: this.options.accounts }, (_, n) => `load_${n}`);
    for (const accountId of accounts) this.expected.set(accountId, BigInt(OPENING));
    await this.deployment.send(
      accounts.map((accountId) => this.record({ type: 'account.open', accountId, initial: String(OPENING) })),
    );
  }

  /** In the background; while the broker is away it waits for it. */
  start(): void {
    this.running = this.run();
    // Whoever stops the load hears of a failure; a test that has failed before doesn't.
    this.running.catch(() => undefined);
  }

  /** Resolves when everything that was begun is on the log. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  async publishBatch(): Promise<void> {
    const records = Array.from({ length: this.options.batch }, () => this.nextDelta()).flat();
    await this.deployment.send(records);
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      await this.publishBatch();
      await new Promise((resolve) => setTimeout(resolve, this.options.pauseMs));
    }
  }

  private nextDelta(): OutgoingRecord[] {
    const n = this.count++;
    const accountId = `load_${(n * 7) % this.options.accounts}`;
    const delta = BigInt((n % 5) - 1);
    this.expected.set(accountId, (this.expected.get(accountId) ?? 0n) + delta);
    const record = this.record({ type: 'credit.delta', accountId, delta: delta.toString() });
    return n % 10 === 0 ? [record, record] : [record];
  }

  private record(fields: Record<string, string>): OutgoingRecord {
    const id = randomUUID();
    this.commandIds.add(id);
    const { tenantId } = this.deployment;
    return {
      key: accountRecordKey(tenantId, fields.accountId ?? ''),
      value: JSON.stringify({ id, tenantId, ...fields }),
    };
  }
}

/** Everything that was published has exactly one effect: balances, ids and versions are as a serial run makes them. */
export async function expectEverythingOnce(deployment: Deployment, load: Load): Promise<void> {
  const balances = await deployment.balances();
  const wrong = [...load.expected].filter(([accountId, balance]) => balances.get(accountId) !== balance.toString());
  expect(wrong.map(([accountId, balance]) => `${accountId}: ${balances.get(accountId)} instead of ${balance}`)).toEqual(
    [],
  );
  const rows = await deployment.ledger();
  const ids = new Set(rows.map(({ command_id }) => command_id));
  expect(rows).toHaveLength(load.commandIds.size); // I3
  expect([...load.commandIds].filter((id) => !ids.has(id))).toEqual([]);
  expect(await deployment.violations()).toEqual([]); // I1, I4
}
