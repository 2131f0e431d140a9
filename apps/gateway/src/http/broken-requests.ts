import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

import { Problem, PROBLEM_TYPE, problemBody } from './problem.js';

/** What Node's HTTP parser gives up on, by the code of its error; everything else is 400. */
const PROBLEMS: Readonly<Record<string, () => Problem>> = {
  HPE_HEADER_OVERFLOW: () => new Problem(431, 'INVALID_REQUEST', 'the headers are larger than the allowed 16 KiB'),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: () => new Problem(413, 'TOO_LARGE', 'the chunk extensions are too large'),
  ERR_HTTP_REQUEST_TIMEOUT: () => new Problem(408, 'REQUEST_TIMEOUT', 'the request did not arrive in time'),
};

/**
 * Answers what is no request, or never becomes one: no route, hook or filter sees it. Problem details, since the
 * system that its path belongs to can't be told. The connection is closed.
 */
export function answerBrokenRequest(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const problem =
    PROBLEMS[error.code ?? '']?.() ?? new Problem(400, 'INVALID_REQUEST', 'the request is not correct HTTP');
  if (socket.writable) socket.write(answerOf(problem, randomUUID()));
  socket.destroy();
}

function answerOf(problem: Problem, requestId: string): string {
  const body = JSON.stringify(problemBody(problem, 'about:blank', requestId));
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'Cache-Control: no-store',
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
