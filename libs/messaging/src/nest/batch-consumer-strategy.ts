import { type CustomTransportStrategy, Server } from '@nestjs/microservices';

/** A `BatchConsumer`, or whatever starts and stops one. */
export interface ConsumerProcess {
  start(): Promise<void>;
  /** False when it took longer than its deadline. */
  stop(): Promise<boolean>;
}

/**
 * Runs a batch consumer as a Nest microservice: started by `app.listen()` or `startAllMicroservices()`, drained when
 * the app closes. Not Nest's own Kafka server, which hands over one message at a time, lets a message that always
 * fails block its partition, and gives no access to the batch.
 */
export class BatchConsumerStrategy extends Server implements CustomTransportStrategy {
  constructor(private readonly consumer: ConsumerProcess) {
    super();
  }

  listen(callback: (error?: unknown) => void): void {
    this.consumer.start().then(() => callback(), callback);
  }

  async close(): Promise<void> {
    if (!(await this.consumer.stop())) {
      this.logger.warn('The chunks in hand were not finished within the deadline; they are delivered again.');
    }
  }

  /** There are no events to subscribe to; see `ConsumerObserver`. */
  on(): void {
    throw new Error('A batch consumer has no Nest events; give it a ConsumerObserver.');
  }

  unwrap<T>(): T {
    return this.consumer as T;
  }
}
