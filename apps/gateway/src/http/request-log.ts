import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

const UNLOGGED = /^\/(health|metrics)(\/|\?|$)/;

/**
 * One line per answered request, none for probes and scrapes: who asked what, what came of it, how long it took.
 * Neither query nor body nor headers: they carry what customers send.
 */
export function logRequests(server: FastifyInstance, logger: Logger): void {
  server.addHook('onResponse', (request, reply, done) => {
    done();
    if (UNLOGGED.test(request.url)) return;
    const { statusCode: status, elapsedTime } = reply;
    const line = {
      requestId: request.id,
      method: request.method,
      path: request.url.split('?', 1)[0],
      status,
      ms: Math.round(elapsedTime),
      key: request.principal?.keyId,
    };
    logger[status >= 500 ? 'error' : status >= 400 ? 'info' : 'debug'](line, 'request answered');
  });
}
