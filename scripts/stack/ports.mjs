// @ts-check
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Ports are drawn from below the range that systems use for outgoing connections (32768 and above on Linux): a
 * client that tries again and again to reach a stopped server would now and then be given the server's own port,
 * connect to itself, and keep the server from coming back.
 */
const lowest = 20_000;
const highest = 32_000;

/** Ports that this process has given out; two services must not be promised the same one. */
const given = new Set();

/**
 * Whether a loopback port can be bound now.
 * @param {number} port
 * @returns {Promise<boolean>}
 */
export function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.unref();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * A free loopback port: the preferred one when it is free, else any.
 * @param {number} [preferred] 0 or none: any
 */
export async function freePort(preferred = 0) {
  let port = preferred === 0 ? randomInt(lowest, highest) : preferred;
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (!given.has(port)) {
      given.add(port);
      if (await isFree(port)) return port;
      given.delete(port);
    }
    port = randomInt(lowest, highest);
  }
  throw new Error('no free loopback port was found in 200 attempts');
}

/**
 * This very port, for a server that comes back where its clients know it. Waits for the one before to let it go.
 * @param {number} port
 */
export async function samePort(port) {
  const deadline = Date.now() + 15_000;
  while (!(await isFree(port))) {
    if (Date.now() > deadline) throw new Error(`port ${port} is still in use after 15 s`);
    await new Promise((done) => setTimeout(done, 100));
  }
  given.add(port);
  return port;
}
