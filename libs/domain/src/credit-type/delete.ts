import { BUILT_IN_CREDIT_TYPE } from '../account.js';
import type { DeleteCreditType } from '../command.js';
import type { Decision } from '../decision.js';
import { creditTypeNotFound, quoted, rejected, type Undecided } from '../deciding.js';

/**
 * `credit-type.delete`: publishers' commands find the type no more, until a put restores it. Accounts, balances and
 * the scheduler's work on them stay. The built-in type can't be deleted (`CREDIT_TYPE_CONFLICT`).
 */
export function deleteCreditType(undecided: Undecided<DeleteCreditType>): Decision {
  const { command, cause, at, state } = undecided;
  const { definition } = state;
  if (command.creditType === BUILT_IN_CREDIT_TYPE.id) {
    const message = `credit type ${quoted(command.creditType)} is built in and can't be deleted`;
    return rejected(undecided, 'CREDIT_TYPE_CONFLICT', message, { field: 'creditType' });
  }
  if (definition?.deletedAt !== null) return creditTypeNotFound(undecided);
  const creditType = { ...definition, deletedAt: at, version: definition.version + 1n, updatedAt: at };
  return { status: 'catalog', code: 'APPLIED', cause, at, changed: { kind: 'credit-type', creditType } };
}
