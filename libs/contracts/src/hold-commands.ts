import { id255, onInsufficient, ownMetadata } from './common-fields.js';
import { type CommandSpec, dueSpec, publisherSpec } from './command-spec.js';
import { missing } from './fault.js';
import { amount, boolean, instant, oneOf } from './field-kinds.js';
import type { Field } from './field-table.js';

const holdId: Field = { kind: id255, required: true, description: 'The hold.' };
const partial: Field = {
  kind: boolean(),
  canonicalDefault: 'false',
  description: 'Take what is there when it is less.',
};

/** Commands about one hold. */
export const HOLD_COMMANDS: readonly CommandSpec[] = [
  publisherSpec('hold.create', 'Sets credits aside for a purpose.', {
    holdId: { kind: id255, description: 'Unique per tenant; absent: derived from the command.' },
    amount: { kind: amount('above 0'), required: true, description: 'How much.' },
    expiresAt: { kind: instant(), description: 'At most 24 hours ahead; absent: 5 minutes.' },
    partial,
    metadata: ownMetadata("Kept on the entry and as the hold's own."),
  }),
  publisherSpec('hold.capture', 'Uses credits of a hold; any number of times up to what is left.', {
    holdId,
    amount: { kind: amount('above 0'), required: true, description: 'How much.' },
    final: { kind: boolean(), canonicalDefault: 'false', description: 'Releases the rest.' },
    overage: {
      kind: oneOf(['charge']),
      description: 'What is more than the hold has left is charged like a delta; absent: `HOLD_EXCEEDED`.',
    },
    onInsufficient: { ...onInsufficient, description: `${onInsufficient.description} Of the overage.` },
  }),
  publisherSpec(
    'hold.extend',
    'Adds credits, time or both to a hold; never shortens it.',
    {
      holdId,
      amount: { kind: amount('above 0'), description: 'How much more.' },
      expiresAt: { kind: instant(), description: 'At most 24 hours ahead.' },
      partial,
    },
    ({ amount: more, expiresAt }, pointer) =>
      more === undefined && expiresAt === undefined ? missing(`${pointer}/amount`) : undefined,
  ),
  publisherSpec('hold.release', 'Ends a hold and gives back what is left of it.', { holdId }),
  dueSpec('hold.expire', 'Ends a hold whose time is over and gives back what is left of it.', {
    holdId,
    expiresAt: { kind: instant(), required: true, description: "The hold's." },
  }),
];
