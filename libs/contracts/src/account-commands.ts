import { BURN_ORDERS } from '@app/domain';
import { id255, insufficientPolicy, onInsufficient, ownMetadata, refill } from './common-fields.js';
import { type CommandSpec, dueSpec, publisherSpec } from './command-spec.js';
import { grantFields, name, rollover } from './credit-fields.js';
import { Fault, notAllowed } from './fault.js';
import { amount, date, listOf, metadata, nullable, oneOf } from './field-kinds.js';
import { FieldTable, object } from './field-table.js';
import { LIMITS } from './limits.js';

const resetGrantTable = new FieldTable({
  ...grantFields('plan'),
  metadata: { kind: nullable(metadata(), '{}'), canonicalDefault: '{}', description: "The grant's own." },
});

/** Commands about an account and what it holds as a whole. */
export const ACCOUNT_COMMANDS: readonly CommandSpec[] = [
  publisherSpec('account.open', 'Opens an account.', {
    initial: {
      kind: nullable(amount()),
      canonicalDefault: '"0"',
      description: 'What it holds at first; null: unlimited.',
    },
    refill: { kind: nullable(refill), canonicalDefault: 'null', description: 'Raises available on a calendar.' },
    floor: { kind: amount(), canonicalDefault: '"0"', description: 'Lowest available.' },
    onInsufficient: { ...onInsufficient, canonicalDefault: '"reject"', description: 'Policy of the account.' },
    burnOrder: { kind: oneOf(BURN_ORDERS), description: "Order in which grants are used; absent: the credit type's." },
    externalId: { kind: id255, description: 'One more unique name per tenant and credit type.' },
    group: { kind: id255, description: 'Group to which API keys may be limited.' },
    metadata: ownMetadata("Kept on the entry and as the account's own."),
  }),
  publisherSpec('account.configure', 'Changes settings of an account: absent keeps, null clears, a value replaces.', {
    status: { kind: oneOf(['active', 'frozen', 'closed']), description: 'Closed is final.' },
    refill: { kind: nullable(refill), description: 'Refill; null: none.' },
    floor: { kind: nullable(amount()), description: 'Lowest available; null: 0.' },
    onInsufficient: { kind: nullable(insufficientPolicy), description: 'Policy of the account; null: reject.' },
    burnOrder: { kind: nullable(oneOf(BURN_ORDERS)), description: "Burn order; null: the credit type's." },
    externalId: { kind: nullable(id255), description: 'External id; null: none.' },
    group: { kind: nullable(id255), description: 'Group; null: none.' },
    metadata: { kind: nullable(metadata()), description: "Kept on the entry and as the account's own; null: none." },
  }),
  publisherSpec('credit.delta', 'Adds to or subtracts from an account.', {
    delta: { kind: amount(), required: true, description: 'Positive adds, negative subtracts.' },
    onInsufficient,
  }),
  publisherSpec('credit.set', 'Sets what is available.', {
    value: {
      kind: nullable(amount()),
      required: true,
      description: 'The new available; null: unlimited, which also clears the refill.',
    },
  }),
  publisherSpec('credit.reverse', 'Gives back, or takes back, all or part of what an earlier command moved.', {
    reverses: { kind: id255, required: true, description: "Id of the earlier command, of the same account's." },
    amount: { kind: amount('above 0'), description: 'How much of it; absent: all that has not been reversed yet.' },
    onExpiredGrant: {
      kind: oneOf(['adjust', 'forfeit']),
      canonicalDefault: '"adjust"',
      description: 'What belongs to a grant that has ended goes to an adjustment grant, or to nobody.',
    },
    onInsufficient: { ...onInsufficient, description: `${onInsufficient.description} Of a reversal that takes back.` },
  }),
  publisherSpec(
    'account.reset',
    'Ends a billing period and begins the next, in one entry. Either value or grants.',
    {
      period: { kind: name, required: true, description: 'Name of the period that begins; only recorded.' },
      value: { kind: amount(), description: 'The base afterwards.' },
      grants: {
        kind: listOf(object(resetGrantTable), LIMITS.resetGrantsMax),
        description: 'Takes the place of the open grants of the kinds plan and rollover.',
      },
      rollover: {
        kind: nullable(rollover),
        description: "How much of what remains is carried; null: nothing; absent: the credit type's default.",
      },
    },
    ({ value, grants }, pointer) => {
      if (value === undefined && grants === undefined) return new Fault(pointer, 'value or grants is missing');
      return value === undefined || grants === undefined
        ? undefined
        : notAllowed(`${pointer}/value`, value, 'absent beside grants');
    },
  ),
  dueSpec('account.refill', 'Raises available to the amount of the refill.', {
    date: {
      kind: date(),
      required: true,
      description: 'The day, in the zone of the refill, that it is the refill of.',
    },
  }),
];
