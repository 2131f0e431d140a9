import type { LedgerFacts } from './check.js';
import { ContenderProcess } from './contender-process.js';
import { type Contender, type RunNames, compiled } from './contender.js';
import type { Postgres } from './postgres.js';

/** The worker's default; a chunk is one transaction and one produce request. */
const CHUNK_RECORDS = 1_000;

/** V8's heap of the floor's process: it holds all rows and events of a run in memory before it begins. */
const HEAP_MIB = 6_144;

/**
 * What the uniform run wrote and published, written and published again by plain statements and plain kafkajs with
 * no logic: see floor-process.ts.
 */
export class Floor implements Contender {
  readonly name = 'floor';
  readonly workload;
  readonly commandsTopic;
  readonly template;

  constructor(
    private readonly uniform: Contender,
    /** The finished uniform run that is copied; its database and topics must still exist. */
    private readonly source: RunNames,
    private readonly brokers: readonly string[],
    private readonly partitions: number,
  ) {
    this.workload = uniform.workload;
    this.commandsTopic = uniform.commandsTopic;
    this.template = uniform.template;
  }

  topics(id: string) {
    return { balance: `bench.${id}.balance-changed`, invalidation: `bench.${id}.cache-invalidation`, others: [] };
  }

  /** It reads no commands. */
  groupId(): undefined {
    return undefined;
  }

  start(run: RunNames): ContenderProcess {
    const settings = {
      brokers: this.brokers,
      sourceUrl: this.source.databaseUrl,
      targetUrl: run.databaseUrl,
      sourceTopics: [this.source.balanceTopic, this.source.invalidationTopic],
      targetTopics: [run.balanceTopic, run.invalidationTopic],
      partitions: this.partitions,
      chunkRecords: CHUNK_RECORDS,
    };
    const script = compiled('bench/src/floor-process.js');
    return ContenderProcess.start(
      script,
      [`--max-old-space-size=${HEAP_MIB}`],
      { FLOOR_SETTINGS: JSON.stringify(settings) },
      run.logFile,
    );
  }

  ledgerFacts(postgres: Postgres, database: string): Promise<LedgerFacts> {
    return this.uniform.ledgerFacts(postgres, database);
  }
}
