import type { Account, Minor } from '../account.js';
import { Change } from '../change.js';
import type { ApplySchedule } from '../command.js';
import type { Applied, Decision, NotDue, Rejected } from '../decision.js';
import { type Deciding, notDue, quoted } from '../deciding.js';
import { noEffect, orNoEffect } from '../due.js';
import { freeOf, type Grant } from '../grant/grant.js';
import { newGrant, tooManyGrants } from '../grant/new-grant.js';
import { derivedGrantId } from '../ids.js';
import { carriedOf } from '../rollover.js';
import { expiryOf, type Period, periodAfter, periodEnd } from './periods.js';
import { isTemplate, type Schedule } from './schedule.js';
import { advanced, settleGrants } from './state.js';

/**
 * `schedule.apply`, of the scheduler: one period, at or after its start. With rollover, first a share of the free
 * remains of the last period's grant is carried as one grant until the period's end; the rest, and what had been
 * carried into the last period, is gone. Then the period's grant is made; debt is repaid first. A period whose
 * grant would have expired already is skipped, which the entry says.
 */
export function applySchedule(deciding: Deciding<ApplySchedule>, account: Account): Decision {
  const { command, at } = deciding;
  const due = dueSchedule(deciding, account);
  if (due.status === 'not-due') return due;
  const { schedule, period } = due;
  const { scheduleId } = command;
  const next = advanced(schedule, periodAfter(schedule, period), at);
  if (schedule.status === 'ended') return noEffect(new Change(deciding, account), 'SCHEDULE_ENDED', { scheduleId });
  if (account.status === 'closed') {
    const ended: Schedule = { ...next, status: 'ended', dueAt: null };
    return noEffect(new Change(deciding, account), 'ACCOUNT_CLOSED', { schedule: ended, scheduleId });
  }
  return orNoEffect(deciding, account, applyPeriod(deciding, account, schedule, period, next), (untouched, code) => {
    settleGrants(untouched, next);
    return noEffect(untouched, code, { schedule: next, scheduleId });
  });
}

interface Due {
  readonly status: 'due';
  readonly schedule: Schedule;
  readonly period: Period;
}

/**
 * The schedule with its present period, when that is the one named and has started. A completed schedule has none
 * that is due (should its end be moved, that period must not have been used up by an entry without effect).
 */
function dueSchedule(deciding: Deciding<ApplySchedule>, account: Account): Due | NotDue {
  const { scheduleId, periodStart } = deciding.command;
  const { schedule } = deciding.state;
  if (
    schedule?.scheduleId !== scheduleId ||
    isTemplate(schedule) ||
    schedule.accountId !== account.accountId ||
    schedule.creditType !== account.creditType
  ) {
    return notDue(`there is no schedule ${quoted(scheduleId)}`);
  }
  const { nextIndex, nextStart, status } = schedule;
  if (nextIndex === null || nextStart !== periodStart || status === 'completed') {
    return notDue(`the next period of schedule ${quoted(scheduleId)} starts at another instant, or there is none`);
  }
  if (deciding.appendedAt < periodStart)
    return notDue(`the period of schedule ${quoted(scheduleId)} has not started yet`);
  return { status: 'due', schedule, period: { index: nextIndex, start: nextStart } };
}

function applyPeriod(
  deciding: Deciding<ApplySchedule>,
  account: Account,
  schedule: Schedule,
  period: Period,
  next: Schedule,
): Applied | Rejected {
  const { command, state, at } = deciding;
  const end = periodEnd(schedule, period);
  const change = new Change(deciding, account);
  const carried = carry(deciding, account, change, schedule, period, end ?? null);
  if (carried?.status === 'rejected') return carried;

  const expiresAt = expiryOf(schedule.expiry, period.start, end, schedule.timeZone);
  const isSkipped = expiresAt !== null && at > expiresAt;
  const grant = isSkipped
    ? undefined
    : newGrant(deciding, account, {
        grantId: derivedGrantId(command, 0, state.deriveId),
        createdIndex: 0,
        kind: schedule.kind,
        amount: schedule.amount,
        priority: schedule.priority,
        effectiveAt: period.start,
        expiresAt,
        scheduleId: schedule.scheduleId,
        texts: { name: schedule.name, costBasis: null, metadata: schedule.metadata },
      });
  if (grant?.status === 'rejected') return grant;
  if (grant !== undefined) change.openGrant(grant);

  const refused = tooManyGrants(deciding, change.liveGrants().length);
  if (refused !== undefined) return refused;
  const settledSchedule = { ...next, lastGrantId: grant?.grantId ?? null, carriedGrantId: carried?.grantId ?? null };
  settleGrants(change, settledSchedule);
  return change.finish(change.hasMoved || !isSkipped ? 'APPLIED' : 'NO_CHANGE', schedule.amount, {
    schedule: settledSchedule,
    scheduleId: schedule.scheduleId,
    grantId: grant?.grantId,
    details: isSkipped ? { skipped: 'expired', expiresAt: new Date(expiresAt).toISOString() } : undefined,
  });
}

/** Carries what remains of the last period into this one; the grant that holds it, or undefined when there is none. */
function carry(
  deciding: Deciding<ApplySchedule>,
  account: Account,
  change: Change,
  schedule: Schedule,
  period: Period,
  expiresAt: number | null,
): Grant | Rejected | undefined {
  if (schedule.rollover === null) return undefined;
  const earlier = fillable(change, schedule.carriedGrantId);
  if (earlier !== undefined) change.endGrant(earlier, 'expired');
  const last = fillable(change, schedule.lastGrantId);
  if (last === undefined) return undefined;
  const amount = carriedOf(remainsAt(last, period), schedule.rollover);
  change.endGrant(last, 'expired');
  if (amount === 0n) return undefined;
  const grant = newGrant(deciding, account, {
    grantId: derivedGrantId(deciding.command, 1, deciding.state.deriveId),
    createdIndex: 1,
    kind: 'rollover',
    amount,
    effectiveAt: period.start,
    expiresAt,
    sourceGrantId: last.grantId,
    scheduleId: schedule.scheduleId,
  });
  if (grant.status === 'open') change.openGrant(grant);
  return grant;
}

/** A grant that is open, or exhausted: a reversal must not fill it any more once its period is over. */
function fillable(change: Change, grantId: string | null): Grant | undefined {
  const grant = grantId === null ? undefined : change.grant(grantId);
  return grant?.status === 'open' || grant?.status === 'exhausted' ? grant : undefined;
}

/** What is free of a grant that lasted until the period's start; of one that had expired before, nothing. */
function remainsAt(grant: Grant, period: Period): Minor {
  return grant.expiresAt === null || grant.expiresAt >= period.start ? freeOf(grant) : 0n;
}
