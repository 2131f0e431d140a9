import { Injectable } from '@nestjs/common';
import { dateTimeOf } from '@app/contracts';
import type { Metadata } from '@app/domain';
import { ScheduleReader, type ScheduleSearchQuery, type ScheduleView } from '@app/store';
import type { z } from 'zod';

import type { Principal } from '../../auth/principal.js';
import { Problem } from '../../http/problem.js';
import { databaseRead } from '../../reads/database-read.js';
import { ObjectDirectory } from '../../reads/object-directory.js';
import { type CommandIdentity, CompatibleCalls } from '../adapter/compatible-calls.js';
import { afterEffect } from '../adapter/after-effect.js';
import { type CreditGrantJson, creditGrantJson } from './credit-grant-json.js';
import { FlexpriceAccounts } from './flexprice-accounts.js';
import { type ListJson, listJson } from './list-json.js';
import { ownFields, storedMetadata } from './own-metadata.js';
import type { createGrantBody, listGrantsQuery, updateGrantBody } from './requests.js';
import {
  CADENCES,
  EXPIRY_TYPES,
  EXPIRY_UNITS,
  FLEXPRICE_CREDIT_TYPE,
  PERIODS,
  SCOPES,
  STATUSES,
} from './vocabulary.js';

type NewGrant = z.output<typeof createGrantBody>;
type GrantChange = z.output<typeof updateGrantBody>;
type GrantFilter = z.output<typeof listGrantsQuery>;

/** Credit grants: each is a schedule of ours, one of a plan or addon a template. */
@Injectable()
export class CreditGrants {
  constructor(
    private readonly calls: CompatibleCalls,
    private readonly accounts: FlexpriceAccounts,
    private readonly objects: ObjectDirectory,
    private readonly schedules: ScheduleReader,
  ) {}

  /** @throws Problem 404 when there is none, or the key is not let at it */
  async get(caller: Principal, id: string): Promise<CreditGrantJson> {
    return creditGrantJson(caller.tenantId, await this.find(caller, id));
  }

  async list(caller: Principal, filter: GrantFilter): Promise<ListJson<CreditGrantJson>> {
    const { scope, plan_ids, subscription_ids, status, limit, offset } = filter;
    const query: ScheduleSearchQuery = {
      creditType: FLEXPRICE_CREDIT_TYPE,
      statuses: STATUSES[status],
      limit,
      offset,
      ...(scope !== undefined && { scope: SCOPES[scope] }),
      ...(plan_ids !== undefined && { metadata: { key: 'plan_id', values: plan_ids } }),
      ...(subscription_ids !== undefined && { accountIds: subscription_ids }),
      ...(caller.accountPrefix !== null && { keyPrefix: caller.accountPrefix }),
      ...(caller.group !== null && { keyGroup: caller.group }),
    };
    const slice = await databaseRead(() => this.schedules.search(caller.tenantId, query));
    return listJson(slice, filter, (view) => creditGrantJson(caller.tenantId, view));
  }

  /** A subscription's account is opened when it is missing. */
  async create(caller: Principal, grant: NewGrant, identity: CommandIdentity): Promise<CreditGrantJson> {
    await this.accounts.ensureCreditType(caller);
    const accountId = grant.scope === 'SUBSCRIPTION' ? grant.subscription_id : undefined;
    if (accountId !== undefined) await this.accounts.openSubscription(caller, accountId);
    const given = { accountId, creditType: FLEXPRICE_CREDIT_TYPE };
    const { scheduleId = '' } = await this.calls.run(caller, newSchedule(grant), given, identity);
    return afterEffect(identity, () => this.get(caller, scheduleId));
  }

  /** One command: all of the change or nothing. */
  async update(
    caller: Principal,
    id: string,
    { name, metadata, end_date }: GrantChange,
    identity: CommandIdentity,
  ): Promise<CreditGrantJson> {
    const view = await this.find(caller, id);
    const fields = {
      type: 'schedule.update',
      ...(name !== undefined && { name }),
      ...(end_date !== undefined && { end: end_date }),
      ...(metadata !== undefined && { metadata: changedMetadata(view, metadata) }),
    };
    await this.calls.run(caller, fields, namesOf(view), identity);
    return this.get(caller, id);
  }

  /** Ends it at an instant; without one nothing is given any more that hasn't been given. What was given stays. */
  async end(caller: Principal, id: string, at: string | undefined, identity: CommandIdentity): Promise<void> {
    const view = await this.find(caller, id);
    const { nextStart } = view.schedule;
    // A period that has started is given within a second or so; it must not keep the grant from ending.
    const overdue = nextStart !== null && nextStart <= Date.now() ? dateTimeOf(nextStart) : undefined;
    const end = at ?? overdue;
    await this.calls.run(caller, { type: 'schedule.end', ...(end !== undefined && { end }) }, namesOf(view), identity);
  }

  private async find(caller: Principal, id: string): Promise<ScheduleView> {
    const view = await this.objects.schedule(caller, id);
    if (view.schedule.creditType === FLEXPRICE_CREDIT_TYPE) return view;
    throw new Problem(404, 'SCHEDULE_NOT_FOUND', 'credit grant not found');
  }
}

function newSchedule(grant: NewGrant) {
  const { plan_id, addon_id, conversion_rate, topup_conversion_rate } = grant;
  const own = Object.entries({ plan_id, addon_id, conversion_rate, topup_conversion_rate });
  const metadata = storedMetadata(Object.fromEntries(own.filter(([, value]) => value !== undefined)), grant.metadata);
  return {
    type: 'schedule.create',
    name: grant.name,
    scope: SCOPES[grant.scope],
    amount: grant.credits,
    cadence: CADENCES[grant.cadence],
    expiry: expiryOf(grant),
    ...(grant.period !== undefined && { period: PERIODS[grant.period] }),
    ...(grant.period_count !== undefined && { periodCount: grant.period_count }),
    ...(grant.priority !== undefined && { priority: grant.priority }),
    ...(grant.start_date !== undefined && { start: grant.start_date }),
    ...(grant.end_date !== undefined && { end: grant.end_date }),
    ...(grant.credit_grant_anchor !== undefined && { anchor: grant.credit_grant_anchor }),
    ...(metadata !== null && { metadata }),
  };
}

function expiryOf({ expiration_type = 'NEVER', expiration_duration, expiration_duration_unit }: NewGrant): object {
  const type = EXPIRY_TYPES[expiration_type];
  if (type !== 'duration' || expiration_duration_unit === undefined) return { type };
  return { type, count: expiration_duration, unit: EXPIRY_UNITS[expiration_duration_unit] };
}

/** The caller's pairs are replaced whole, ours stay. */
function changedMetadata({ schedule }: ScheduleView, metadata: Metadata): Metadata | null {
  return storedMetadata(ownFields(schedule.metadata), metadata);
}

/** How a command names a schedule; a template has no account. */
function namesOf({ schedule: { scheduleId, accountId, creditType } }: ScheduleView) {
  return { scheduleId, creditType, ...(accountId !== '' && { accountId }) };
}
