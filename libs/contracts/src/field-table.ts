import { canonicalJson } from './canonical-json.js';
import { Fault, missing, notAllowed, pointerTo } from './fault.js';
import type { FieldKind } from './field-kinds.js';
import type { JsonSchema } from './json-schema.js';
import { isJsonObject, type JsonObject, type NumberSource, NumberText } from './json-text.js';

/** One field of a command, or of an object within a command. */
export interface Field {
  readonly kind: FieldKind;
  readonly description: string;
  readonly required?: true;
  /** Canonical JSON of the default: a field equal to it counts as absent in the fingerprint. */
  readonly canonicalDefault?: string;
  /** Name of the field whose value this one has when it is absent: one equal to that counts as absent, too. */
  readonly defaultsTo?: string;
  /** Fingerprints of before this default was one are recognised, too: it counted as sent then. */
  readonly isLaterDefault?: true;
  /** false: not part of the fingerprint (contracts, "Fingerprint"). */
  readonly fingerprinted?: false;
  /** Checked and not handed on. */
  readonly dropped?: true;
}

interface NamedField extends Field {
  readonly name: string;
  /** JSON pointer of the field in a command that is the whole value, as nearly all are. */
  readonly pointer: string;
  /** `"name":`, as canonical JSON begins it. */
  readonly prefix: string;
}

/** The fields of an object, sorted by name as canonical JSON wants them. */
export class FieldTable {
  readonly fields: readonly NamedField[];
  private readonly byName: ReadonlyMap<string, NamedField>;

  constructor(fields: Readonly<Record<string, Field>>) {
    this.fields = Object.entries(fields)
      .map(([name, field]) => ({ ...field, name, pointer: `/${name}`, prefix: `${JSON.stringify(name)}:` }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    this.byName = new Map(this.fields.map((field) => [field.name, field]));
  }

  has(name: string): boolean {
    return this.byName.has(name);
  }

  /**
   * Reads the known fields of an object and writes their canonical JSON in the same pass. Unknown fields are left
   * out of `value`; whether there are any (or a field that may hold some) is told by `flat`.
   */
  read(object: JsonObject, source: NumberSource, pointer: string): FieldsRead | Fault {
    const value: JsonObject = {};
    let canonical = '';
    let hasLaterDefaults = false;
    let known = 0;
    let flat = true;
    for (const field of this.fields) {
      const { name, kind } = field;
      const raw = object[name];
      if (raw === undefined) {
        if (field.required) return missing(pointer + field.pointer);
        continue;
      }
      known += 1;
      const read = kind.read(raw, source, pointer === '' ? field.pointer : pointer + field.pointer);
      if (read instanceof Fault) return read;
      if (!field.dropped) value[name] = read;
      if (field.fingerprinted === false) continue;
      if (kind.table !== undefined && typeof raw === 'object') flat = false;
      const text = kind.canonical(raw);
      if (
        text !== field.canonicalDefault &&
        (field.defaultsTo === undefined || !this.isLikeOther(field, text, object))
      ) {
        canonical += canonical === '' ? field.prefix + text : `,${field.prefix}${text}`;
      } else if (field.isLaterDefault === true && raw !== null) {
        hasLaterDefaults = true;
      }
    }
    for (const _ in object) known -= 1;
    return { value, canonical: `{${canonical}}`, flat: flat && known === 0, hasLaterDefaults };
  }

  /**
   * Canonical JSON of an object that `read` accepts, unknown fields included. Numbers are marked text.
   * @param asBefore with its own fields' later defaults as sent
   */
  canonical(object: JsonObject, asBefore = false): string {
    const members: string[] = [];
    for (const name of Object.keys(object).sort()) {
      const field = this.byName.get(name);
      if (field?.fingerprinted === false) continue;
      const text = field === undefined ? canonicalJson(object[name]) : field.kind.canonical(object[name]);
      const isSent =
        field === undefined ||
        (asBefore && field.isLaterDefault === true && object[name] !== null) ||
        (text !== field.canonicalDefault && !this.isLikeOther(field, text, object));
      if (isSent) members.push(`${JSON.stringify(name)}:${text}`);
    }
    return `{${members.join(',')}}`;
  }

  /** Whether a field is what it would be if it were absent: like the other one that it defaults to, if that is given. */
  private isLikeOther({ defaultsTo }: NamedField, text: string, object: JsonObject): boolean {
    const other = defaultsTo === undefined ? undefined : this.byName.get(defaultsTo);
    const value = other === undefined ? undefined : object[other.name];
    // One of another type is refused when it is read.
    return other !== undefined && typeof value === 'string' && other.kind.canonical(value) === text;
  }

  /** Pointers to fields that the tables don't know: the worker ignores them, the gateway refuses them. */
  unknownFields(object: JsonObject, pointer = ''): readonly string[] {
    return Object.entries(object).flatMap(([name, value]) => {
      const field = this.byName.get(name);
      if (field === undefined) return [pointerTo(pointer, name)];
      return field.kind.table === undefined ? [] : unknownWithin(field.kind.table, value, pointer + field.pointer);
    });
  }

  get schema(): JsonSchema {
    const properties = this.fields.map((field): [string, JsonSchema] => {
      const { kind, description, canonicalDefault } = field;
      const known = canonicalDefault === undefined ? {} : { default: JSON.parse(canonicalDefault) as unknown };
      return [field.name, { description, ...kind.schema, ...known }];
    });
    return {
      type: 'object',
      required: this.fields.filter((field) => field.required).map((field) => field.name),
      properties: Object.fromEntries(properties),
    };
  }
}

function unknownWithin(table: FieldTable, value: unknown, pointer: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item, at) => unknownWithin(table, item, pointerTo(pointer, at)));
  return isJsonObject(value) && !(value instanceof NumberText) ? table.unknownFields(value, pointer) : [];
}

export interface FieldsRead {
  readonly value: JsonObject;
  /** Canonical JSON of the known fields; only to be used when `flat`. */
  readonly canonical: string;
  /** There were no unknown fields and no objects that may have some: `canonical` says everything. */
  readonly flat: boolean;
  /** A field has a default that once counted as sent. */
  readonly hasLaterDefaults: boolean;
}

/** An object with fields of its own. `check` looks at fields together. */
export function object(
  table: FieldTable,
  check?: (value: JsonObject, pointer: string) => Fault | undefined,
): FieldKind {
  return {
    read: (value, source, pointer) => {
      if (!isJsonObject(value)) return notAllowed(pointer, value, 'an object');
      const read = table.read(value, source, pointer);
      if (read instanceof Fault) return read;
      return check?.(read.value, pointer) ?? read.value;
    },
    canonical: (value) => table.canonical(value as JsonObject),
    schema: table.schema,
    table,
  };
}
