import { type Command, type DeriveId, dueWorkOf } from '@app/domain';
import { sha256Hex } from './sha256.js';

/*
 * Ids that the product derives instead of drawing, so that a replay of the log makes the same ones
 * (overview, "Derived, not drawn"). Each hash begins with what it names, so ids of different kinds never meet.
 */

/** 16 bytes as the 36 characters of a lower-case UUID, the form in which Postgres takes and gives them. */
export type UuidText = string;

const SYSTEM_ID = /^acct_([0-9a-f]{32})$/;
const CANONICAL_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Key of an account's row: the first 16 bytes of SHA-256 over (tenant, credit type, account id). All hexadecimal
 * digits are significant; it is written as a UUID but carries no version bits.
 */
export function accountKey(tenantId: string, accountId: string, creditType: string): UuidText {
  return uuidText(sha256Hex('account', tenantId, creditType, accountId));
}

/** The public system id of the account with this key: `acct_` and its 32 hexadecimal digits. */
export function systemIdOf(key: UuidText): string {
  return `acct_${key.replaceAll('-', '')}`;
}

/** The account key that a system id names; undefined when the text is not a system id. */
export function accountKeyOfSystemId(text: string): UuidText | undefined {
  const digits = SYSTEM_ID.exec(text)?.[1];
  return digits === undefined ? undefined : uuidText(digits);
}

/**
 * 16 bytes under which a command id is indexed: the id itself when it is a canonical lower-case UUID (so that
 * UUIDv7 keeps its locality), else the first 16 bytes of its SHA-256. The id's text is kept beside it and compared,
 * since a publisher may send the hash of one id as another id.
 */
export function commandKey(commandId: string): UuidText {
  if (commandId.length === 36 && CANONICAL_UUID.test(commandId)) return commandId;
  return uuidText(sha256Hex('command', commandId));
}

/** Public id of a command's ledger entry. */
export function entryId(tenantId: string, commandId: string): string {
  return `ent_${sha256Hex('entry', tenantId, commandId).slice(0, 32)}`;
}

const OBJECT_PREFIXES = { grant: 'grt', hold: 'hld', schedule: 'sch' } as const;

/** Id of a grant, hold or schedule whose command gives none: `grt_`, `hld_` or `sch_` and 32 hexadecimal digits. */
export const deriveObjectId: DeriveId = (tenantId, commandId, kind, index) =>
  `${OBJECT_PREFIXES[kind]}_${sha256Hex(kind, tenantId, commandId, String(index)).slice(0, 32)}`;

/** How ids of the scheduler's commands begin; publishers' ids must not. */
export const DUE_ID_PREFIX = '~';

/**
 * The one id that a command of the scheduler may have: `~` and 32 hexadecimal digits, made of the object and the
 * instant that it is about. undefined for commands of publishers.
 */
export function derivedCommandId(command: Command): string | undefined {
  const work = dueWorkOf(command);
  return work && DUE_ID_PREFIX + sha256Hex('due', ...work).slice(0, 32);
}

function uuidText(hex: string): UuidText {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
