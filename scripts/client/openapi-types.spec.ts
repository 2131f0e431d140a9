import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Schema {
  properties: Record<string, { enum: string[] }>;
}

interface Document {
  paths: Record<string, Record<string, { parameters?: object[]; tags?: string[] }>>;
  components: { schemas: Record<string, Schema> };
}

const read = (path: string): string => readFileSync(join(__dirname, '../..', path), 'utf8');
const TYPES = 'libs/client/src/generated/openapi.ts';
const OPERATIONS = 'libs/client/src/generated/operations.ts';

/** The generator lives on ES modules that Jest can't load: it runs in a process of its own, once for all documents. */
const GENERATE = `
import { text } from 'node:stream/consumers';
import { generateClientFiles } from './scripts/client/openapi-types.mjs';
const documents = JSON.parse(await text(process.stdin));
const generated = [];
for (const document of documents) generated.push(await generateClientFiles(document));
process.stdout.write(JSON.stringify(generated));
`;

const foreign = { tags: ['klaim'], operationId: 'foreign', responses: { 200: { description: 'OK' } } };

/** What changes in the document, and which of the committed files are outdated by that. */
const cases: [what: string, outdated: string[], change: (document: Document) => void][] = [
  ['nothing', [], () => undefined],
  ['a route of a compatible API', [], ({ paths }) => (paths['/users/{id}'] = { get: foreign })],
  ['a route', [TYPES, OPERATIONS], ({ paths }) => delete paths['/v1/holds/{id}/capture']],
  ['a query parameter', [TYPES, OPERATIONS], ({ paths }) => paths['/v1/accounts']?.['get']?.parameters?.pop()],
  ['a field of a body', [TYPES], ({ components }) => delete components.schemas['DeltaBodyDto']?.properties['reason']],
  ['a field of an answer', [TYPES], ({ components }) => delete components.schemas['Outcome']?.properties['message']],
  [
    'a code',
    [TYPES, OPERATIONS],
    ({ components }) => components.schemas['Problem']?.properties['code']?.enum.push('NEW_CODE'),
  ],
];

describe("the client's types and operations agree with docs/openapi.json", () => {
  let generated: Record<string, string>[];
  beforeAll(() => {
    const documents = cases.map(([, , change]) => {
      const document = JSON.parse(read('docs/openapi.json')) as Document;
      change(document);
      return document;
    });
    const options = { cwd: join(__dirname, '../..'), input: JSON.stringify(documents), maxBuffer: 2 ** 28 };
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', GENERATE], options);
    generated = JSON.parse(output.toString()) as Record<string, string>[];
  }, 120_000);

  it.each(cases.map(([what, outdated], index) => ({ what, outdated, index })))(
    'a change of $what outdates $outdated',
    ({ outdated, index }) => {
      const files = generated[index] ?? {};
      expect(Object.keys(files)).toEqual([TYPES, OPERATIONS]);
      expect(Object.keys(files).filter((path) => files[path] !== read(path))).toEqual(outdated);
    },
  );
});
