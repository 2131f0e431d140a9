import { dateTimeOf } from '@app/contracts';
import { formatMinor, type GrantExpiry, type Metadata } from '@app/domain';
import type { ScheduleView } from '@app/store';

import { callersMetadata, ownFields } from './own-metadata.js';
import { CADENCES, EXPIRY_TYPES, EXPIRY_UNITS, PERIODS, SCOPES, wordFor } from './vocabulary.js';

/** A credit grant as Flexprice answers it: every key is there, null when empty. Credits are a decimal string. */
export interface CreditGrantJson {
  readonly id: string;
  readonly name: string | null;
  readonly scope: string;
  readonly plan_id: string | null;
  readonly subscription_id: string | null;
  readonly addon_id: string | null;
  readonly credits: string;
  readonly cadence: string;
  readonly period: string | null;
  readonly period_count: number;
  readonly expiration_type: string;
  readonly expiration_duration: number | null;
  readonly expiration_duration_unit: string | null;
  readonly priority: number | null;
  readonly metadata: Metadata | null;
  readonly start_date: string;
  readonly end_date: string | null;
  readonly credit_grant_anchor: string;
  readonly conversion_rate: string | null;
  readonly topup_conversion_rate: string | null;
  readonly status: 'published' | 'archived';
  readonly tenant_id: string;
  readonly environment_id: null;
  readonly created_by: null;
  readonly updated_by: null;
  readonly created_at: string;
  readonly updated_at: string;
}

export function creditGrantJson(tenantId: string, { schedule, scale }: ScheduleView): CreditGrantJson {
  const own = ownFields(schedule.metadata);
  return {
    id: schedule.scheduleId,
    name: schedule.name,
    scope: wordFor(SCOPES, schedule.scope),
    plan_id: own.plan_id ?? null,
    subscription_id: schedule.accountId === '' ? null : schedule.accountId,
    addon_id: own.addon_id ?? null,
    credits: formatMinor(schedule.amount, scale),
    cadence: wordFor(CADENCES, schedule.cadence),
    period: schedule.period && wordFor(PERIODS, schedule.period),
    period_count: schedule.periodCount,
    ...expirationOf(schedule.expiry),
    priority: schedule.priority,
    metadata: callersMetadata(schedule.metadata),
    start_date: dateTimeOf(schedule.start),
    end_date: schedule.end === null ? null : dateTimeOf(schedule.end),
    credit_grant_anchor: dateTimeOf(schedule.anchor),
    conversion_rate: own.conversion_rate ?? null,
    topup_conversion_rate: own.topup_conversion_rate ?? null,
    status: schedule.status === 'ended' ? 'archived' : 'published',
    tenant_id: tenantId,
    environment_id: null,
    created_by: null,
    updated_by: null,
    created_at: dateTimeOf(schedule.createdAt),
    updated_at: dateTimeOf(schedule.updatedAt),
  };
}

type Expiration = Pick<CreditGrantJson, 'expiration_type' | 'expiration_duration' | 'expiration_duration_unit'>;

function expirationOf(expiry: GrantExpiry): Expiration {
  const duration = expiry.type === 'duration' ? expiry : undefined;
  return {
    expiration_type: wordFor(EXPIRY_TYPES, expiry.type),
    expiration_duration: duration?.count ?? null,
    expiration_duration_unit: duration ? wordFor(EXPIRY_UNITS, duration.unit) : null,
  };
}
