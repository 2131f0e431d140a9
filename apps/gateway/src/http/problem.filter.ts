import {
  Catch,
  HttpException,
  Logger,
  NotFoundException,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { type ErrorShape, ErrorShapes } from './error-shapes.js';
import { Problem, PROBLEM_TYPE, problemBody, type ProblemCode } from './problem.js';

/** Codes of what Nest and Fastify refuse by themselves. */
const CODE_OF_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'INVALID_REQUEST',
  404: 'NOT_FOUND',
  413: 'TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
};

/**
 * Shows every error: problem details on native routes, the system's own shape on compatible ones. What nobody
 * expected is logged and answered as 500 without a word of its cause.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(private readonly shapes: ErrorShapes) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = isAborted(error, request) ? aborted(error) : (wrongMethod(error, request) ?? problemOf(error));
    if (problem.status >= 500) this.log(request, problem, error);
    if (!reply.sent) sendProblem(reply, problem, request, this.shapes.of(request));
  }

  private log(request: FastifyRequest, problem: Problem, error: unknown): void {
    const cause = problem.extras.cause ?? error;
    const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    const line = `${request.method} ${pathOf(request)} → ${problem.status} ${problem.code} (request ${request.id}): ${text}`;
    if (problem.status === 503) this.logger.warn(line);
    else this.logger.error(line);
  }
}

/** Answers with a problem, as problem details where no other shape is given. */
export function sendProblem(
  reply: FastifyReply,
  problem: Problem,
  request: FastifyRequest,
  shape: ErrorShape | undefined,
): void {
  const { contentType, body } = shape?.(problem, request) ?? {
    contentType: PROBLEM_TYPE,
    body: problemBody(problem, pathOf(request), request.id),
  };
  void reply
    .status(problem.status)
    .headers(problem.extras.headers ?? {})
    .header('content-type', contentType)
    .send(JSON.stringify(body));
}

/** The caller went away before its body was there: nobody hears the answer, and nothing is wrong with us. */
function isAborted(error: unknown, { raw }: FastifyRequest): boolean {
  return raw.destroyed && !raw.complete && (error as { readonly code?: unknown }).code === 'ECONNRESET';
}

function aborted(cause: unknown): Problem {
  return new Problem(400, 'INVALID_REQUEST', 'the connection was closed before the body had arrived', { cause });
}

/** Nest says 404 for a path that it knows by other methods only. */
function wrongMethod(error: unknown, request: FastifyRequest): Problem | undefined {
  if (!(error instanceof NotFoundException)) return undefined;
  const allowed = request.server.routeTable.methodsOf(pathOf(request)).join(', ');
  if (allowed === '') return undefined;
  const detail = `${request.method} is not possible here; allowed are ${allowed}`;
  return new Problem(405, 'METHOD_NOT_ALLOWED', detail, { headers: { Allow: allowed } });
}

/** Any error as a problem. Messages of unexpected ones are not shown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HttpException) {
    const status = error.getStatus();
    const code = CODE_OF_STATUS[status];
    if (code) return new Problem(status, code, detailOf(status, error));
    if (status < 500) return new Problem(status, 'INVALID_REQUEST', error.message);
  }
  return new Problem(500, 'INTERNAL_ERROR', 'something went wrong on our side; the request id helps to find it', {
    cause: error,
  });
}

function detailOf(status: number, error: HttpException): string {
  if (status === 404) return 'there is no such route';
  if (status === 413) return 'the body is larger than the allowed 1 MiB';
  return error.message;
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? request.url;
}
