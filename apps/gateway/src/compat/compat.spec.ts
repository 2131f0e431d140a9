import { COMPATIBLE_APIS, type CompatibleApi } from '@app/config';

import { GatewayUnderTest } from '../testing/gateway-under-test.js';

interface Route {
  readonly api: CompatibleApi;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
}

type Documented = Record<string, Record<string, { readonly tags?: readonly string[] }>>;

/** The routes of compatible APIs in a gateway's OpenAPI document, with something for each parameter. */
async function documentedBy(gateway: GatewayUnderTest): Promise<Route[]> {
  const { text } = await gateway.send('GET', '/openapi.json', { key: null });
  const { paths } = JSON.parse(text) as { paths: Documented };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { tags = [] }]) =>
      COMPATIBLE_APIS.filter((api) => tags.includes(api)).map((api) => ({
        api,
        method: method.toUpperCase() as Route['method'],
        path: path.replace(/\{[^}]+\}/g, 'any_1'),
      })),
    ),
  );
}

describe('the route groups of other systems', () => {
  let all: readonly Route[] = [];
  const routesOf = (...apis: readonly CompatibleApi[]): readonly Route[] => all.filter(({ api }) => apis.includes(api));

  beforeAll(async () => {
    const gateway = await GatewayUnderTest.start({ compatibleApis: COMPATIBLE_APIS });
    all = await documentedBy(gateway);
    await gateway.stop();
  });

  it.each(COMPATIBLE_APIS)('%s is served and documented when it is switched on, without the others', async (api) => {
    const gateway = await GatewayUnderTest.start({ compatibleApis: [api] });
    expect(routesOf(api)).not.toEqual([]);
    expect(await documentedBy(gateway)).toEqual(routesOf(api));
    for (const { method, path } of routesOf(api)) {
      const { status } = await gateway.send(method, path, { key: null });
      expect([400, 401]).toContain(status);
    }
    await gateway.stop();
  });

  it.each(COMPATIBLE_APIS)('%s is unknown and not in OpenAPI when it is switched off', async (api) => {
    const others = COMPATIBLE_APIS.filter((other) => other !== api);
    const gateway = await GatewayUnderTest.start({ compatibleApis: others });
    expect(await documentedBy(gateway)).toEqual(routesOf(...others));
    for (const { method, path } of routesOf(api)) {
      const answer = await gateway.send(method, path, { ...(method !== 'GET' && { body: {} }) });
      expect(answer).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    }
    await gateway.stop();
  });

  it('are none when no name is given', async () => {
    const gateway = await GatewayUnderTest.start({ compatibleApis: [] });
    expect(await documentedBy(gateway)).toEqual([]);
    await gateway.stop();
  });
});
