import type { ContenderProcess } from './contender-process.js';
import type { LedgerFacts } from './check.js';
import type { Postgres } from './postgres.js';
import type { Workload } from './workload.js';

export const CONTENDERS = [
  'baseline',
  'baseline-concurrent',
  'uniform',
  'hot',
  'half-duplicates',
  'grants',
  'thousand-grants',
  'drain',
  'gateway',
  'floor',
] as const;
export type ContenderName = (typeof CONTENDERS)[number];

/** Everything of one run that has a name of its own. */
export interface RunNames {
  /** Unique; lower case letters, digits and underscores. */
  readonly id: string;
  readonly database: string;
  readonly databaseUrl: string;
  readonly balanceTopic: string;
  readonly invalidationTopic: string;
  readonly logFile: string;
}

/** One of those that are compared: what to run, on what, and how to check it afterwards. */
export interface Contender {
  readonly name: ContenderName;
  readonly workload: Workload;
  /** Preloaded before the first run and read from its beginning in each. */
  readonly commandsTopic: string;
  /** Database that each run gets a copy of. */
  readonly template: string;
  /** Events topics of a run, by its id, and others that must exist. */
  topics(id: string): {
    readonly balance: string;
    readonly invalidation: string;
    readonly others: readonly string[];
  };
  /** Starts it; it begins to work at once, or as soon as it has joined its group. */
  start(run: RunNames): ContenderProcess;
  /** Name of its consumer group in a run; undefined when it reads no commands. */
  groupId(id: string): string | undefined;
  ledgerFacts(postgres: Postgres, database: string): Promise<LedgerFacts>;
}

/** A compiled script of this repository. */
export function compiled(path: string): string {
  return `${__dirname}/../../${path}`;
}
