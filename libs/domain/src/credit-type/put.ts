import { BUILT_IN_CREDIT_TYPE, type CreditTypeDefinition } from '../account.js';
import type { PutCreditType } from '../command.js';
import type { Decision } from '../decision.js';
import { quoted, rejected, type Undecided } from '../deciding.js';
import { rolloverOf } from '../rollover.js';

/**
 * `credit-type.put`: makes a type or replaces its definition as a whole. The scale is fixed for ever, also that of a
 * deleted or the built-in type: another one is `CREDIT_TYPE_CONFLICT`. A deleted type is restored.
 */
export function putCreditType(undecided: Undecided<PutCreditType>): Decision {
  const { command, cause, at, state } = undecided;
  const { definition } = state;
  const id = command.creditType;
  const scale = definition?.scale ?? (id === BUILT_IN_CREDIT_TYPE.id ? BUILT_IN_CREDIT_TYPE.scale : command.scale);
  if (scale !== command.scale) {
    const message = `the scale of credit type ${quoted(id)} is ${scale} for ever, not ${command.scale}`;
    return rejected(undecided, 'CREDIT_TYPE_CONFLICT', message, { field: 'scale', scale: String(scale) });
  }
  const burnOrder = command.burnOrder ?? BUILT_IN_CREDIT_TYPE.burnOrder;
  // Of a put, an absent rollover is none: there is no other default to fall back to.
  const rollover = rolloverOf({ ...undecided, creditType: { id, scale, burnOrder } }, command.defaultRollover ?? null);
  if (rollover !== null && 'status' in rollover) return rollover;

  const next: CreditTypeDefinition = {
    id,
    scale,
    burnOrder,
    defaultExpiry: command.defaultExpiry ?? null,
    defaultRollover: rollover,
    name: command.name ?? null,
    description: command.description ?? null,
    singularName: command.singularName ?? null,
    pluralName: command.pluralName ?? null,
    icon: command.icon ?? null,
    prices: command.prices ?? [],
    metadata: command.metadata ?? null,
    deletedAt: null,
    version: (definition?.version ?? 0n) + 1n,
    createdAt: definition?.createdAt ?? at,
    updatedAt: at,
  };
  const code = definition !== undefined && sameDefinition(definition, next) ? 'NO_CHANGE' : 'APPLIED';
  return { status: 'catalog', code, cause, at, changed: { kind: 'credit-type', creditType: next } };
}

function sameDefinition(a: CreditTypeDefinition, b: CreditTypeDefinition): boolean {
  return canonical({ ...a, version: 0n, updatedAt: 0 }) === canonical({ ...b, version: 0n, updatedAt: 0 });
}

/** JSON with sorted keys, in which empty metadata and none are the same. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (key, part: unknown) => {
    if (typeof part === 'bigint') return String(part);
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    const entries = Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1));
    return key === 'metadata' && entries.length === 0 ? null : Object.fromEntries(entries);
  });
}
