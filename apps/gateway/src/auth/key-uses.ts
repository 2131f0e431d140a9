import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { ApiKeyStore } from '@app/store';

/** How often use times are written: people look at days, and requests must not wait for it. */
const WRITE_EVERY_MS = 60_000;

/** Collects which API keys were used and writes their use times now and then. A failed write is only a stale time. */
@Injectable()
export class KeyUses implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(KeyUses.name);
  private used = new Map<string, Buffer>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly keys: ApiKeyStore) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.write(), WRITE_EVERY_MS);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.write();
  }

  note(hash: Buffer): void {
    this.used.set(hash.toString('hex'), hash);
  }

  /** Writes the use times collected so far. Never throws. */
  async write(): Promise<void> {
    if (this.used.size === 0) return;
    const hashes = [...this.used.values()];
    this.used = new Map();
    try {
      await this.keys.touch(hashes);
    } catch (error) {
      this.logger.warn(`use times of ${hashes.length} API keys were not written: ${String(error)}`);
    }
  }
}
