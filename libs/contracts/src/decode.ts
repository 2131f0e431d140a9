import { isUtf8 } from 'node:buffer';
import type { Command, DeadLetterCode } from '@app/domain';
import {
  attributesFault,
  binaryAttributes,
  type EventAttributes,
  isStructuredEvent,
  structuredAttributes,
  structuredData,
  supplyFrom,
} from './cloud-event-in.js';
import { COMMAND_SPECS, type CommandSpec, DEFAULT_CREDIT_TYPE } from './command-table.js';
import { Fault, notAllowed, shown } from './fault.js';
import { earlierFingerprintOf, fingerprintOf } from './fingerprint.js';
import { asTraceparent, type IncomingRecord, traceparentOf } from './headers.js';
import { findTextFault, isJsonObject, type JsonObject, JsonSource, mayHaveTextFault } from './json-text.js';
import { derivedCommandId } from './ids.js';
import { LIMITS } from './limits.js';
import { type ReplyAddress, replyAddressOf } from './reply-address.js';

/** A well-formed command. */
export interface Decoded {
  readonly ok: true;
  readonly command: Command;
  /** SHA-256 of its canonical form, 32 bytes; see `fingerprintOf`. */
  readonly fingerprint: Buffer;
  /** Of a command with a default that once counted as sent: the fingerprint it had then; see `isSameCommand`. */
  readonly earlierFingerprint?: () => Buffer;
  readonly reply?: ReplyAddress;
  /** W3C trace context, to be carried to the events. */
  readonly traceparent?: string;
}

/** A record that is no command: a dead letter. */
export interface Undecodable {
  readonly ok: false;
  readonly code: DeadLetterCode;
  /** Names the field, the bad value and what is allowed. */
  readonly message: string;
  /** JSON pointer into the record's value, of `INVALID_FIELD`. */
  readonly pointer?: string;
  /** The command's id and tenant when they could be read and are well-formed, for the reply. */
  readonly commandId?: string;
  readonly tenantId?: string;
  readonly reply?: ReplyAddress;
  readonly traceparent?: string;
}

/** Whether a stored fingerprint is that of a command, by today's defaults or those of before. */
export function isSameCommand(
  stored: Buffer,
  { fingerprint, earlierFingerprint }: Pick<Decoded, 'fingerprint' | 'earlierFingerprint'>,
): boolean {
  return stored.equals(fingerprint) || (earlierFingerprint !== undefined && stored.equals(earlierFingerprint()));
}

export type DecodeResult = Decoded | Undecodable;

/**
 * Reads a record of the commands topic. Never throws for anything that a publisher can send. The first check that
 * fails names the reason, in the order of `DEAD_LETTER_CODES`; which tenants exist is the ledger's business.
 *
 * This is on the path of every record: a plain delta of 300 bytes takes about five times the JSON.parse within it
 * (measured: 5 µs against 1 µs). Whatever costs a walk through the text is behind a cheap question that plain records answer with no.
 */
export function decodeCommand(record: IncomingRecord): DecodeResult {
  const { headers } = record;
  const decoded = decodeValue(record);
  const reply = replyAddressOf(headers);
  const traceparent = traceparentOf(headers) ?? decoded.traceparent;
  if (reply === undefined && traceparent === decoded.traceparent) return decoded;
  return { ...decoded, reply, traceparent };
}

function decodeValue({ value, headers }: IncomingRecord): DecodeResult {
  if (value === null || value.length === 0) return undecodable('EMPTY_VALUE', `the record has no value${NEST_HINT}`);
  if (value.length > LIMITS.valueBytesMax) {
    const message = `the value has ${value.length} bytes: allowed are ${LIMITS.valueBytesMax}`;
    return undecodable('TOO_LARGE', message);
  }
  if (!isUtf8(value)) return undecodable('NOT_JSON', 'the value is not UTF-8');
  const text = value.toString('utf8');
  const { root, problem } = parseJson(text);
  if (problem !== undefined) return undecodable('NOT_JSON', `the value is not JSON: ${problem}`);
  if (!isJsonObject(root)) return undecodable('NOT_JSON', `the value is ${shown(root)}, not a JSON object${NEST_HINT}`);
  if (!isStructuredEvent(headers)) return decodeObject(root, root, text, '', binaryAttributes(headers));
  const data = structuredData(root);
  if (data === undefined) return undecodable('NOT_JSON', 'the data of the CloudEvent is not a JSON object');
  return decodeObject(data, root, text, '/data', structuredAttributes(root));
}

