import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Problem } from '../http/problem.js';
import { ACCESS, type Access } from './access.js';
import { Authenticator, unauthenticated } from './authenticator.js';
import { KeyRateLimit } from './key-rate-limit.js';
import { hasScope } from './principal.js';

/**
 * Bearer authentication, rate limit and scope of every route. Deny by default: a route that declares nothing needs
 * `admin`.
 */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    private readonly rateLimit: KeyRateLimit,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access === 'public' || access === 'self-authenticated') return true;
    const scopes = access ?? ['admin'];

    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const principal = await this.authenticator.authenticate(bearerSecret(request.headers.authorization));
    request.principal = principal;
    await this.rateLimit.consume(principal, context.switchToHttp().getResponse<FastifyReply>());
    if (!scopes.some((scope) => hasScope(principal, scope))) {
      throw new Problem(403, 'FORBIDDEN', `the API key has not the scope ${scopes.join(' or ')} that this route needs`);
    }
    return true;
  }
}

/** The secret of `Authorization: Bearer <secret>`. @throws Problem 401 */
export function bearerSecret(authorization: string | undefined): string {
  if (authorization === undefined) throw unauthenticated('no API key: send Authorization: Bearer <key>');
  const secret = /^Bearer +([A-Za-z0-9._~+/=-]+) *$/i.exec(authorization)?.[1];
  if (secret === undefined) throw unauthenticated('Authorization is not of the form Bearer <key>');
  return secret;
}
