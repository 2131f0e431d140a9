import { Client } from 'pg';

import { type ConnectionOptions, poolConfig } from '../connection.js';
import { RELEASE_SCHEDULER, STILL_THERE, TRY_SCHEDULER } from '../sql/scheduler-lock.js';

/**
 * Who leads the schedulers: the one whose connection holds the advisory lock. It lasts as long as the connection, so
 * a leader that died without a word is replaced when TCP keepalive has found out, on either side. Two leaders for a
 * moment are harmless, because the ids of the scheduler's commands are derived.
 *
 *     no connection ── tryAcquire ──► connected ── lock is free ──► held ── connection lost, release ──► no connection
 */
export class SchedulerLease {
  /** Only with a connection that was alive when it was last used. */
  private client: Client | undefined;
  private holds = false;

  /** `onError` hears of a connection that breaks. */
  constructor(
    private readonly options: ConnectionOptions,
    private readonly onError: (error: Error) => void = () => undefined,
  ) {}

  /** True until the connection is known to be lost; `tryAcquire` asks. */
  held(): boolean {
    return this.holds;
  }

  /**
   * True when this process leads, now or still; for every beat of the scheduler, one at a time. Makes the connection
   * again when it was lost. @throws Error when Postgres is away (then nothing is held).
   */
  async tryAcquire(): Promise<boolean> {
    const client = this.client ?? (await this.connect());
    try {
      if (this.holds) await client.query(STILL_THERE);
      else {
        const { rows } = await client.query<{ acquired: boolean }>(TRY_SCHEDULER);
        this.holds = this.client === client && rows[0]?.acquired === true;
      }
      return this.holds;
    } catch (error) {
      this.lose(client);
      throw error;
    }
  }

  /** Lets another one lead, and closes the connection. */
  async release(): Promise<void> {
    const { client, holds } = this;
    if (client === undefined) return;
    this.forget(client);
    try {
      if (holds) await client.query(RELEASE_SCHEDULER);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  private async connect(): Promise<Client> {
    const { max: _max, ...config } = poolConfig(this.options);
    const client = new Client({
      ...config,
      options: SERVER_KEEP_ALIVE,
      keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY_MS,
      query_timeout: ANSWER_TIMEOUT_MS,
    });
    client.on('error', (error) => {
      this.lose(client);
      this.onError(error);
    });
    client.on('end', () => this.forget(client));
    await client.connect();
    this.client = client;
    return client;
  }

  private lose(client: Client): void {
    this.forget(client);
    void client.end().catch(() => undefined);
  }

  private forget(client: Client): void {
    if (this.client !== client) return;
    this.client = undefined;
    this.holds = false;
  }
}

const KEEP_ALIVE_DELAY_MS = 2_000;
const ANSWER_TIMEOUT_MS = 5_000;

/** The server finds a dead leader within about ten seconds, and the lock is free. */
const SERVER_KEEP_ALIVE = ['tcp_keepalives_idle=5', 'tcp_keepalives_interval=2', 'tcp_keepalives_count=3']
  .map((setting) => `-c ${setting}`)
  .join(' ');
