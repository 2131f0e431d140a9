import type { DueCommand, EpochMs } from '@app/domain';
import type { Pool } from 'pg';

import { given, milliseconds, type TextRow } from '../chunk/rows.js';
import { DUE_GRANTS, DUE_HOLDS, DUE_REFILLS, DUE_SCHEDULES } from '../sql/due-work.js';
import type { Statement } from '../sql/statement.js';

/** What the scheduler looks for; `grant` is activation and expiry. Each has an index of its own. */
export const DUE_KINDS = ['refill', 'grant', 'schedule', 'hold'] as const;
export type DueKind = (typeof DUE_KINDS)[number];

type WithoutId<C> = C extends DueCommand ? Omit<C, 'id'> : never;

/** A scheduler's command without its id, which whoever decodes it derives from the rest. */
export type DueCommandBody = WithoutId<DueCommand>;

/** Work that is due, soonest first within its kind. */
export interface DueItem {
  readonly kind: DueKind;
  /** When it became due: a refill at the first instant of its date, an expiry at its last instant. */
  readonly dueAt: EpochMs;
  readonly command: DueCommandBody;
}

export interface DuePage {
  readonly items: readonly DueItem[];
  /** Opaque, for the next page of this kind; null: this was the last one. */
  readonly next: DueCursor | null;
  /** Postgres' clock when the page was read, by which lateness is `readAt - dueAt`. */
  readonly readAt: EpochMs;
}

/** The place behind the last item of a page. */
export interface DueCursor {
  readonly place: readonly string[];
}

/**
 * Finds what the scheduler has to publish: by index, page by page, due by Postgres' clock less 200 ms (the broker's
 * clock, by which the command will be judged, may be behind a little). An item is found until its command has been
 * applied. The pool must be one of `createLedgerPool`.
 */
export class DueWork {
  constructor(private readonly pool: Pool) {}

  /** At most `limit` items of a kind behind the cursor (null: from the one that is due longest). */
  async page(kind: DueKind, cursor: DueCursor | null, limit: number): Promise<DuePage> {
    const { statement, itemOf } = SOURCES[kind];
    const [place, tenantId, key] = cursor?.place ?? FIRST_PLACE;
    const { name, text } = statement;
    const values = [place, tenantId, key, limit];
    const { rows } = await this.pool.query<(string | null)[]>({ name, text, values, rowMode: 'array' });
    const found = rows.filter((row) => row[PLACE_AT] !== null);
    const last = found.at(-1);
    return {
      items: found.map(itemOf),
      next: last === undefined || found.length < limit ? null : { place: last.slice(PLACE_AT, READ_AT).map(String) },
      readAt: milliseconds(rows[0] ?? [], READ_AT),
    };
  }
}

interface Source {
  readonly statement: Statement;
  readonly itemOf: (row: TextRow) => DueItem;
}

/** Columns of every row: the place (due, tenant, key), the clock, the time due, the account's names, then the kind's own. */
const PLACE_AT = 0;
const TENANT_AT = 1;
const READ_AT = 3;
const DUE_AT = 4;
const ACCOUNT_AT = 5;
const CREDIT_TYPE_AT = 6;
const OWN_AT = 7;
const FIRST_PLACE: readonly string[] = ['-infinity', '', ''];

const SOURCES: Readonly<Record<DueKind, Source>> = {
  refill: {
    statement: DUE_REFILLS,
    itemOf: (row) => item('refill', row, { type: 'account.refill', date: given(row, OWN_AT), ...names(row) }),
  },
  grant: {
    statement: DUE_GRANTS,
    itemOf: (row) => {
      const grantId = given(row, OWN_AT);
      const dueAt = milliseconds(row, DUE_AT);
      return row[OWN_AT + 1] === 'pending'
        ? item('grant', row, { type: 'grant.activate', grantId, effectiveAt: dueAt, ...names(row) })
        : item('grant', row, { type: 'grant.expire', grantId, expiresAt: dueAt, ...names(row) });
    },
  },
  schedule: {
    statement: DUE_SCHEDULES,
    itemOf: (row) => {
      const own = { scheduleId: given(row, OWN_AT), periodStart: milliseconds(row, DUE_AT) };
      return item('schedule', row, { type: 'schedule.apply', ...own, ...names(row) });
    },
  },
  hold: {
    statement: DUE_HOLDS,
    itemOf: (row) => {
      const own = { holdId: given(row, OWN_AT), expiresAt: milliseconds(row, DUE_AT) };
      return item('hold', row, { type: 'hold.expire', ...own, ...names(row) });
    },
  },
};

function item(kind: DueKind, row: TextRow, command: DueCommandBody): DueItem {
  return { kind, dueAt: milliseconds(row, DUE_AT), command };
}

function names(row: TextRow) {
  return {
    tenantId: given(row, TENANT_AT),
    accountId: given(row, ACCOUNT_AT),
    creditType: given(row, CREDIT_TYPE_AT),
  };
}
