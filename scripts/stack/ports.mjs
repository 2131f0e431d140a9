// @ts-check
import { createServer } from 'node:net';

/**
 * Binds a loopback port and lets it go again.
 * @param {number} port 0: any
 * @returns {Promise<number | undefined>} the port, or undefined when it is taken
 */
export function tryPort(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.unref();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      const bound = address !== null && typeof address === 'object' ? address.port : undefined;
      server.close(() => resolve(bound));
    });
  });
}

/** Ports that this process has given out already; two services must not be promised the same one. */
const given = new Set();

/**
 * A free loopback port: the preferred one when it is free, else any.
 * @param {number} [preferred] 0 or none: any
 */
export async function freePort(preferred = 0) {
  if (preferred !== 0 && !given.has(preferred) && (await tryPort(preferred)) !== undefined) {
    given.add(preferred);
    return preferred;
  }
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = await tryPort(0);
    if (port !== undefined && !given.has(port)) {
      given.add(port);
      return port;
    }
  }
  throw new Error('no free loopback port was found in 100 attempts');
}
