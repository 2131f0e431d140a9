import type { components, operations } from './generated/openapi.js';
import type { OPERATIONS, PROBLEM_CODES } from './generated/operations.js';

/*
 * Names for what docs/openapi.json describes. Nothing is said twice: every type here is taken from the generated ones.
 */

type Schemas = components['schemas'];

/** Name of a native route in the OpenAPI document. */
export type OperationId = keyof typeof OPERATIONS;

/** JSON body of a route. */
export type Body<Id extends OperationId> =
  NonNullable<operations[Id]['requestBody']> extends { content: { 'application/json': infer Json } } ? Json : never;

/** Query parameters of a route. */
export type Query<Id extends OperationId> = NonNullable<operations[Id]['parameters']['query']>;

/** What became of a command, applied or rejected. */
export type Outcome = Schemas['Outcome'];
/** The outcome of a command that was applied. */
export type AppliedOutcome = Outcome & { status: 'applied' };
/** The broker has the command; its outcome comes later. */
export type Accepted = Schemas['Accepted'];
/** Answer to a write: its outcome when it was waited for and came in time, else that it was accepted. */
export type Written = AppliedOutcome | Accepted;
/** Problem details (RFC 9457). */
export type Problem = Schemas['Problem'];
/** Stable code of a problem. */
export type ProblemCode = (typeof PROBLEM_CODES)[number];
/** Stable code of an outcome. */
export type OutcomeCode = Outcome['code'];
/** One command of a batch: accepted, or why not. */
export type BatchResult = Accepted | Problem;
/** Any command that `POST /v1/commands` takes. */
export type Command = Body<'publishCommand'>;

export type Account = Schemas['Account'];
export type AccountDetail = Schemas['AccountDetail'];
export type BalanceAt = Schemas['BalanceAt'];
export type Entry = Schemas['Entry'];
export type Grant = Schemas['Grant'];
export type GrantDetail = Schemas['GrantDetail'];
export type Hold = Schemas['Hold'];
export type Schedule = Schemas['Schedule'];
export type CreditType = Schemas['CreditType'];

/** What an account holds: decimal strings, null when unlimited. */
export type Balances = NonNullable<Outcome['after']>;

/** Was the command applied by the time of the answer? Else its outcome comes later. */
export function isApplied(written: Written): written is AppliedOutcome {
  return written.status === 'applied';
}

/** Was this command of a batch accepted? Else it is a problem, with the command's id. */
export function isAccepted(result: BatchResult): result is Accepted {
  return result.status === 'accepted';
}
