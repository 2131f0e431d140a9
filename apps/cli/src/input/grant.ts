import { LIMITS } from '@app/contracts';
import { GRANT_KINDS } from '@app/domain';
import { InvalidArgumentError } from 'commander';

import { amount } from './amount.js';
import { instantOrDuration } from './time.js';
import { oneOf } from './words.js';

/** A grant of a reset, as the API takes it. */
export interface GrantInput {
  readonly amount: string;
  readonly [field: string]: unknown;
}

/** Lower is used first. */
export function priority(text: string): number {
  const value = /^(?:0|-?[1-9][0-9]{0,9})$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= LIMITS.priorityMin && value <= LIMITS.priorityMax)) {
    throw new InvalidArgumentError(
      `${JSON.stringify(text)} is no priority: give a whole number from ${LIMITS.priorityMin} to ${LIMITS.priorityMax}.`,
    );
  }
  return value;
}

const future = instantOrDuration(1);

/** Fields of `--grant`: name on the command line → field and value as they are sent. */
const FIELDS: Readonly<Record<string, (text: string) => Readonly<Record<string, unknown>>>> = {
  id: (text) => ({ grantId: text }),
  name: (text) => ({ name: text }),
  priority: (text) => ({ priority: priority(text) }),
  kind: (text) => ({ kind: oneOf(GRANT_KINDS)(text) }),
  'effective-at': (text) => ({ effectiveAt: new Date(future(text)).toISOString() }),
  'expires-at': (text) => ({ expiresAt: text === 'never' ? null : new Date(future(text)).toISOString() }),
};

/** Collects `--grant <amount>[,<field>=<value>…]`, given any number of times. */
export function collectGrants(text: string, soFar: readonly GrantInput[] = []): readonly GrantInput[] {
  const [size = '', ...rest] = text.split(',');
  const fields = rest.map((part) => {
    const at = part.indexOf('=');
    const name = part.slice(0, Math.max(at, 0));
    const parse = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
    if (parse === undefined) {
      throw new InvalidArgumentError(
        `${JSON.stringify(part)} is no field of a grant: give <amount>, then any of ${Object.keys(FIELDS).join(', ')}, for example 100,kind=plan,expires-at=2026-12-31.`,
      );
    }
    return parse(part.slice(at + 1));
  });
  return [...soFar, Object.assign({ amount: amount(size) }, ...fields) as GrantInput];
}
