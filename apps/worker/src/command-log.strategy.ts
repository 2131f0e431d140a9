import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import type { CommandWorker } from './command-worker.js';

/**
 * Runs the worker as a Nest microservice. Not Nest's own Kafka server: that one hands over a message at a time, a
 * message that always fails blocks its partition, and it gives no access to the batch.
 */
export class CommandLogStrategy extends Server implements CustomTransportStrategy {
  constructor(
    private readonly worker: CommandWorker,
    private readonly onRefused: (error: unknown) => void,
  ) {
    super();
  }

  /** Answers at once: while Kafka or Postgres is away the process is up, and not ready (P8). */
  listen(callback: () => void): void {
    this.worker.start().catch((error: unknown) => this.onRefused(error));
    callback();
  }

  async close(): Promise<void> {
    await this.worker.stop();
  }

  /** Commands have no handlers to be found by pattern, and the transport has no events or client to hand out. */
  override on(): never {
    throw new Error('the command log has no transport events');
  }

  override unwrap(): never {
    throw new Error('the command log has no client to hand out');
  }
}