function decodeObject(
  body: JsonObject,
  root: JsonObject,
  text: string,
  pointer: '' | '/data',
  event: EventAttributes | undefined,
): DecodeResult {
  if (event !== undefined) supplyFrom(event, body);
  const { type, tenantId } = body;

  const spec = typeof type === 'string' ? COMMAND_SPECS.get(type) : undefined;
  if (spec === undefined) {
    const problem = type === undefined ? 'type is missing' : `type is ${shown(type)}`;
    return failed(body, 'UNKNOWN_TYPE', `${problem}: allowed are ${[...COMMAND_SPECS.keys()].join(', ')}`);
  }
  if (body.schemaVersion !== undefined && body.schemaVersion !== 1) {
    return failed(body, 'UNSUPPORTED_VERSION', `schemaVersion is ${shown(body.schemaVersion)}: allowed is 1`);
  }
  if (tenantId === undefined || tenantId === null || tenantId === '') {
    return failed(body, 'MISSING_TENANT', 'tenantId is missing');
  }
  const source = new JsonSource(text, pointer);
  const fault = textFault(root, text, pointer) ?? (event && attributesFault(event, body));
  const read = fault ?? spec.table.read(body, source, pointer);
  if (read instanceof Fault) return failed(body, 'INVALID_FIELD', read.message, read.pointer);
  const command = spec.check?.(read.value, pointer) ?? commandOf(spec, read.value, pointer);
  if (command instanceof Fault) return failed(body, 'INVALID_FIELD', command.message, command.pointer);

  const { id } = body;
  const supplied = event === undefined ? {} : { id, type };
  const fingerprint = fingerprintOf(spec.table, read, source, supplied);
  const traceparent = asTraceparent(pointer === '' ? undefined : root.traceparent);
  const decoded = { ok: true, command, fingerprint, traceparent } as const;
  if (!read.hasLaterDefaults) return decoded;
  return { ...decoded, earlierFingerprint: () => earlierFingerprintOf(spec.table, source, supplied) };
}

/** Nest's Kafka client takes an object with a field `value` or `key` for a whole message, so of a `credit.set` it sends that field alone. */
const NEST_HINT = ' (with the ClientKafka of Nest, send a command that has a field "value" as { value: command })';

/** In a structured event the command lies one level deeper. */
function textFault(root: JsonObject, text: string, pointer: '' | '/data'): Fault | undefined {
  const depthMax = LIMITS.depthMax + (pointer === '' ? 0 : 1);
  return mayHaveTextFault(text, depthMax) ? findTextFault(root, depthMax) : undefined;
}

/**
 * The tables say which fields a type has and what they hold, as the types of the domain do. What is about the
 * catalogue has an empty account id. A command of the scheduler gets its derived id; another one is a fault.
 */
function commandOf(spec: CommandSpec, fields: JsonObject, pointer: string): Command | Fault {
  fields.creditType ??= DEFAULT_CREDIT_TYPE;
  fields.accountId ??= '';
  const command = fields as unknown as Command;
  if (!spec.isDue) return command;
  const id = derivedCommandId(command);
  fields.id ??= id;
  return fields.id === id ? command : notAllowed(`${pointer}/id`, fields.id, `"${id}", which is derived, or none`);
}

function parseJson(text: string): { readonly root?: unknown; readonly problem?: string } {
  try {
    return { root: JSON.parse(text) };
  } catch (error) {
    return { problem: String(error).toWellFormed() };
  }
}

function failed(body: JsonObject, code: DeadLetterCode, message: string, pointer?: string): Undecodable {
  const { id, tenantId } = body;
  return { ...undecodable(code, message), pointer, commandId: printable(id), tenantId: printable(tenantId) };
}

function undecodable(code: DeadLetterCode, message: string): Undecodable {
  return { ok: false, code, message };
}

function printable(value: unknown): string | undefined {
  const fits = typeof value === 'string' && value !== '' && value.length <= 2 * LIMITS.idCharactersMax;
  return fits && value.isWellFormed() && !value.includes('\0') ? value : undefined;
}
