import { asTraceparent } from '@app/contracts';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { chosenCommandId, idempotencyKeyOf } from '../http/command-id.js';
import { jsonBody, type JsonObject } from '../http/json-body.js';
import { uuidV7 } from '../commands/uuid-v7.js';

/** What a request that publishes one command says outside the command's own fields. */
export interface CommandRequest {
  readonly body: JsonObject;
  /** From `Idempotency-Key` or the body, else made. */
  readonly commandId: string;
  readonly prefer: string | readonly string[] | undefined;
  readonly traceparent: string | undefined;
}

/** A handler's parameter: the parsed body with the headers that matter. @throws Problem 400, 415 */
export const CommandOf = createParamDecorator((_data: unknown, context: ExecutionContext): CommandRequest => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const { headers } = request;
  const fromHeader = idempotencyKeyOf(headers['idempotency-key']);
  const body = jsonBody(request.body, headers['content-type']);
  return {
    body,
    commandId: chosenCommandId(fromHeader, body.id) ?? uuidV7(),
    prefer: headers.prefer,
    traceparent: asTraceparent(headers.traceparent),
  };
});
