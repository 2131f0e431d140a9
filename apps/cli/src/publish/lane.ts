import type { FileCommand } from './command-line.js';

/** How much goes into one request: the gateway takes 1,000 commands and 1 MiB. */
export interface BatchLimits {
  readonly commandsMax: number;
  readonly bytesMax: number;
}

/** A command that waits longer than this for its batch to fill is sent without more company. */
const LINGER_MS = 50;

/**
 * One of the queues side by side. All commands of an account go through the same lane, and a lane sends one batch
 * after the other, so that an account's commands reach the log in the order of the file.
 */
export class Lane {
  private filling: FileCommand[] = [];
  private fillingBytes = 0;
  private sending: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly limits: BatchLimits,
    /** Sends a batch; must not reject. */
    private readonly send: (batch: readonly FileCommand[]) => Promise<void>,
  ) {}

  /** Resolves when there is room for the next command; that is how a slow gateway slows reading down. */
  async add(command: FileCommand): Promise<void> {
    const isFull =
      this.filling.length >= this.limits.commandsMax || this.fillingBytes + command.bytes > this.limits.bytesMax;
    if (isFull && this.filling.length > 0) await this.flush();
    this.filling.push(command);
    // A comma stands between two commands.
    this.fillingBytes += command.bytes + 1;
    this.timer ??= setTimeout(() => void this.flush(), LINGER_MS);
  }

  /** Resolves when the batch before is done and this one is under way. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const batch = this.filling;
    this.filling = [];
    this.fillingBytes = 0;
    const before = this.sending;
    this.sending = batch.length === 0 ? before : before.then(() => this.send(batch));
    await before;
  }

  /** Resolves when all is sent. */
  async drain(): Promise<void> {
    await this.flush();
    await this.sending;
  }
}

/** The lane of an account among `count`: FNV-1a over its id. */
export function laneOf(accountId: string, count: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < accountId.length; index += 1) {
    hash = Math.imul(hash ^ accountId.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash % count;
}
