import { record, table } from '../../output/table.js';

/** A grant as the gateway shows it (gateway, "Shapes"). */
export interface GrantShown {
  readonly grantId: string;
  readonly accountId: string;
  readonly creditType: string;
  readonly name: string | null;
  readonly kind: string;
  readonly status: string;
  readonly amount: string;
  readonly remaining: string;
  readonly held: string;
  readonly priority: number | null;
  readonly effectiveAt: string;
  readonly expiresAt: string | null;
  readonly sourceGrantId: string | null;
  readonly scheduleId: string | null;
  readonly costBasis: unknown;
  readonly metadata: unknown;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Of one grant only. */
  readonly entries?: { readonly data: readonly GrantEntryShown[]; readonly nextCursor: string | null };
}

export interface GrantEntryShown {
  readonly commandId: string;
  readonly cause: string;
  readonly amount: string;
  readonly version: string;
  readonly reason: string | null;
  readonly recordedAt: string;
}

/** One grant, a line per field, and below it what consumed it. */
export function grantText(grant: GrantShown): string {
  const fields = record([
    ['grant', grant.grantId],
    ['account', grant.accountId],
    ['credit type', grant.creditType],
    ['status', grant.status],
    ['kind', grant.kind],
    ['amount', grant.amount],
    ['remaining', grant.remaining],
    ['held', grant.held],
    ['priority', grant.priority],
    ['effective', grant.effectiveAt],
    ['expires', grant.expiresAt ?? 'never'],
    ['name', grant.name],
    ['carried from', grant.sourceGrantId],
    ['schedule', grant.scheduleId],
    ['cost basis', grant.costBasis],
    ['metadata', grant.metadata],
    ['created', grant.createdAt],
    ['updated', grant.updatedAt],
  ]);
  const entries = grant.entries?.data ?? [];
  return entries.length === 0 ? fields : `${fields}\n\n${entriesText(entries)}`;
}

/** Grants, a line each. */
export function grantsText(grants: readonly GrantShown[]): string {
  return table(
    [
      { title: 'GRANT', value: (grant) => grant.grantId },
      { title: 'STATUS', value: (grant) => grant.status },
      { title: 'KIND', value: (grant) => grant.kind },
      { title: 'AMOUNT', value: (grant) => grant.amount, align: 'right' },
      { title: 'REMAINING', value: (grant) => grant.remaining, align: 'right' },
      { title: 'HELD', value: (grant) => grant.held, align: 'right' },
      { title: 'PRIORITY', value: (grant) => grant.priority, align: 'right' },
      { title: 'EFFECTIVE', value: (grant) => grant.effectiveAt },
      { title: 'EXPIRES', value: (grant) => grant.expiresAt ?? 'never' },
    ],
    grants,
  );
}

function entriesText(entries: readonly GrantEntryShown[]): string {
  return table(
    [
      { title: 'RECORDED', value: (entry) => entry.recordedAt },
      { title: 'VERSION', value: (entry) => entry.version, align: 'right' },
      { title: 'CAUSE', value: (entry) => entry.cause },
      { title: 'AMOUNT', value: (entry) => entry.amount, align: 'right' },
      { title: 'REASON', value: (entry) => entry.reason },
      { title: 'COMMAND', value: (entry) => entry.commandId },
    ],
    entries,
  );
}
