import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { bearerSecret } from '../../auth/auth.guard.js';
import { unauthenticated } from '../../auth/authenticator.js';
import { hasScope } from '../../auth/principal.js';
import { Problem } from '../../http/problem.js';
import { CompatibleCalls } from '../adapter/compatible-calls.js';

/**
 * Takes the API key from `x-api-key`, or from `Authorization: Bearer` as the native routes do. Reading needs
 * `credits:read`; what a write needs is checked with its command.
 */
@Injectable()
export class FlexpriceApiKey implements CanActivate {
  constructor(private readonly calls: CompatibleCalls) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const caller = await this.calls.authenticate(secretOf(request), reply);
    if (request.method === 'GET' && !hasScope(caller, 'credits:read')) {
      throw new Problem(403, 'FORBIDDEN', 'the API key has not the scope credits:read that this route needs');
    }
    request.principal = caller;
    // Postgres' text has no U+0000: nothing has such an id, and no filter finds it.
    if (request.url.includes('%00')) throw new Problem(400, 'INVALID_REQUEST', 'the URL must not contain U+0000 (%00)');
    return true;
  }
}

function secretOf({ headers }: FastifyRequest): string {
  const key = headers['x-api-key'];
  if (typeof key === 'string' && key !== '') return key;
  if (headers.authorization !== undefined) return bearerSecret(headers.authorization);
  throw unauthenticated('no API key: send x-api-key: <key>');
}
