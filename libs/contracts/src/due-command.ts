import type { DueCommand } from '@app/domain';
import { dateTimeOf } from './date-time.js';
import type { EncodedRecord } from './headers.js';
import { accountRecordKey } from './topics.js';

type WithoutId<C> = C extends DueCommand ? Omit<C, 'id'> : never;

/** A command of the scheduler before it has its id, which the decoder derives. */
export type DueWork = WithoutId<DueCommand>;

/** The record of a scheduler's command. The same work makes the same bytes, whoever finds it due. */
export function dueCommandRecord(work: DueWork): EncodedRecord {
  const { type, tenantId, accountId, creditType } = work;
  const command = { type, tenantId, accountId, creditType, ...aboutOf(work) };
  return { key: accountRecordKey(tenantId, accountId), value: JSON.stringify(command), headers: {} };
}

function aboutOf(work: DueWork): Readonly<Record<string, string>> {
  switch (work.type) {
    case 'account.refill':
      return { date: work.date };
    case 'grant.activate':
      return { grantId: work.grantId, effectiveAt: dateTimeOf(work.effectiveAt) };
    case 'grant.expire':
      return { grantId: work.grantId, expiresAt: dateTimeOf(work.expiresAt) };
    case 'schedule.apply':
      return { scheduleId: work.scheduleId, periodStart: dateTimeOf(work.periodStart) };
    case 'hold.expire':
      return { holdId: work.holdId, expiresAt: dateTimeOf(work.expiresAt) };
  }
}
