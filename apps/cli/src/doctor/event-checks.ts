import { EVENT_TYPES, outcomeEventId } from '@app/contracts';
import type { AuditEntry } from '@app/store';

import type { EventIndex } from './event-index.js';
import { finding, type Finding } from './finding.js';

/** What belongs to a check of events, beside the events. */
export interface EventCheckLimits {
  /** Entries of older records are not looked for: their events may have been deleted by age. Ms since the epoch. */
  readonly retainedFromMs: number;
  /** Group offsets by topic and partition: the events of records below are acknowledged. */
  readonly publishedUpTo: ReadonlyMap<string, ReadonlyMap<number, bigint>>;
}

const NO_FINGERPRINT = Buffer.alloc(0);
const EXAMPLES = 10;

/** Compares entries with events: each entry that must have an event by now, and each event, is looked for. */
export class EventCheck {
  private readonly unmatched: Map<string, string>;
  private readonly missing: string[] = [];
  private missingCount = 0;
  private checked = 0;
  private tooOld = 0;
  private pending = 0;

  constructor(
    private readonly events: EventIndex,
    private readonly limits: EventCheckLimits,
  ) {
    this.unmatched = new Map([...events.byId].map(([id, at]) => [id, `${at.topic}/${at.partition}/${at.offset}`]));
  }

  /** True while there are events whose entry has not been seen. */
  get hasUnmatched(): boolean {
    return this.unmatched.size > 0;
  }

  /** Looks for the event of an entry that was there before the events were read. */
  entry(entry: AuditEntry): void {
    const id = eventIdOf(entry);
    this.unmatched.delete(id);
    if (this.events.byId.has(id)) {
      this.checked += 1;
    } else if (entry.recordedAt < this.limits.retainedFromMs) {
      this.tooOld += 1;
    } else if (this.isPending(entry)) {
      this.pending += 1;
    } else {
      this.checked += 1;
      this.missingCount += 1;
      if (this.missing.length < EXAMPLES) {
        this.missing.push(
          `${entry.tenantId} ${entry.commandId} (${entry.topic}/${entry.partition}/${entry.offset}) has no event`,
        );
      }
    }
  }

  /** Takes an entry that came later, whose event may have been read. */
  laterEntry(entry: AuditEntry): void {
    this.unmatched.delete(eventIdOf(entry));
  }

  findings(): readonly Finding[] {
    const { byId, records, conflicts, unreadable } = this.events;
    const repeats = records - conflicts - byId.size;
    const entries = [
      `${this.checked} entries`,
      ...(this.pending > 0 ? [`${this.pending} not published yet`] : []),
      ...(this.tooOld > 0 ? [`${this.tooOld} older than the events that are kept`] : []),
    ];
    const events = [`${byId.size} events`, `${repeats} repeats`, `${conflicts} conflicts, which have no entry`];
    const extra = [...this.unmatched].map(([id, position]) => `event ${id} (${position}) has no entry`);
    return [
      finding('I5', entries.join(', '), this.missingCount, this.missing),
      finding('I6', events.join(', '), extra.length + unreadable.length, [...unreadable, ...extra]),
    ];
  }

  private isPending({ topic, partition, offset }: AuditEntry): boolean {
    const partitions = this.limits.publishedUpTo.get(topic);
    return partitions !== undefined && offset >= (partitions.get(partition) ?? 0n);
  }
}

function eventIdOf(entry: AuditEntry): string {
  return outcomeEventId(eventTypeOf(entry), { ...entry, fingerprint: NO_FINGERPRINT });
}

/** Applied entries without an account are the catalogue's. */
function eventTypeOf({ version, accountId }: AuditEntry): string {
  if (version === null) return EVENT_TYPES.commandRejected;
  return accountId === '' ? EVENT_TYPES.catalogChanged : EVENT_TYPES.balanceChanged;
}
