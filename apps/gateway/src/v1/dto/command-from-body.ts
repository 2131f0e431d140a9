import { COMMAND_SPECS, Fault, findTextFault, LIMITS, NumberText } from '@app/contracts';
import type { CommandType, DeadLetterCode } from '@app/domain';
import { type ValidationError, validateSync } from 'class-validator';
import { type CommandDto, dtoOf, NESTED_DTOS } from './command-dtos.js';

/**
 * What a request says outside its body: the route's type, the key's tenant, the chosen id, and what the path names
 * (an account, credit type, grant, hold, schedule, or the command to be reversed).
 */
export interface GivenFields {
  readonly type?: CommandType;
  readonly id?: string;
  readonly tenantId?: string;
  readonly accountId?: string;
  readonly creditType?: string;
  readonly grantId?: string;
  readonly holdId?: string;
  readonly scheduleId?: string;
  readonly reverses?: string;
}

export type CommandFromBody =
  | {
      readonly ok: true;
      readonly command: CommandDto;
      /** The record's value: the command as JSON. `decodeCommand` accepts it. */
      readonly value: string;
    }
  | {
      readonly ok: false;
      readonly code: Extract<
        DeadLetterCode,
        'UNKNOWN_TYPE' | 'UNSUPPORTED_VERSION' | 'MISSING_TENANT' | 'INVALID_FIELD' | 'TOO_LARGE'
      >;
      /** At least one; pointers into the command. */
      readonly errors: readonly Fault[];
    };

/** Integers that count by value in the worker too, so `1.0` is 1; of amounts only plain integers are taken. */
const INTEGERS_BY_VALUE = new Set([
  'schemaVersion',
  'refillDay',
  'priority',
  'periodCount',
  'percent',
  'count',
  'scale',
]);

/**
 * Makes a command of a request's body (already through `parseJsonLossless`, so that amounts are exact) and what the
 * request says elsewhere. It accepts what the worker's decoder accepts, with these differences, each tested:
 * unknown fields are refused, also within objects and lists, and so is a field that the request
 * gives elsewhere with another value. Commands of the scheduler are refused, but for a refill by its own route
 * (`given.type`); it has no id, whatever was given, because the decoder derives it. As there, what is too large is
 * told so, whatever else is wrong with it.
 *
 * Instances are made by hand: class-transformer loses or trips over keys such as `constructor` and `toString`,
 * which metadata may have.
 */
export function commandFromBody(body: Readonly<Record<string, unknown>>, given: GivenFields = {}): CommandFromBody {
  const made = checkedCommand(body, given);
  return made.ok ? made : (tooLarge(JSON.stringify({ ...given, ...body }, asWritten)) ?? made);
}

function checkedCommand(body: Readonly<Record<string, unknown>>, given: GivenFields): CommandFromBody {
  const differing = Object.entries(given).filter(
    ([name, value]) => value !== undefined && Object.hasOwn(body, name) && body[name] !== value,
  );
  if (differing.length > 0) {
    const errors = differing.map(([name]) => new Fault(`/${name}`, `${name} differs from the one of the request`));
    return { ok: false, code: 'INVALID_FIELD', errors };
  }
  const fields: Record<string, unknown> = { ...definedOnly(given), ...body };
  const type = fields.type;
  const spec = typeof type === 'string' ? COMMAND_SPECS.get(type) : undefined;
  if (spec === undefined)
    return refused('UNKNOWN_TYPE', '/type', `type must be one of ${[...COMMAND_SPECS.keys()].join(', ')}`);

  const version = byValue('schemaVersion', fields.schemaVersion);
  if (version !== undefined && version !== 1) {
    return refused('UNSUPPORTED_VERSION', '/schemaVersion', 'schemaVersion must be 1');
  }
  const { tenantId } = fields;
  if (tenantId === undefined || tenantId === null || tenantId === '') {
    return refused('MISSING_TENANT', '/tenantId', 'tenantId is missing');
  }
  const textFault = findTextFault(fields);
  if (textFault !== undefined) return { ok: false, code: 'INVALID_FIELD', errors: [textFault] };

  const Dto = dtoOf(spec.type);
  if (Dto === undefined || (spec.isDue && given.type !== spec.type)) {
    return refused('INVALID_FIELD', '/type', `${spec.type} is a command of the scheduler`);
  }
  if (spec.isDue) delete fields.id;
  const command = instance(Dto, fields);
  const unknown = spec.table.unknownFields(fields);
  const errors = [
    ...unknown.map((pointer) => new Fault(pointer, 'this command has no such field')),
    ...faultsOf(validateSync(command, VALIDATION)),
  ];
  if (errors.length > 0) return { ok: false, code: 'INVALID_FIELD', errors };

  const value = JSON.stringify(command);
  return tooLarge(value) ?? { ok: true, command, value };
}

function tooLarge(value: string): CommandFromBody | undefined {
  const bytes = Buffer.byteLength(value);
  if (bytes <= LIMITS.valueBytesMax) return undefined;
  return refused('TOO_LARGE', '', `the command has ${bytes} bytes: allowed are ${LIMITS.valueBytesMax}`);
}

function asWritten(_name: string, value: unknown): unknown {
  return value instanceof NumberText ? value.text : value;
}

/** Unknown fields are found by the tables: class-validator's whitelist lets `constructor` and `toString` pass. */
const VALIDATION = { validationError: { target: false, value: false } } as const;

function instance<T extends object>(Dto: new () => T, fields: Readonly<Record<string, unknown>>): T {
  const made = new Dto();
  for (const [name, value] of Object.entries(fields)) {
    // Unknown fields are refused elsewhere; class-validator would take a `constructor` among them for the class.
    if (name in Object.prototype) continue;
    const Nested = Object.hasOwn(NESTED_DTOS, name) ? NESTED_DTOS[name] : undefined;
    Object.assign(made, { [name]: Nested === undefined ? byValue(name, value) : nested(Nested, value) });
  }
  return made;
}

function nested(Nested: new () => object, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => nestedObject(Nested, item));
  return nestedObject(Nested, value);
}

/** A number is no object, however it is written; class-validator would look into a `NumberText`. */
function nestedObject(Nested: new () => object, value: unknown): unknown {
  if (value instanceof NumberText) return value.toNumber();
  return isPlainObject(value) ? instance(Nested, value) : value;
}

function byValue(name: string, value: unknown): unknown {
  return value instanceof NumberText && INTEGERS_BY_VALUE.has(name) ? value.toNumber() : value;
}

/** One fault per field: the first rule that it breaks. */
function faultsOf(errors: readonly ValidationError[], parent = ''): Fault[] {
  return errors.flatMap(({ property, constraints, children }) => {
    const pointer = `${parent}/${property}`;
    const message = Object.values(constraints ?? {})[0];
    return [...(message === undefined ? [] : [new Fault(pointer, message)]), ...faultsOf(children ?? [], pointer)];
  });
}

function definedOnly(given: GivenFields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberText);
}

function refused(
  code: Extract<CommandFromBody, { ok: false }>['code'],
  pointer: string,
  message: string,
): CommandFromBody {
  return { ok: false, code, errors: [new Fault(pointer, message)] };
}
