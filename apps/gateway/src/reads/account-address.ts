import { accountKeyOfSystemId, DEFAULT_CREDIT_TYPE, isLengthWithin, LIMITS } from '@app/contracts';
import type { AccountAddress } from '@app/store';

import { invalidField } from '../http/problem.js';

const EXTERNAL = 'ext:';

/**
 * How a path names an account (gateway, "Addressing"): by its id, by `ext:<externalId>`, or by its system id. An
 * account id may look like a system id; then the system id is tried first.
 * @throws Problem 400 for a name that no account can have.
 */
export function accountAddress(name: string, creditType: string = DEFAULT_CREDIT_TYPE): AccountAddress {
  if (accountKeyOfSystemId(name) !== undefined) return { systemId: name };
  if (name.startsWith(EXTERNAL)) {
    return { externalId: accountName(name.slice(EXTERNAL.length)), creditType };
  }
  return { accountId: accountName(name), creditType };
}

/** @throws Problem 400 unless both are the same or one is absent (gateway, "Addressing"). */
export function chosenCreditType(fromQuery: string | undefined, fromBody: unknown): string | undefined {
  if (fromQuery !== undefined && typeof fromBody === 'string' && fromBody !== fromQuery) {
    throw invalidField('/creditType', 'creditType in the query and in the body differ; send one of them');
  }
  return fromQuery ?? (typeof fromBody === 'string' ? fromBody : undefined);
}

function accountName(name: string): string {
  if (isLengthWithin(name, 1, LIMITS.idCharactersMax) && !name.includes('\0')) return name;
  throw invalidField('{id}', `an account is named by 1–${LIMITS.idCharactersMax} characters without U+0000`);
}
