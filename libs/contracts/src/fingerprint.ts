import { hash } from 'node:crypto';
import type { FieldsRead, FieldTable } from './field-table.js';
import type { JsonObject, JsonSource } from './json-text.js';

/**
 * What tells a repeat of a command from a conflict: SHA-256, 32 bytes, over the canonical JSON of all its fields,
 * unknown ones included. Amounts count in canonical form, a field equal to its default as absent; `occurredAt`,
 * `actor`, `source`, `schemaVersion` and transport headers don't count (contracts, "Fingerprint"). Numbers in
 * unknown fields count as they are written.
 */
export function fingerprintOf(table: FieldTable, read: FieldsRead, source: JsonSource, supplied: JsonObject): Buffer {
  // Unknown fields and objects take the slow way, over the text with exact numbers.
  return sha256Of(read.flat ? read.canonical : table.canonical(sentFields(source, supplied)));
}

/** The fingerprint that the command had while defaults that came later counted as sent. */
export function earlierFingerprintOf(table: FieldTable, source: JsonSource, supplied: JsonObject): Buffer {
  return sha256Of(table.canonical(sentFields(source, supplied), true));
}

function sentFields(source: JsonSource, supplied: JsonObject): JsonObject {
  return { ...(source.marked() as JsonObject), ...supplied };
}

function sha256Of(canonical: string): Buffer {
  // As one-byte text, because this is the cheapest way to a small buffer (measured: half of asking for a buffer).
  return Buffer.from(hash('sha256', canonical, 'binary'), 'latin1');
}
