import type { CustomTransportStrategy } from '@nestjs/microservices';

/** A `BatchConsumer`, or whatever starts and stops one. */
export interface ConsumerProcess {
  start(): Promise<void>;
  /** False when it took longer than its deadline; what is left is delivered again. */
  stop(): Promise<boolean>;
}

/**
 * Runs a batch consumer as a Nest microservice: started by `app.listen()` or `startAllMicroservices()`, drained when
 * the app closes. Not Nest's own Kafka server, which hands over one message at a time, lets a message that always
 * fails block its partition, and gives no access to the batch. There are no message handlers, so Nest's `Server`
 * class isn't needed, nor loaded by those who only import types.
 */
export class BatchConsumerStrategy implements CustomTransportStrategy {
  constructor(private readonly consumer: ConsumerProcess) {}

  /** Calls back when the consumer has begun to fetch; with the error when it refuses to start. */
  listen(callback: (error?: unknown) => void): void {
    this.consumer.start().then(() => callback(), callback);
  }

  async close(): Promise<void> {
    await this.consumer.stop();
  }
}
