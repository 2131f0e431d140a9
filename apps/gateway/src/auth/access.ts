import { createParamDecorator, type CustomDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Scope } from '@app/store';
import type { FastifyRequest } from 'fastify';

import type { Principal } from './principal.js';

/** Metadata key under which a route says who may use it. */
export const ACCESS = 'creditbus:access';
export type Access = readonly Scope[] | 'public' | 'self-authenticated';

/** The route needs an API key with one of these scopes. */
export const NeedsScope = (...scopes: readonly [Scope, ...Scope[]]): CustomDecorator =>
  SetMetadata(ACCESS, scopes satisfies Access);

/** The route is open to everybody: health and metrics. */
export const Public = (): CustomDecorator => SetMetadata(ACCESS, 'public' satisfies Access);

/** The route checks credentials itself, since its system has them in a header or in words of its own (compatible APIs). */
export const SelfAuthenticated = (): CustomDecorator => SetMetadata(ACCESS, 'self-authenticated' satisfies Access);

/** The caller, as a handler's parameter. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!principal) throw new Error('Caller is used on a route without NeedsScope');
  return principal;
});
