import type { Topics } from '@app/contracts';
import type { BatchConsumerOptions, KafkaLogConsumerOptions, KafkaSettings } from '@app/messaging';
import type { ConnectionOptions } from '@app/store';

/** Everything that the worker's parts need to know, read once from the configuration. */
export interface WorkerSettings {
  readonly host: string;
  /** Port of health and metrics; 0: any. */
  readonly port: number;
  readonly kafka: KafkaSettings;
  readonly postgres: ConnectionOptions;
  readonly topics: Topics;
  /** Consumer group. */
  readonly group: string;
  readonly consumer: Partial<KafkaLogConsumerOptions>;
  readonly chunks: Partial<BatchConsumerOptions>;
}
