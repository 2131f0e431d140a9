import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

import { GATEWAY_OPTIONS, type GatewayOptions } from '../gateway-options.js';
import { Problem } from '../http/problem.js';
import type { Principal } from './principal.js';

/** Requests per API key and time, counted in this process. Off unless configured. */
@Injectable()
export class KeyRateLimit {
  private readonly limiter: RateLimiterMemory | undefined;

  constructor(@Inject(GATEWAY_OPTIONS) { rateLimit }: GatewayOptions) {
    this.limiter = rateLimit && new RateLimiterMemory({ points: rateLimit.requests, duration: rateLimit.perSeconds });
  }

  /**
   * Counts one request and writes the `RateLimit-*` headers.
   * @throws Problem 429 with `Retry-After` when the key has used up its requests.
   */
  async consume(principal: Principal, reply: Pick<FastifyReply, 'header'>): Promise<void> {
    if (!this.limiter) return;
    const result = await this.limiter.consume(principal.keyId).catch((refused: unknown) => {
      if (refused instanceof RateLimiterRes) return refused;
      throw refused;
    });
    const resetSeconds = Math.ceil(result.msBeforeNext / 1000);
    const allowed = this.limiter.points;
    void reply.header('RateLimit-Limit', allowed);
    void reply.header('RateLimit-Remaining', Math.max(0, result.remainingPoints));
    void reply.header('RateLimit-Reset', resetSeconds);
    if (result.consumedPoints > allowed) {
      const detail = `the API key may send ${allowed} requests per ${this.limiter.duration} s; retry in ${resetSeconds} s`;
      throw new Problem(429, 'RATE_LIMITED', detail, { headers: { 'Retry-After': String(Math.max(1, resetSeconds)) } });
    }
  }
}
