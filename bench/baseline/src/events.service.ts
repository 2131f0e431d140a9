import { Inject, Injectable } from '@nestjs/common';
import { ClientKafka } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import type { BalanceChange } from './balance-change.js';
import { topics } from './topics.js';

/** Injection token of the ClientKafka that events are emitted through. */
export const EVENTS_CLIENT = 'EVENTS_CLIENT';

/** Emits both events of a change, at the same time, and waits until the broker has acknowledged them. */
@Injectable()
export class EventsService {
  constructor(@Inject(EVENTS_CLIENT) private readonly client: ClientKafka) {}

  async emit(change: BalanceChange): Promise<void> {
    const key = `${change.tenantId}:${change.accountId}`;
    const { tenantId, accountId, version, after: balance } = change;
    await Promise.all([
      lastValueFrom(this.client.emit(topics.balanceChanged, { key, value: change })),
      lastValueFrom(
        this.client.emit(topics.cacheInvalidation, {
          key,
          value: { tenantId, accountId, version, balance },
        }),
      ),
    ]);
  }
}
