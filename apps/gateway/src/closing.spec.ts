import { Agent, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { ADMIN_KEY, GatewayUnderTest } from './testing/gateway-under-test.js';

describe('a gateway that stops', () => {
  /** A connection that a client keeps. */
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  afterAll(() => agent.destroy());

  it.each([
    ['/v1/accounts', 'application/problem+json; charset=utf-8', { status: 503, code: 'UNAVAILABLE' }],
    ['/users/u1', 'application/json; charset=utf-8', { message: 'the gateway is stopping; send the request again' }],
  ])('answers %s on a connection that is still open 503 in its own words', async (path, contentType, body) => {
    const gateway = await GatewayUnderTest.start({ compatibleApis: ['klaim'] });
    let answerFirst = (): void => undefined;
    const asked = new Promise<void>((isAsked) => {
      gateway.database.accountReader.list = () => {
        isAsked();
        return new Promise((resolve) => (answerFirst = () => resolve({ items: [], nextCursor: null })));
      };
    });
    await gateway.app.listen(0, '127.0.0.1');
    const { port } = gateway.app.getHttpServer().address() as AddressInfo;
    const get = (to: string): Promise<IncomingMessage> =>
      new Promise((resolve, reject) => {
        const headers = { authorization: `Bearer ${ADMIN_KEY}` };
        request({ agent, port, path: to, headers }, resolve).on('error', reject).end();
      });

    const first = get('/v1/accounts');
    await asked;
    const stopped = gateway.stop();
    await new Promise((resolve) => setTimeout(resolve, 50));
    answerFirst();
    expect((await first).statusCode).toBe(200);
    (await first).resume();

    const late = await get(path);
    expect(late.statusCode).toBe(503);
    expect(late.headers).toMatchObject({ 'content-type': contentType, 'retry-after': '1', connection: 'close' });
    expect(JSON.parse(await text(late))).toMatchObject(body);
    await stopped;
  });
});
