import { isUtf8 } from 'node:buffer';

import { findTextFault, LIMITS, NumberText, parseJsonLossless } from '@app/contracts';

import { jsonShapeFault } from './json-shape.js';
import { type FieldError, Problem } from './problem.js';

/** Largest body of a request (gateway, "Errors"). */
export const BODY_BYTES_MAX = 1024 * 1024;

/** Levels that a batch puts around a command. */
const LEVELS_AROUND_COMMAND = 2;

const JSON_MEDIA_TYPE = /^application\/(?:[a-z0-9.+-]+\+)?json$/;

/** A JSON object as sent. No number loses a digit: what is no plain safe integer is a `NumberText`. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * The JSON object in a request body. Bodies reach handlers as bytes (see `raw-body.ts`), so that every route group
 * parses them its own way and after its own checks.
 * @throws Problem 415 for another content type, 400 for anything but a JSON object in UTF-8.
 */
export function jsonBody(body: unknown, contentType: string | undefined): JsonObject {
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  if (hasContent(body) && (mediaType === undefined || !JSON_MEDIA_TYPE.test(mediaType))) {
    const given = mediaType === undefined ? 'missing' : JSON.stringify(mediaType.slice(0, 100));
    throw new Problem(415, 'UNSUPPORTED_MEDIA_TYPE', `Content-Type is ${given}; allowed is application/json`);
  }
  if (!hasContent(body)) throw notJson('the body is empty; expected a JSON object');
  return jsonObject(body);
}

/** The same, of a request that needs no body: none is an empty object. @throws Problem 400, 415 */
export function optionalJsonBody(body: unknown, contentType: string | undefined): JsonObject {
  return hasContent(body) ? jsonBody(body, contentType) : {};
}

/**
 * The JSON object in these bytes, numbers lossless.
 * @throws Problem 400 for what is no JSON object, too deep or too large a structure, or names a key twice
 */
export function jsonObject(bytes: Uint8Array): JsonObject {
  if (!isUtf8(bytes)) throw notJson('the body is not UTF-8');
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const depthMax = LIMITS.depthMax + LEVELS_AROUND_COMMAND;
  refuse(jsonShapeFault(text, depthMax));
  let value: unknown;
  try {
    value = parseJsonLossless(text);
  } catch (error) {
    throw notJson(`the body is not JSON: ${error instanceof Error ? error.message.slice(0, 200) : ''}`);
  }
  if (!isJsonObject(value)) throw notJson('the body is JSON but not an object; expected { … }');
  // In UTF-8, only an escape can be what no text may contain.
  if (text.includes('\\u')) refuse(findTextFault(value, depthMax));
  return value;
}

function refuse(fault: FieldError | undefined): void {
  if (!fault) return;
  const { pointer, message } = fault;
  throw new Problem(400, 'INVALID_FIELD', message, { errors: [{ pointer, message }] });
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberText);
}

function hasContent(body: unknown): body is Uint8Array {
  return body instanceof Uint8Array && body.length > 0;
}

function notJson(detail: string): Problem {
  return new Problem(400, 'NOT_JSON', detail, { errors: [{ pointer: '', message: detail }] });
}
