import type { LogProducer, TopicRecords } from '../ports.js';
import type { MemoryBroker } from './memory-broker.js';

/** `LogProducer` on a `MemoryBroker`. */
export class MemoryLogProducer implements LogProducer {
  constructor(private readonly broker: MemoryBroker) {}

  connect(): Promise<void> {
    return Promise.resolve();
  }

  async send(batch: readonly TopicRecords[]): Promise<void> {
    // As over a network: never acknowledged before the caller has gone on.
    await Promise.resolve();
    this.broker.send(batch);
  }

  disconnect(): Promise<void> {
    return Promise.resolve();
  }
}
