import { id255, ownMetadata } from './common-fields.js';
import { type CommandSpec, dueSpec, publisherSpec } from './command-spec.js';
import { grantFields, name, priority } from './credit-fields.js';
import { instant, metadata, nullable } from './field-kinds.js';
import type { Field } from './field-table.js';

const grantId: Field = { kind: id255, required: true, description: 'The grant.' };

/** Commands about one grant. */
export const GRANT_COMMANDS: readonly CommandSpec[] = [
  publisherSpec('grant.create', 'Gives a lot of credits with its own order and life time.', {
    ...grantFields('purchased'),
    metadata: ownMetadata("Kept on the entry and as the grant's own."),
  }),
  publisherSpec('grant.update', 'Changes a grant: absent keeps, null clears, a value replaces.', {
    grantId,
    name: { kind: nullable(name), description: 'Name; null: none.' },
    priority: { kind: nullable(priority), description: 'Lower is used first; null: last.' },
    expiresAt: { kind: nullable(instant()), description: 'The last instant at which it is used; null: never.' },
    metadata: { kind: nullable(metadata()), description: "Kept on the entry and as the grant's own; null: none." },
  }),
  publisherSpec('grant.void', 'Drops what remains of a grant.', { grantId }),
  dueSpec('grant.activate', 'Opens a pending grant.', {
    grantId,
    effectiveAt: { kind: instant(), required: true, description: "The grant's." },
  }),
  dueSpec('grant.expire', 'Ends a grant whose time is over.', {
    grantId,
    expiresAt: { kind: instant(), required: true, description: "The grant's." },
  }),
];
