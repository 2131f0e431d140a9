import { setTimeout as sleep } from 'node:timers/promises';

import { PositionLost } from '@app/messaging';
import type { Pool, PoolClient } from 'pg';

import { UnstorableValue } from './chunk/array-encoder.js';
import { type ChunkPlan, planChunk } from './chunk/chunk-plan.js';
import { decideChunk } from './chunk/decide-chunk.js';
import { checkFence, readChunk } from './chunk/read-chunk.js';
import type { Run } from './chunk/run.js';
import { UnexpectedCounts } from './chunk/unexpected-counts.js';
import { writeChunk } from './chunk/write-chunk.js';
import { connectionSurvives, failureKind } from './failures.js';
import { type CommandChunk, CommandFailed, type CommandResult, type Decide, type Ledger } from './ports.js';
import { FENCE } from './sql/fence.js';

export interface LedgerOptions {
  /** How often a chunk is begun, the first time included, while others are quicker. Default 5. */
  readonly attemptsMax?: number;
  /** Longest wait before the second attempt; doubles with each one. Default 20 ms. */
  readonly delayMsMax?: number;
}

/** Each statement must see what was committed before it, whatever the database's default is. */
const BEGIN = 'begin isolation level read committed';
const ATTEMPTS_MAX = 5;
const DELAY_MS_MAX = 20;

/**
 * The ledger in Postgres. One transaction per chunk:
 *
 *     begin ─ fence ─ read and lock ─┬─ decide in memory ─ write everything in one statement ─ commit
 *       ▲                            └─ fence doesn't hold: roll back, `PositionLost`
 *       └── roll back, wait a little ◄── somebody was quicker (unique violation, deadlock, unexpected counts)
 *
 * Reading is one round trip (pipelined), writing one, committing one. Nothing is remembered from one chunk, or
 * from one attempt, to the next. The pool must be one of `createLedgerPool`.
 */
export class PostgresLedger implements Ledger {
  private readonly attemptsMax: number;
  private readonly delayMsMax: number;

  constructor(
    private readonly pool: Pool,
    private readonly decide: Decide,
    options: LedgerOptions = {},
  ) {
    this.attemptsMax = options.attemptsMax ?? ATTEMPTS_MAX;
    this.delayMsMax = options.delayMsMax ?? DELAY_MS_MAX;
  }

  async apply(chunk: CommandChunk): Promise<readonly CommandResult[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.transaction((run) => this.attempt(run, chunk));
      } catch (error) {
        const kind = failureKind(error);
        if (kind === 'command') throw commandFailed(error, chunk);
        if (kind === 'outage' || attempt === this.attemptsMax) throw error;
        await sleep(Math.random() * this.delayMsMax * 2 ** (attempt - 1));
      }
    }
  }

  private async attempt(run: Run, chunk: CommandChunk): Promise<readonly CommandResult[]> {
    if (chunk.commands.length === 0) {
      const fence = await run(FENCE, [chunk.topic, chunk.partition]);
      checkFence(chunk, fence[0]);
      await writeChunk(run, chunk, NOTHING_PLANNED, NOTHING_DECIDED);
      return [];
    }
    const plan = planChunk(chunk);
    const read = await readChunk(run, chunk, plan);
    const decided = decideChunk(chunk, plan, read, this.decide);
    await writeChunk(run, chunk, plan, decided);
    return decided.results;
  }

  /** Commits when `work` resolves; else rolls back, and gives up the connection when its state isn't known. */
  private async transaction<T>(work: (run: Run) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let usable = false;
    try {
      const began = client.query(BEGIN);
      // Sent, not awaited: `work` waits for the statements behind it, which fail when this one does.
      began.catch(() => undefined);
      const result = await work(runOn(client));
      await began;
      await commit(client);
      usable = true;
      return result;
    } catch (error) {
      usable = (connectionSurvives(error) || isOwn(error)) && (await rolledBack(client));
      throw error;
    } finally {
      client.release(!usable);
    }
  }
}

const NOTHING_PLANNED: ChunkPlan = {
  commands: [],
  accounts: [],
  tenantIds: [],
  creditTypes: [],
  externalIds: [],
  named: undefined,
};
const NOTHING_DECIDED = { results: [], newEntries: [], objects: undefined };

function runOn(client: PoolClient): Run {
  return async ({ name, text }, values) => {
    const result = await client.query<string[]>({ name, text, values: [...values], rowMode: 'array' });
    return result.rows;
  };
}

/** Postgres answers the commit of an aborted transaction with ROLLBACK, not with an error. */
async function commit(client: PoolClient): Promise<void> {
  const { command } = await client.query('commit');
  if (command !== 'COMMIT') throw new Error(`commit was answered with ${command}: nothing was applied`);
}

async function rolledBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query('rollback');
    return true;
  } catch {
    return false;
  }
}

/** Errors that this library throws between statements: the connection itself is fine. */
function isOwn(error: unknown): boolean {
  return (
    error instanceof PositionLost ||
    error instanceof CommandFailed ||
    error instanceof UnexpectedCounts ||
    error instanceof UnstorableValue
  );
}

function commandFailed(error: unknown, chunk: CommandChunk): CommandFailed {
  const message = error instanceof Error ? error.message : String(error);
  const alone = chunk.commands.length === 1 ? 0 : undefined;
  return new CommandFailed(`Postgres can't store the data: ${message}`, alone, { cause: error });
}
