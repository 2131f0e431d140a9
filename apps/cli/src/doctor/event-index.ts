import { parseEvent } from '@app/contracts';
import type { LogRecord } from '@app/messaging';

/** An event that was seen on a topic, by its id. */
export interface SeenEvent {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  /** How often it was seen: at least once is promised. */
  times: number;
}

interface EventData {
  readonly tenantId?: unknown;
  readonly code?: unknown;
}

/** Events of entries by id: outcomes and changes of the catalogue. Conflicts are counted apart: they have an event and no entry. */
export class EventIndex {
  readonly byId = new Map<string, SeenEvent>();
  records = 0;
  conflicts = 0;
  /** Records that are no event of ours; an example of each topic is kept. */
  readonly unreadable: string[] = [];

  constructor(
    private readonly tenantId?: string,
    /** Events that were published earlier are passed over, ms since the epoch. */
    private readonly sinceMs = 0,
  ) {}

  add(topic: string, partition: number, record: LogRecord): void {
    if (record.timestampMs < this.sinceMs) return;
    let id: string;
    let data: EventData;
    try {
      ({ id, data } = parseEvent<EventData>(record));
    } catch (error) {
      this.unreadable.push(`${topic}/${partition}/${record.offset}: ${(error as Error).message}`);
      return;
    }
    if (this.tenantId !== undefined && data.tenantId !== this.tenantId) return;
    this.records += 1;
    if (data.code === 'COMMAND_CONFLICT') {
      this.conflicts += 1;
      return;
    }
    const seen = this.byId.get(id);
    if (seen === undefined) this.byId.set(id, { topic, partition, offset: record.offset, times: 1 });
    else seen.times += 1;
  }
}
