import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  SetMetadata,
  UseGuards,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Scope } from '@app/store';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { SelfAuthenticated } from '../../auth/access.js';
import { bearerSecret } from '../../auth/auth.guard.js';
import { unauthenticated } from '../../auth/authenticator.js';
import { hasScope } from '../../auth/principal.js';
import { Problem } from '../../http/problem.js';
import { CompatibleCalls } from '../adapter/compatible-calls.js';

const SCOPE = 'creditbus:schematic-scope';

/** The key of `X-Schematic-Api-Key` (or, as on native routes, `Authorization: Bearer`) and its scope, before all else. */
@Injectable()
export class SchematicKeyGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly calls: CompatibleCalls,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const caller = await this.calls.authenticate(secretOf(request), http.getResponse<FastifyReply>());
    const scope = this.reflector.get<Scope>(SCOPE, context.getHandler());
    if (!hasScope(caller, scope)) {
      throw new Problem(403, 'FORBIDDEN', `the API key has not the scope ${scope} that this route needs`);
    }
    request.principal = caller;
    return true;
  }
}

/** The route needs a key with this scope, in Schematic's header. */
export const NeedsSchematicKey = (scope: Scope): MethodDecorator =>
  applyDecorators(SelfAuthenticated(), SetMetadata(SCOPE, scope), UseGuards(SchematicKeyGuard));

function secretOf({ headers }: FastifyRequest): string {
  const own = headers['x-schematic-api-key'];
  if (typeof own === 'string' && own !== '') return own;
  if (headers.authorization !== undefined) return bearerSecret(headers.authorization);
  throw unauthenticated('no API key: send it as X-Schematic-Api-Key');
}
