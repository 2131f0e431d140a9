import { LIMITS, parseJsonLossless } from '@app/contracts';
import type { Metadata } from '@app/domain';

import { isJsonObject, type JsonObject } from '../../http/json-body.js';
import { exactJson } from '../adapter/exact-json.js';

/** What a key of Unkey has beside its credits. Kept in the account's metadata under names that begin with `unkey.`. */
export interface KeyFields {
  /** First characters of the secret; empty for an account that was not opened by createKey. */
  readonly start: string;
  readonly name?: string;
  /** Whose key it is. */
  readonly externalId?: string;
  /** Milliseconds since 1970. */
  readonly expires?: number;
  readonly enabled: boolean;
  readonly meta?: JsonObject;
}

/** Absent keeps, null clears, a value replaces. */
export type KeyChanges = { readonly [Name in keyof KeyFields]?: KeyFields[Name] | null };

const META = 'unkey.meta.';
const TEXTS = { start: 'unkey.start', name: 'unkey.name', externalId: 'unkey.externalId' } as const;
const EXPIRES = 'unkey.expires';
const DISABLED = 'unkey.disabled';

export function keyFieldsOf(metadata: Metadata | null): KeyFields {
  const { [TEXTS.start]: start = '', [TEXTS.name]: name, [TEXTS.externalId]: externalId } = metadata ?? {};
  const expires = Number(metadata?.[EXPIRES]);
  const meta = jsonFrom(joined(metadata ?? {}, META));
  return {
    start,
    ...(name !== undefined && { name }),
    ...(externalId !== undefined && { externalId }),
    ...(Number.isSafeInteger(expires) && { expires }),
    enabled: metadata?.[DISABLED] === undefined,
    ...(meta && { meta }),
  };
}

/** The account's metadata with these fields of the key changed; what is not Unkey's stays. */
export function withKeyFields(metadata: Metadata | null, changes: KeyChanges): Metadata {
  const { start, name, externalId, expires, enabled, meta } = changes;
  const texts: Record<string, string | null | undefined> = {
    [TEXTS.start]: start,
    [TEXTS.name]: name,
    [TEXTS.externalId]: externalId,
    [EXPIRES]: typeof expires === 'number' ? String(expires) : expires,
    [DISABLED]: enabled === undefined ? undefined : enabled === false ? 'true' : null,
  };
  const kept = Object.entries(metadata ?? {}).filter(([key]) => {
    return texts[key] === undefined && (meta === undefined || !key.startsWith(META));
  });
  const set = Object.entries(texts).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries([...kept, ...set, ...(meta ? pieces(META, exactJson(meta)) : [])]);
}

/** Whose key it is, as Unkey shows it. It has an id of its own for that; here both are the same. */
export function identityJson(externalId: string | undefined): JsonObject | undefined {
  return externalId === undefined ? undefined : { id: externalId, externalId };
}

/** Tags of a verification, for the metadata of its entry. */
export function tagsMetadata(tags: readonly string[]): Metadata {
  return Object.fromEntries(pieces('unkey.tags.', exactJson(tags)));
}

/** A text in values of metadata as long as they may be. */
function pieces(prefix: string, text: string): [string, string][] {
  const characters = Array.from(text);
  const max = LIMITS.metadataValueCharactersMax;
  const count = Math.ceil(characters.length / max);
  return Array.from({ length: count }, (_, at) => [
    `${prefix}${String(at).padStart(2, '0')}`,
    characters.slice(at * max, (at + 1) * max).join(''),
  ]);
}

function joined(metadata: Metadata, prefix: string): string {
  const keys = Object.keys(metadata).filter((key) => key.startsWith(prefix));
  return keys
    .sort()
    .map((key) => metadata[key])
    .join('');
}

/** Metadata may have been changed by others: what is no object any more is none. */
function jsonFrom(text: string): JsonObject | undefined {
  try {
    const value = text === '' ? undefined : parseJsonLossless(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
