import { isTimeZone } from '@app/domain';
import { AMOUNT_ALLOWED, canonicalAmount, isAmountText, isNotNegative, isPositive } from './amount.js';
import { canonicalJson } from './canonical-json.js';
import { dateTimeOf, instantOf, isDate, isDateTime } from './date-time.js';
import { Fault, notAllowed, pointerTo } from './fault.js';
import type { FieldTable } from './field-table.js';
import type { JsonSchema } from './json-schema.js';
import { jsonString } from './json-string.js';
import { isJsonObject, type NumberSource, numberTextOf } from './json-text.js';
import { isLengthWithin, LIMITS } from './limits.js';

/**
 * What a field may hold: how the decoder reads it, how the fingerprint writes it, how schemas describe it. The
 * tables of commands are made of these, so the three can't drift apart.
 */
export interface FieldKind {
  /** The value as the domain takes it, or what is wrong with it. Never called for an absent field. */
  read(value: unknown, source: NumberSource, pointer: string): unknown;
  /** Canonical JSON of a value that `read` accepts; numbers may be marked text (`numberTextOf`). */
  canonical(value: unknown): string;
  readonly schema: JsonSchema;
  /** Fields of the object, or of each object of the array, that it may hold. Unknown ones may hide there, so `canonical` needs the marked text. */
  readonly table?: FieldTable;
}

/** Texts of min to max code points. */
export function text(min: number, max: number, pattern?: RegExp, patternText = ''): FieldKind {
  const allowed = `a string of ${min}-${max} characters${patternText && ` of ${patternText}`}`;
  return {
    read: (value, _source, pointer) =>
      typeof value === 'string' && isLengthWithin(value, min, max) && (pattern === undefined || pattern.test(value))
        ? value
        : notAllowed(pointer, value, allowed),
    canonical: jsonText,
    schema: {
      type: 'string',
      ...(min > 0 && { minLength: min }),
      maxLength: max,
      ...(pattern && { pattern: pattern.source }),
    },
  };
}

/** A publisher's command id: ids beginning with `~` belong to the scheduler. */
export function publisherId(): FieldKind {
  const id = text(1, LIMITS.idCharactersMax);
  return {
    ...id,
    read: (value, source, pointer) =>
      typeof value === 'string' && value.startsWith('~')
        ? notAllowed(pointer, value, 'an id that does not begin with "~" (reserved for the scheduler)')
        : id.read(value, source, pointer),
    schema: { ...id.schema, pattern: '^[^~]' },
  };
}

export function oneOf(values: readonly string[]): FieldKind {
  const allowed = values.map((value) => `"${value}"`).join(', ');
  return {
    read: (value, _source, pointer) =>
      typeof value === 'string' && values.includes(value) ? value : notAllowed(pointer, value, allowed),
    canonical: jsonText,
    schema: { type: 'string', enum: values },
  };
}

/** Below what amounts of a field are refused. */
type AmountBound = 'above 0' | '0 or above';

const AMOUNT_BOUNDS = {
  'above 0': { fits: isPositive, pattern: '(?!0(\\.0+)?$)', integerMin: 1 },
  '0 or above': { fits: isNotNegative, pattern: '', integerMin: 0 },
} as const;

/** An exact amount; read as a canonical decimal string. */
export function amount(bound?: AmountBound): FieldKind {
  const bounds = bound && AMOUNT_BOUNDS[bound];
  const allowed = bound === undefined ? AMOUNT_ALLOWED : `${bound}: ${AMOUNT_ALLOWED}`;
  return {
    read: (value, source, pointer) => {
      const canonical = readAmount(value, source, pointer);
      if (canonical === undefined || (bounds && !bounds.fits(canonical))) {
        return notAllowed(pointer, value, allowed, source.textOf(pointer));
      }
      return canonical;
    },
    canonical: (value) => `"${canonicalAmount(numberTextOf(value) ?? String(value))}"`,
    schema: {
      title: bound === undefined ? 'amount' : `amount ${bound}`,
      oneOf: [
        {
          type: 'string',
          maxLength: LIMITS.amountCharactersMax,
          pattern: `^(?!-0(\\.0+)?$)${bounds?.pattern ?? '-?'}(0|[1-9]\\d*)(\\.\\d+)?$`,
        },
        {
          type: 'integer',
          minimum: bounds?.integerMin ?? -Number.MAX_SAFE_INTEGER,
          maximum: Number.MAX_SAFE_INTEGER,
        },
      ],
    },
  };
}

