import { COMPATIBLE_APIS } from '@app/config';

import { generateOpenApi } from '../openapi.js';
import { GatewayUnderTest } from '../testing/gateway-under-test.js';
import { grantView, holdView, scheduleView } from '../testing/object-samples.js';
import { ledgerEntry } from '../testing/samples.js';

interface Operation {
  readonly tags?: readonly string[];
  readonly parameters?: {
    readonly in: string;
    readonly name: string;
    readonly schema: { readonly examples?: string[] };
  }[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Record<string, { readonly examples?: Record<string, { readonly value: object }> }>;
  };
}

/** Their examples are tried by their own tests: each answers in its system's way. */
const isCompatible = ({ tags = [] }: Operation): boolean => COMPATIBLE_APIS.some((api) => tags.includes(api));

describe('the examples of native routes in the OpenAPI document', () => {
  let gateway: GatewayUnderTest;
  let operations: { readonly method: 'POST'; readonly path: string; readonly operation: Operation }[];
  beforeAll(async () => {
    gateway = await GatewayUnderTest.start();
    const { objects, entries } = gateway.database;
    objects.grants.push(grantView({ grantId: 'pack-0816' }));
    objects.holds.push(holdView({ holdId: 'job-0816' }));
    objects.schedules.push(scheduleView({ scheduleId: 'key_1-monthly' }));
    entries.push(ledgerEntry({ commandId: 'order-0815' }));
    const { paths } = (await generateOpenApi()) as { paths: Record<string, Record<string, Operation>> };
    operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, operation]) => !isCompatible(operation))
        .map(([method, operation]) => ({
          method: method.toUpperCase() as 'POST',
          path: withExamples(path, operation),
          operation,
        })),
    );
  });
  afterAll(() => gateway.stop());

  it('are accepted as they are, every one', async () => {
    let sent = 0;
    for (const { method, path, operation } of operations) {
      const examples = operation.requestBody?.content['application/json']?.examples ?? {};
      for (const [name, { value }] of Object.entries(examples)) {
        const { status, text } = await gateway.send(method, path, { body: value });
        expect(`${method} ${path} ${name}: ${status} ${status === 202 ? '' : text}`).toBe(
          `${method} ${path} ${name}: 202 `,
        );
        sent += 1;
      }
    }
    expect(sent).toBeGreaterThan(50);
  });

  it('a body that is not required may be left out', async () => {
    const optional = operations.filter(({ operation }) => operation.requestBody?.required === false);
    for (const { method, path } of optional) expect((await gateway.send(method, path)).status).toBe(202);
    expect(optional.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      'DELETE /v1/credit-types/tokens',
      'DELETE /v1/schedules/key_1-monthly',
      'POST /v1/commands/order-0815/reversals',
      'POST /v1/grants/pack-0816/void',
      'POST /v1/holds/job-0816/release',
    ]);
  });
});

/** The path with the examples of its parameters. */
function withExamples(path: string, { parameters = [] }: Operation): string {
  return parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce(
      (text, { name, schema }) => text.replace(`{${name}}`, encodeURIComponent(schema.examples?.[0] ?? name)),
      path,
    );
}
