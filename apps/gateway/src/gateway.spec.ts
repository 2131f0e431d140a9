import { GatewayUnderTest } from './testing/gateway-under-test.js';

let gateway: GatewayUnderTest;
beforeAll(async () => {
  gateway = await GatewayUnderTest.start();
});
afterAll(() => gateway.stop());

test('smoke', async () => {
  const a = await gateway.send('POST', '/v1/accounts/key_1/deltas', { body: { delta: -3 } });
  console.log(a, gateway.log.commands);
  console.log(await gateway.send('GET', '/v1/accounts/key_1'));
  console.log(await gateway.send('GET', '/health/ready', { key: null }));
  console.log((await gateway.send('GET', '/openapi.json', { key: null })).status);
  console.log((await gateway.send('GET', '/docs', { key: null })).status);
  console.log((await gateway.send('GET', '/metrics', { key: null })).text.slice(0, 300));
  console.log(await gateway.send('GET', '/v1/nope'));
  console.log(await gateway.send('GET', '/v1/accounts/%FF'));
  console.log(await gateway.send('POST', '/v1/commands', { raw: Buffer.alloc(1100000, 32) }));
});