/** Canonical JSON of a value that was read as a string. */
function jsonText(value: unknown): string {
  return jsonString(value as string);
}

function readAmount(value: unknown, source: NumberSource, pointer: string): string | undefined {
  if (typeof value === 'string') return isAmountText(value) ? canonicalAmount(value) : undefined;
  if (typeof value === 'number') return source.isPlainInteger(pointer, value) ? String(value) : undefined;
  return undefined;
}

/** A version of an account, as a plain integer or a string of digits; read as a bigint. */
export function version(): FieldKind {
  const digits = /^\d{1,19}$/;
  return {
    read: (value, source, pointer) => {
      const plain =
        typeof value === 'string'
          ? digits.test(value)
          : typeof value === 'number' && value >= 0 && source.isPlainInteger(pointer, value);
      const read = plain ? BigInt(value as string | number) : undefined;
      return read !== undefined && read <= LIMITS.versionMax
        ? read
        : notAllowed(
            pointer,
            value,
            `an integer or a string of digits, 0-${LIMITS.versionMax}`,
            source.textOf(pointer),
          );
    },
    canonical: (value) => `"${BigInt(numberTextOf(value) ?? (value as string | number))}"`,
    schema: {
      title: 'version',
      oneOf: [
        { type: 'string', pattern: digits.source },
        { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
      ],
    },
  };
}

/** An integer by value: 1.0 is 1, and -0 is 0. */
export function integer(min: number, max: number): FieldKind {
  return {
    read: (value, _source, pointer) =>
      Number.isInteger(value) && (value as number) >= min && (value as number) <= max
        ? (value as number) + 0
        : notAllowed(pointer, value, `an integer from ${min} to ${max}`),
    canonical: (value) => String(Number(numberTextOf(value) ?? value)),
    schema: { type: 'integer', minimum: min, maximum: max },
  };
}

export function boolean(): FieldKind {
  return {
    read: (value, _source, pointer) =>
      typeof value === 'boolean' ? value : notAllowed(pointer, value, 'true or false'),
    canonical: String,
    schema: { type: 'boolean' },
  };
}

/** A time that is only recorded; read as it was sent. */
export function dateTime(): FieldKind {
  return {
    read: (value, _source, pointer) =>
      typeof value === 'string' && isDateTime(value)
        ? value
        : notAllowed(pointer, value, 'an RFC 3339 time such as "2026-11-20T10:00:00Z"'),
    canonical: jsonText,
    schema: { type: 'string', format: 'date-time', maxLength: LIMITS.occurredAtCharactersMax },
  };
}

/** A time that decides something; read as milliseconds since the epoch. Written otherwise it is the same instant. */
export function instant(): FieldKind {
  const allowed = 'an RFC 3339 time of the years 1 to 9999 such as "2026-11-20T10:00:00Z"';
  return {
    read: (value, _source, pointer) =>
      (typeof value === 'string' ? instantOf(value) : undefined) ?? notAllowed(pointer, value, allowed),
    canonical: (value) => `"${dateTimeOf(instantOf(value as string) ?? 0)}"`,
    schema: dateTime().schema,
  };
}

/** A day. */
export function date(): FieldKind {
  return {
    read: (value, _source, pointer) =>
      typeof value === 'string' && isDate(value)
        ? value
        : notAllowed(pointer, value, 'a day that exists, such as "2026-11-20"'),
    canonical: jsonText,
    schema: { type: 'string', format: 'date' },
  };
}

/** Whether a text names a time zone of the IANA database; offsets such as `+01:00` are none. */
export function isTimeZoneName(name: string): boolean {
  return name.length <= LIMITS.timeZoneCharactersMax && /^[A-Za-z]/.test(name) && isTimeZone(name);
}

/** Name of a time zone. */
export function timeZone(): FieldKind {
  return {
    read: (value, _source, pointer) =>
      typeof value === 'string' && isTimeZoneName(value)
        ? value
        : notAllowed(pointer, value, 'a time zone of the IANA database such as "Europe/Berlin"'),
    canonical: jsonText,
    schema: { type: 'string', minLength: 1, maxLength: LIMITS.timeZoneCharactersMax },
  };
}

/** Up to `max` values of one kind. */
export function listOf(kind: FieldKind, max: number): FieldKind {
  return {
    read: (value, source, pointer) => {
      if (!Array.isArray(value)) return notAllowed(pointer, value, 'an array');
      if (value.length > max) return new Fault(pointer, `there are ${value.length} items: allowed are ${max}`);
      const items: unknown[] = [];
      for (const [index, item] of value.entries()) {
        const read = kind.read(item, source, pointerTo(pointer, index));
        if (read instanceof Fault) return read;
        items.push(read);
      }
      return items;
    },
    canonical: (value) => `[${(value as readonly unknown[]).map((item) => kind.canonical(item)).join(',')}]`,
    schema: { type: 'array', maxItems: max, items: kind.schema },
    table: kind.table,
  };
}

/** Pairs of strings. */
export function metadata(): FieldKind {
  const { metadataPairsMax, metadataKeyCharactersMax, metadataValueCharactersMax } = LIMITS;
  return {
    read: (value, _source, pointer) => {
      if (!isJsonObject(value)) return notAllowed(pointer, value, 'an object of strings');
      const pairs = Object.entries(value);
      if (pairs.length > metadataPairsMax) {
        return new Fault(pointer, `metadata has ${pairs.length} pairs: allowed are ${metadataPairsMax}`);
      }
      for (const [key, item] of pairs) {
        if (!isLengthWithin(key, 0, metadataKeyCharactersMax)) {
          return notAllowed(pointer, key, `keys of at most ${metadataKeyCharactersMax} characters`);
        }
        if (typeof item !== 'string' || !isLengthWithin(item, 0, metadataValueCharactersMax)) {
          const allowed = `a string of at most ${metadataValueCharactersMax} characters`;
          return notAllowed(pointerTo(pointer, key), item, allowed);
        }
      }
      return value;
    },
    canonical: canonicalJson,
    schema: {
      type: 'object',
      maxProperties: metadataPairsMax,
      propertyNames: { maxLength: metadataKeyCharactersMax },
      additionalProperties: { type: 'string', maxLength: metadataValueCharactersMax },
    },
  };
}

/** Also null, with a meaning of its own; or that of another value, whose canonical JSON is given. */
export function nullable(kind: FieldKind, nullMeans = 'null'): FieldKind {
  return {
    ...kind,
    read: (value, source, pointer) => (value === null ? null : kind.read(value, source, pointer)),
    canonical: (value) => (value === null ? nullMeans : kind.canonical(value)),
    schema: { oneOf: [kind.schema, { type: 'null' }] },
  };
}

/** One of two kinds, told apart by whether the value is an object. */
export function objectOr(object: FieldKind, other: FieldKind): FieldKind {
  const of = (value: unknown): FieldKind => (isJsonObject(value) ? object : other);
  return {
    read: (value, source, pointer) => of(value).read(value, source, pointer),
    canonical: (value) => of(value).canonical(value),
    schema: { oneOf: [other.schema, object.schema] },
    table: object.table,
  };
}
