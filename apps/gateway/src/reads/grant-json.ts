import { dateTimeOf, entryId } from '@app/contracts';
import {
  type Cause,
  type CostBasis,
  formatMinor,
  type GrantKind,
  type GrantStatus,
  type LedgerEntry,
  type Metadata,
} from '@app/domain';
import type { GrantView } from '@app/store';

import type { ListJson } from './list-json.js';

export const GRANT_STATUSES = [
  'pending',
  'open',
  'exhausted',
  'expired',
  'voided',
] as const satisfies readonly GrantStatus[];

/** A grant as it is answered (gateway, "Shapes"). Amounts are decimal strings. */
export interface GrantJson {
  readonly grantId: string;
  readonly accountId: string;
  readonly creditType: string;
  readonly name: string | null;
  readonly kind: GrantKind;
  readonly status: GrantStatus;
  readonly amount: string;
  /** What is left, held credits included. */
  readonly remaining: string;
  readonly held: string;
  /** null: last. */
  readonly priority: number | null;
  readonly effectiveAt: string;
  /** null: never. */
  readonly expiresAt: string | null;
  readonly sourceGrantId: string | null;
  readonly scheduleId: string | null;
  readonly costBasis: CostBasis | null;
  readonly metadata: Metadata | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** An entry that moved credits of a grant. */
export interface GrantEntryJson {
  readonly entryId: string;
  readonly commandId: string;
  readonly commandType: string;
  readonly cause: Cause;
  /** What it gave to the grant or, negative, took from it. */
  readonly amount: string;
  /** Of the account. */
  readonly version: string;
  readonly reason: string | null;
  readonly recordedAt: string;
}

/** A grant with what consumed it. */
export interface GrantDetailJson extends GrantJson {
  /** Newest first. */
  readonly entries: ListJson<GrantEntryJson>;
}

export function grantJson({ grant, scale }: GrantView): GrantJson {
  return {
    grantId: grant.grantId,
    accountId: grant.accountId,
    creditType: grant.creditType,
    name: grant.name,
    kind: grant.kind,
    status: grant.status,
    amount: formatMinor(grant.amount, scale),
    remaining: formatMinor(grant.remaining, scale),
    held: formatMinor(grant.held, scale),
    priority: grant.priority,
    effectiveAt: dateTimeOf(grant.effectiveAt),
    expiresAt: grant.expiresAt === null ? null : dateTimeOf(grant.expiresAt),
    sourceGrantId: grant.sourceGrantId,
    scheduleId: grant.scheduleId,
    costBasis: grant.costBasis && { currency: grant.costBasis.currency, amount: grant.costBasis.amount },
    metadata: grant.metadata,
    createdAt: dateTimeOf(grant.createdAt),
    updatedAt: dateTimeOf(grant.updatedAt),
  };
}

export function grantEntryJson(entry: LedgerEntry, grantId: string): GrantEntryJson {
  return {
    entryId: entryId(entry.tenantId, entry.commandId),
    commandId: entry.commandId,
    commandType: entry.commandType,
    cause: entry.cause,
    amount: amountOf(entry, grantId),
    version: String(entry.version),
    reason: entry.reason,
    recordedAt: dateTimeOf(entry.recordedAt),
  };
}

function amountOf({ allocations, scale }: LedgerEntry, grantId: string): string {
  let sum = 0n;
  for (const allocation of allocations) if (allocation.grantId === grantId) sum += allocation.amount;
  return formatMinor(sum, scale);
}
