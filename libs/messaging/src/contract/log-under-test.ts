import type { LogAdmin } from '../log-admin.js';
import type { LogConsumer } from '../log-consumer.js';
import type { LogProducer } from '../ports.js';

/** A log for the contract suite. Every implementation must pass the same tests. */
export interface LogUnderTest {
  readonly admin: LogAdmin;
  readonly producer: LogProducer;
  /** Makes a topic with a name of its own. */
  createTopic(partitions: number): Promise<string>;
  /** A consumer that is not started, with a session timeout of at least 6 s. */
  consumer(groupId: string): LogConsumer;
  /** What retention does. */
  deleteRecordsBefore(topic: string, partition: number, offset: bigint): Promise<void>;
  close(): Promise<void>;
}
