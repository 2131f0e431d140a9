import { asTraceparent } from '@app/contracts';
import { createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { chosenCommandId, idempotencyKeyOf } from '../http/command-id.js';
import { optionalJsonBody, jsonBody, type JsonObject } from '../http/json-body.js';
import { uuidV7 } from '../commands/uuid-v7.js';

/** What a request that publishes one command says outside the command's own fields. */
export interface CommandRequest {
  readonly body: JsonObject;
  /** From `Idempotency-Key` or the body, else made. undefined: it is derived from what the command is about. */
  readonly commandId: string | undefined;
  readonly prefer: string | readonly string[] | undefined;
  readonly traceparent: string | undefined;
}

export interface CommandRequestOptions {
  /** Whatever id is sent, the command has a derived one. */
  readonly derivedId?: true;
  /** The command has no required field, so a request without a body is one with `{}`. */
  readonly optionalBody?: true;
}

/** A handler's parameter: the parsed body with the headers that matter. @throws Problem 400, 415 */
export const CommandOf = createParamDecorator<CommandRequestOptions | undefined>((options, context): CommandRequest => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const { headers } = request;
  const read = options?.optionalBody ? optionalJsonBody : jsonBody;
  const body = read(request.body, headers['content-type']);
  return {
    body,
    commandId: options?.derivedId ? undefined : commandIdOf(request, body.id),
    prefer: headers.prefer,
    traceparent: asTraceparent(headers.traceparent),
  };
});

function commandIdOf(request: FastifyRequest, fromBody: unknown): string {
  return chosenCommandId(idempotencyKeyOf(request), fromBody) ?? uuidV7();
}
