import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Parser } from '@asyncapi/parser';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { COMMAND_TYPES } from './command-table.js';
import { decodeCommand } from './decode.js';
import {
  balanceChangedEvent,
  cacheInvalidationOf,
  catalogChangedEvent,
  commandRejectedEvent,
  EVENT_TYPES,
} from './events.js';
import * as examples from './examples.js';
import { generateContractFiles } from './generate.js';
import { outcomeOf } from './outcome.js';
import { deadLetterReply } from './reply.js';

const addFormats = ajvFormats.default as (ajv: Ajv2020) => void;

const files = generateContractFiles();

/** Severity of the parser above which it only informs: 0 error, 1 warning, 2 information. */
const WARNING = 1;

/** Compiled schema of a generated file. A fresh validator for each, because they share no ids to refer to. */
function schema(name: string): ValidateFunction {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true });
  addFormats(ajv);
  return ajv.compile(JSON.parse(files[`docs/schemas/${name}.json`]!) as object);
}

function expectValid(validate: ValidateFunction, value: unknown): void {
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
}

describe('the generated JSON Schemas', () => {
  test('can all be loaded together, each under its own id', () => {
    const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
    addFormats(ajv);
    const schemas = Object.entries(files).flatMap(([path, text]) => (path.endsWith('.json') ? [JSON.parse(text)] : []));
    ajv.addSchema(schemas as { $id: string }[]);
    for (const { $id } of schemas as { $id: string }[]) expect(ajv.getSchema($id)).toBeDefined();
  });

  test.each(COMMAND_TYPES)('accept the examples of %s, which the decoder accepts too', (type) => {
    const validate = schema(`command.${type}`);
    for (const example of examples.COMMAND_EXAMPLES[type]) {
      expectValid(validate, example);
      const value = Buffer.from(JSON.stringify(example));
      expect(decodeCommand({ key: null, value, headers: {} })).toMatchObject({ ok: true });
    }
  });

  test('refuse what the decoder refuses', () => {
    const validate = schema('command.credit.delta');
    const delta = { type: 'credit.delta', id: 'c', tenantId: 't', accountId: 'a', delta: '1' };
    expectValid(validate, { ...delta, unknown: 1 });
    const wrong = [
      { delta: '1e2' },
      { delta: '-0' },
      { delta: '01' },
      { delta: '' },
      { delta: null },
      { delta: 1.5 },
      { delta: 2 ** 53 },
      { id: '~x' },
      { id: '' },
      { id: '😀'.repeat(256) },
      { tenantId: 'ä' },
      { creditType: 'a b' },
      { metadata: { a: 1 } },
      { occurredAt: 'today' },
      { expectedVersion: '-1' },
      { schemaVersion: 2 },
      { onInsufficient: {} },
      { accountId: undefined },
    ];
    for (const fields of wrong) {
      const command = JSON.parse(JSON.stringify({ ...delta, ...fields })) as object;
      expect([fields, validate(command)]).toEqual([fields, false]);
      const value = Buffer.from(JSON.stringify(command));
      expect([fields, decodeCommand({ key: null, value, headers: {} }).ok]).toEqual([fields, false]);
    }
    expectValid(validate, { ...delta, id: '😀'.repeat(255) });
  });

  test('accept every event and reply', () => {
    const { APPLIED_ENTRY, UNLIMITED_ENTRY, REJECTED_ENTRY, UNKNOWN_ACCOUNT_ENTRY, CONFLICT_ENTRY } = examples;
    const { CAPTURE_ENTRY, SKIPPED_ENTRY, CATALOG_ENTRY, TEMPLATE_ENTRY, CATALOG_CHANGE, TEMPLATE_CHANGE } = examples;
    const balanceChanged = schema(`event.${EVENT_TYPES.balanceChanged}`);
    const invalidation = schema(`event.${EVENT_TYPES.cacheInvalidation}`);
    for (const entry of [APPLIED_ENTRY, UNLIMITED_ENTRY, CAPTURE_ENTRY, SKIPPED_ENTRY]) {
      expectValid(balanceChanged, JSON.parse(String(balanceChangedEvent(entry, examples.TRACEPARENT_EXAMPLE).value)));
      expectValid(invalidation, JSON.parse(String(cacheInvalidationOf(entry).value)));
    }
    const catalog = schema(`event.${EVENT_TYPES.catalogChanged}`);
    expectValid(catalog, JSON.parse(String(catalogChangedEvent(CATALOG_ENTRY, CATALOG_CHANGE).value)));
    expectValid(catalog, JSON.parse(String(catalogChangedEvent(TEMPLATE_ENTRY, TEMPLATE_CHANGE).value)));
    const outcome = schema('outcome');
    for (const entry of [CATALOG_ENTRY, TEMPLATE_ENTRY]) expectValid(outcome, outcomeOf(entry));
    expect(outcome({ ...outcomeOf(APPLIED_ENTRY), allocations: undefined })).toBe(false);
    const rejected = schema(`event.${EVENT_TYPES.commandRejected}`);
    for (const entry of [REJECTED_ENTRY, UNKNOWN_ACCOUNT_ENTRY, CONFLICT_ENTRY]) {
      expectValid(rejected, JSON.parse(String(commandRejectedEvent(entry).value)));
    }
    const reply = deadLetterReply({ topic: 't', correlationId: Buffer.from('c') }, { code: 'NOT_JSON', message: 'm' });
    expectValid(schema('dead-letter-reply'), JSON.parse(String(reply.value)));
  });
});

describe('the generated AsyncAPI document', () => {
  test('is valid AsyncAPI 3, examples included', async () => {
    const { document, diagnostics } = await new Parser().parse(files['docs/asyncapi.yaml']!);
    // Informational is only the advice to name the newest minor version, which fewer tools read.
    const problems = diagnostics.filter(({ severity }): boolean => (severity as number) <= WARNING);
    expect(problems.map(({ message, path }) => `${path.join('.')}: ${message}`)).toEqual([]);
    expect(document?.version()).toBe('3.0.0');
    expect(document?.allMessages().all()).toHaveLength(COMMAND_TYPES.length + 7);
  });
});

describe('generateContractFiles', () => {
  test.each(Object.keys(files))('made %s as it is committed; else run `npm run generate`', (path) => {
    expect(readFileSync(join(__dirname, '../../..', path), 'utf8')).toBe(files[path]);
  });

  test('makes the same files every time', () => {
    expect(generateContractFiles()).toEqual(files);
  });
});
