import type { CommandType } from '@app/domain';
import { ACCOUNT_COMMANDS } from './account-commands.js';
import type { CommandSpec } from './command-spec.js';
import { commonFields } from './common-fields.js';
import { CREDIT_TYPE_COMMANDS } from './credit-type-commands.js';
import { FieldTable } from './field-table.js';
import { GRANT_COMMANDS } from './grant-commands.js';
import { HOLD_COMMANDS } from './hold-commands.js';
import { SCHEDULE_COMMANDS } from './schedule-commands.js';

/*
 * The commands as data (contracts, "Command record"). Decoder, fingerprint, JSON Schemas and AsyncAPI are made from
 * these tables; a new command type is a new entry in one of them.
 */

export type { CommandSpec } from './command-spec.js';
export { DEFAULT_CREDIT_TYPE } from './common-fields.js';

/** Names of the fields that every command has beside its type, in the order in which they are documented. */
export const COMMON_FIELD_NAMES: readonly string[] = Object.keys(commonFields);

/** The fields that every command has beside its type. */
export const COMMON_FIELDS = new FieldTable(commonFields);

const specs: readonly CommandSpec[] = [
  ...ACCOUNT_COMMANDS,
  ...GRANT_COMMANDS,
  ...SCHEDULE_COMMANDS,
  ...HOLD_COMMANDS,
  ...CREDIT_TYPE_COMMANDS,
];

/** Every type of command, those of the scheduler too. */
export const COMMAND_SPECS: ReadonlyMap<string, CommandSpec> = new Map(specs.map((item) => [item.type, item]));

export const COMMAND_TYPES: readonly CommandType[] = specs.map((item) => item.type);
