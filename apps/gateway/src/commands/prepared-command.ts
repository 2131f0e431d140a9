import { commandRecordKey, decodeCommand, type RecordHeaders } from '@app/contracts';
import type { Command } from '@app/domain';

import type { JsonObject } from '../http/json-body.js';
import { Problem } from '../http/problem.js';
import { commandFromBody, type GivenFields } from '../v1/dto/index.js';

/** A command that the worker will read exactly as the gateway did: the very bytes were decoded before publishing. */
export interface PreparedCommand {
  readonly command: Command;
  /** SHA-256 of the canonical form, as the ledger will store it. */
  readonly fingerprint: Buffer;
  /** See `Decoded`. */
  readonly earlierFingerprint?: () => Buffer;
  readonly key: string;
  readonly value: Buffer;
}

/** What is known outside the body; the id was chosen or made (undefined: it is derived), the tenant is the API key's. */
export type KnownFields = GivenFields & { readonly id: string | undefined; readonly tenantId: string };

const NO_HEADERS: RecordHeaders = {};

/**
 * The record of a command. After the DTOs, which name every wrong field, the worker's own decoder is the last gate.
 * @throws Problem 403 for another tenant, 413 for more than 64 KiB, 400 for what is malformed.
 */
export function prepareCommand(body: JsonObject, known: KnownFields): PreparedCommand {
  if (typeof body.tenantId === 'string' && body.tenantId !== known.tenantId) {
    throw new Problem(403, 'FORBIDDEN', 'tenantId is not the tenant of the API key', {
      errors: [{ pointer: '/tenantId', message: 'must be the tenant of the API key, or absent' }],
    });
  }
  const made = commandFromBody(body, known);
  if (!made.ok) {
    const { code, errors } = made;
    const detail = errors[0]?.message ?? 'the command is malformed';
    throw new Problem(code === 'TOO_LARGE' ? 413 : 400, code, detail, { errors });
  }
  const value = Buffer.from(made.value);
  const decoded = decodeCommand({ key: null, value, headers: NO_HEADERS });
  if (!decoded.ok) {
    const { code, message, pointer = '' } = decoded;
    throw new Problem(400, code, message, { errors: [{ pointer, message }] });
  }
  const { command, fingerprint, earlierFingerprint } = decoded;
  return { command, fingerprint, earlierFingerprint, key: commandRecordKey(command), value };
}
