import { isUtf8 } from 'node:buffer';
import { Fault, notAllowed } from './fault.js';
import { headerText, lastHeader, type RecordHeaders } from './headers.js';
import { isJsonObject, type JsonObject } from './json-text.js';

/*
 * Commands as CloudEvents 1.0 (contracts, "Command record"). In binary mode the record's value is the command and
 * `ce_*` headers stand beside it; in structured mode the value is the event and the command is its `data`.
 * Of the attributes, `id` may supply the command's id and `type` its type; the others have no meaning here.
 */

const STRUCTURED = /^application\/cloudevents\+json(?:\s*;|\s*$)/i;

/** The attributes that matter for a command; absent ones are undefined. */
export interface EventAttributes {
  readonly specversion: unknown;
  readonly id: unknown;
  readonly type: unknown;
  /** Where the attributes stand in the record's value: only in structured mode they have a place there. */
  readonly mode: 'binary' | 'structured';
  /** The id as a header is no text that a command may have. */
  readonly idFault?: Fault;
}

/** Whether the record's value is a CloudEvent in structured mode. */
export function isStructuredEvent(headers: RecordHeaders): boolean {
  const contentType = headerText(headers, 'content-type');
  return contentType !== undefined && STRUCTURED.test(contentType);
}

/** Attributes of binary mode; undefined when the record has none. */
export function binaryAttributes(headers: RecordHeaders): EventAttributes | undefined {
  const specversion = headerText(headers, 'ce_specversion');
  const id = headerText(headers, 'ce_id');
  const type = headerText(headers, 'ce_type');
  if (specversion === undefined && id === undefined && type === undefined) return undefined;
  return { specversion, id, type, mode: 'binary', idFault: headerIdFault(headers) };
}

export function structuredAttributes(event: JsonObject): EventAttributes {
  return { specversion: event.specversion, id: event.id, type: event.type, mode: 'structured' };
}

/** The command of a structured event; undefined when `data` is no object. */
export function structuredData(event: JsonObject): JsonObject | undefined {
  return isJsonObject(event.data) ? event.data : undefined;
}

/** Lets the event supply id and type of a command that has none of its own. */
export function supplyFrom(attributes: EventAttributes, command: JsonObject): void {
  if (command.type === undefined && attributes.type !== undefined) command.type = attributes.type;
  if (command.id === undefined && attributes.id !== undefined) command.id = attributes.id;
}

/** What is wrong with the event itself, or where the command says otherwise. Call after `supplyFrom`. */
export function attributesFault(attributes: EventAttributes, command: JsonObject): Fault | undefined {
  const { specversion, id, type, mode, idFault } = attributes;
  if (idFault !== undefined) return idFault;
  if (specversion !== undefined && specversion !== '1.0') {
    const message = notAllowed('/specversion', specversion, '"1.0"').message;
    return new Fault(mode === 'structured' ? '/specversion' : '', message);
  }
  const root = mode === 'structured' ? '/data' : '';
  if (type !== undefined && command.type !== type) {
    return notAllowed(`${root}/type`, command.type, `the type of its CloudEvent, or none`);
  }
  if (id !== undefined && command.id !== id) {
    return notAllowed(`${root}/id`, command.id, `the id of its CloudEvent, or none`);
  }
  return undefined;
}

/** In the value such bytes are found by the JSON parser and the text check; a header passes through neither. */
function headerIdFault(headers: RecordHeaders): Fault | undefined {
  const id = lastHeader(headers, 'ce_id');
  if (id === undefined) return undefined;
  const bytes = Buffer.from(id);
  return isUtf8(bytes) && !bytes.includes(0)
    ? undefined
    : new Fault('/id', 'the header ce_id is not UTF-8 or has U+0000');
}
