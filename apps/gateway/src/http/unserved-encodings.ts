import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { ErrorShape } from './error-shapes.js';
import { Problem } from './problem.js';
import { sendProblem } from './problem.filter.js';

/** A charset that is UTF-8, or that UTF-8 contains. */
const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]*)"?/i;
const SERVED_CHARSETS: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii']);

/** Refuses bodies in an encoding or charset that isn't served, by the request's headers alone (RFC 9110, 415). */
export function refuseUnservedEncodings(
  server: FastifyInstance,
  shapeOf: (request: FastifyRequest) => ErrorShape | undefined,
): void {
  server.addHook('onRequest', (request, reply, done) => {
    const problem = problemOf(request);
    if (problem) sendProblem(reply, problem, request, shapeOf(request));
    else done();
  });
}

function problemOf({ headers }: FastifyRequest): Problem | undefined {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') {
    return unsupported(`Content-Encoding is ${JSON.stringify(encoding.slice(0, 64))}; send the body as it is`, {
      'Accept-Encoding': 'identity',
    });
  }
  const charset = CHARSET.exec(headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && !SERVED_CHARSETS.has(charset.toLowerCase())) {
    return unsupported(`the charset of Content-Type is ${JSON.stringify(charset.slice(0, 64))}; allowed is utf-8`);
  }
  return undefined;
}

function unsupported(detail: string, headers: Record<string, string> = {}): Problem {
  return new Problem(415, 'UNSUPPORTED_MEDIA_TYPE', detail, { headers });
}
