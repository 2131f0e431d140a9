import { createServer } from 'node:net';
import { freePort, isFree, samePort } from './ports.mjs';

async function occupy(port: number) {
  const server = createServer();
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  return server;
}

describe('ports', () => {
  it('are the preferred ones when those are free, else others', async () => {
    const wanted = await freePort();
    const server = await occupy(wanted);
    expect(await isFree(wanted)).toBe(false);
    expect(await freePort(wanted)).not.toBe(wanted);
    server.close();
  });

  it('are never promised twice', async () => {
    const ports = await Promise.all(Array.from({ length: 20 }, () => freePort()));
    expect(new Set(ports).size).toBe(20);
  });

  it('lie below those of outgoing connections, so that no client takes the port of a server that comes back', async () => {
    expect(await freePort()).toBeLessThan(32_768);
  });

  it('can be waited for by a server that comes back', async () => {
    const port = await freePort();
    const server = await occupy(port);
    setTimeout(() => server.close(), 200);
    expect(await samePort(port)).toBe(port);
  });
});
