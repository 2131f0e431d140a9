import type { Account } from '../account.js';
import type { EpochMs, GrantFields, GrantKind, Metadata } from '../command.js';
import type { Rejected } from '../decision.js';
import { type Deciding, positiveAmountOf, quoted, rejected } from '../deciding.js';
import { OPEN_GRANTS_MAX } from '../limits.js';
import { expiryOf } from '../schedule/periods.js';
import { type Grant, grantDueAt, type GrantTexts } from './grant.js';

/** What a grant is when its command doesn't say. */
export interface GrantDefaults {
  readonly grantId: string;
  /** Its position in the entry. */
  readonly createdIndex: number;
  readonly kind: GrantKind;
  readonly metadata: Metadata | null;
}

/**
 * The grant that a command describes, pending or open, with nothing drawn yet; or its rejection. One that would
 * have expired already, or before it is effective, is `LIMIT_EXCEEDED`.
 */
export function describedGrant(
  deciding: Deciding,
  account: Account,
  fields: GrantFields,
  defaults: GrantDefaults,
): Grant | Rejected {
  const amount = positiveAmountOf(deciding, 'amount', fields.amount);
  if (typeof amount !== 'bigint') return amount;
  const { at, creditType } = deciding;
  const effectiveAt = fields.effectiveAt ?? at;
  const expiresAt =
    fields.expiresAt === undefined
      ? expiryOf(creditType.defaultExpiry ?? { type: 'never' }, effectiveAt, undefined, 'UTC')
      : fields.expiresAt;
  if (expiresAt !== null && (expiresAt < at || expiresAt < effectiveAt)) {
    return expiredBefore(deciding, expiresAt, Math.max(at, effectiveAt));
  }
  return newGrant(deciding, account, {
    grantId: defaults.grantId,
    createdIndex: defaults.createdIndex,
    kind: fields.kind ?? defaults.kind,
    amount,
    priority: fields.priority ?? null,
    effectiveAt,
    expiresAt,
    texts: { name: fields.name ?? null, costBasis: fields.costBasis ?? null, metadata: defaults.metadata },
  });
}

const NOTHING_SAID: GrantTexts = { name: null, costBasis: null, metadata: null };

type Given = Pick<Grant, 'grantId' | 'createdIndex' | 'kind' | 'amount'> & Partial<Grant>;

/** A grant made by this entry, pending or open, with nothing drawn yet; `GRANT_EXISTS` when its id is taken. */
export function newGrant(deciding: Deciding, account: Account, given: Given): Grant | Rejected {
  const { at, state } = deciding;
  const { grantId } = given;
  if (state.takenIds?.has(grantId)) {
    return rejected(deciding, 'GRANT_EXISTS', `grantId ${quoted(grantId)} belongs to another grant`, { grantId });
  }
  const effectiveAt = given.effectiveAt ?? at;
  const grant: Grant = {
    accountId: account.accountId,
    creditType: account.creditType,
    status: effectiveAt > at ? 'pending' : 'open',
    remaining: given.amount,
    held: 0n,
    priority: null,
    effectiveAt,
    expiresAt: null,
    rollsAt: null,
    sourceGrantId: null,
    scheduleId: null,
    texts: NOTHING_SAID,
    createdVersion: account.version + 1n,
    dueAt: null,
    ...given,
  };
  return { ...grant, dueAt: grantDueAt(grant) };
}

/** The rejection of more grants with something left than an account may have; undefined: they are not too many. */
export function tooManyGrants(deciding: Deciding, count: number): Rejected | undefined {
  if (count <= OPEN_GRANTS_MAX) return undefined;
  return rejected(deciding, 'LIMIT_EXCEEDED', `an account may have ${OPEN_GRANTS_MAX} grants with credits left`, {
    limit: String(OPEN_GRANTS_MAX),
  });
}

/** The rejection of an expiry that lies before the grant could be drawn. */
export function expiredBefore(deciding: Deciding, expiresAt: EpochMs, earliest: EpochMs): Rejected {
  const [given, allowed] = [new Date(expiresAt).toISOString(), new Date(earliest).toISOString()];
  return rejected(deciding, 'LIMIT_EXCEEDED', `expiresAt is ${given}; it must not be before ${allowed}`, {
    field: 'expiresAt',
  });
}
