import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { ErrorShape } from './error-shapes.js';
import { unavailable } from './problem.js';
import { sendProblem } from './problem.filter.js';

/**
 * A client with a connection that was busy when the gateway began to stop may ask once more on it. Nothing is done
 * for such a request, and it is told so in the words of its system, to be sent again elsewhere.
 */
export function refuseWhileClosing(
  server: FastifyInstance,
  shapeOf: (request: FastifyRequest) => ErrorShape | undefined,
): void {
  let isClosing = false;
  server.addHook('preClose', (done) => {
    isClosing = true;
    done();
  });
  server.addHook('onRequest', (request, reply, done) => {
    if (!isClosing) return done();
    const problem = unavailable('the gateway is stopping; send the request again', undefined);
    sendProblem(reply, problem, request, shapeOf(request));
  });
}
