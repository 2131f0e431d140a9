import type { CommandType } from '@app/domain';
import { commonFields } from './common-fields.js';
import type { Fault } from './fault.js';
import { oneOf, text } from './field-kinds.js';
import { type Field, FieldTable } from './field-table.js';
import type { JsonObject } from './json-text.js';
import { LIMITS } from './limits.js';

/** Looks at fields together; they have been read each by itself. */
type Check = (fields: JsonObject, pointer: string) => Fault | undefined;

/** A type of command: what it does and the fields that it has beside the common ones. */
export interface CommandSpec {
  readonly type: CommandType;
  readonly description: string;
  readonly table: FieldTable;
  readonly ownFields: readonly string[];
  /** Of the scheduler: its id is derived from its content, and no other is accepted. */
  readonly isDue: boolean;
  readonly check?: Check;
}

type Fields = Readonly<Record<string, Field>>;

const { accountId, ...fieldsWithoutAccount } = commonFields;

/** A command of publishers about an account. */
export function publisherSpec(type: CommandType, description: string, own: Fields, check?: Check): CommandSpec {
  return spec(type, description, { ...commonFields, ...own }, own, false, check);
}

/** A command of publishers that may be about the catalogue: it has no account, or (as in `own`) may have none. */
export function catalogSpec(type: CommandType, description: string, own: Fields, check?: Check): CommandSpec {
  return spec(type, description, { ...fieldsWithoutAccount, ...own }, own, false, check);
}

/** An account that a command has unless it is about a template of the catalogue. */
export const accountUnlessTemplate: Field = {
  kind: accountId.kind,
  description: 'The account; absent for a template, which has none.',
};

const { expectedVersion: _expectedVersion, ...fieldsWithoutVersion } = commonFields;

/** A command of the scheduler. It is never refused for a version, so it expects none. */
export function dueSpec(type: CommandType, description: string, own: Fields): CommandSpec {
  const fields = { ...fieldsWithoutVersion, id: dueId, ...own };
  return spec(type, `${description} Of the scheduler; its id is derived from what it is about.`, fields, own, true);
}

/** Made of fields that count in the fingerprint themselves, so that given or not is the same. */
const dueId: Field = {
  kind: text(1, LIMITS.idCharactersMax),
  fingerprinted: false,
  description: 'The derived id, or absent.',
};

function spec(
  type: CommandType,
  description: string,
  fields: Fields,
  own: Fields,
  isDue: boolean,
  check?: Check,
): CommandSpec {
  const typeField: Field = { kind: oneOf([type]), required: true, description: 'What to do.' };
  return {
    type,
    description,
    table: new FieldTable({ type: typeField, ...fields }),
    ownFields: Object.keys(own),
    isDue,
    check,
  };
}
