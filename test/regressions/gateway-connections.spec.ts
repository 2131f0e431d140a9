import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';

import { Logger } from '@nestjs/common';

import { ADMIN_KEY, GatewayUnderTest } from '../../apps/gateway/src/testing/gateway-under-test.js';

describe('what a connection sends', () => {
  let gateway: GatewayUnderTest;
  let port: number;
  beforeAll(async () => {
    gateway = await GatewayUnderTest.start({ requestTimeoutMs: 300 });
    await gateway.app.listen(0, '127.0.0.1');
    port = (gateway.app.getHttpServer().address() as AddressInfo).port;
  });
  afterAll(() => gateway.stop());

  /** Everything that is answered until the gateway closes. */
  const answerTo = (sent: string): Promise<string> => {
    const socket = connect(port, '127.0.0.1');
    socket.write(sent);
    return text(socket);
  };
  const bodyOf = (answer: string): unknown => JSON.parse(answer.split('\r\n\r\n')[1] ?? '');

  it.each([
    ['is no HTTP', 'nonsense\r\n\r\n', 400, 'INVALID_REQUEST'],
    ['has too large headers', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'INVALID_REQUEST'],
    ['has no end of headers', 'GET /v1/accounts HTTP/1.1\r\nHost: a\r\n', 408, 'REQUEST_TIMEOUT'],
    [
      'has no end of body',
      'POST /v1/commands HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{',
      408,
      'REQUEST_TIMEOUT',
    ],
  ])('what %s is told in a problem', async (_what, sent, status, code) => {
    const answer = await answerTo(sent);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} .*\r\nContent-Type: application/problem\\+json`));
    expect(bodyOf(answer)).toMatchObject({ status, code });
  });

  it('two Idempotency-Keys that differ are refused, and nothing is published', async () => {
    const request = (...keys: string[]): string =>
      [
        'POST /v1/accounts/key_1/deltas HTTP/1.1',
        'Host: a',
        'Connection: close',
        `Authorization: Bearer ${ADMIN_KEY}`,
        'Content-Type: application/json',
        'Content-Length: 11',
        ...keys.map((key) => `Idempotency-Key: ${key}`),
        '',
        '{"delta":1}',
      ].join('\r\n');
    const refused = await answerTo(request('a', 'b'));
    expect(refused).toMatch(/^HTTP\/1.1 400 /);
    expect(bodyOf(refused)).toMatchObject({ errors: [{ pointer: 'Idempotency-Key' }] });
    expect(gateway.log.records).toEqual([]);
    expect(await answerTo(request('a', 'a'))).toMatch(/^HTTP\/1.1 202 /);
    expect(gateway.log.commands).toMatchObject([{ id: 'a' }]);
  });

  it('an upload that is given up is no fault of ours', async () => {
    const error = jest.spyOn(Logger.prototype, 'error').mockImplementation();
    const answered = new Promise<number>((resolve) => {
      gateway.app
        .getHttpServer()
        .once(
          'request',
          (_request: unknown, response: { statusCode: number; once: (e: string, f: () => void) => void }) =>
            response.once('close', () => resolve(response.statusCode)),
        );
    });
    const socket = connect(port, '127.0.0.1');
    socket.write('POST /v1/commands HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{');
    await once(socket, 'connect');
    setTimeout(() => socket.destroy(), 50);
    expect(await answered).toBeLessThan(500);
    expect(error).not.toHaveBeenCalled();
    error.mockRestore();
  });
});
