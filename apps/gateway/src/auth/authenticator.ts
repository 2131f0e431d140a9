import { createHash, timingSafeEqual } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import { ApiKeyStore, type ApiKey } from '@app/store';

import { GATEWAY_OPTIONS, type GatewayOptions } from '../gateway-options.js';
import { Problem, unavailable } from '../http/problem.js';
import { KeyUses } from './key-uses.js';
import type { Principal } from './principal.js';

/** Verified keys remembered at most; the longest remembered goes first. */
const KEY_CACHE_ENTRIES_MAX = 10_000;

const SECRET_CHARS_MAX = 512;

interface Verified {
  readonly apiKey: ApiKey;
  readonly principal: Principal;
  readonly untilMs: number;
}

/**
 * Tells who an API key's secret belongs to. Used by the guard of the native routes and by compatible route groups
 * that take the secret from their own header, after their own checks.
 *
 * A verified key is remembered for `keyCacheMs` (at most 5 s): a revoked one stops working within that time, and
 * with Postgres away a verified one still publishes for that long.
 */
@Injectable()
export class Authenticator {
  /** By hexadecimal hash, oldest first. Only keys that were found; unknown secrets are looked up every time. */
  private readonly verified = new Map<string, Verified>();
  private readonly underWay = new Map<string, Promise<Verified | undefined>>();

  constructor(
    private readonly keys: ApiKeyStore,
    private readonly uses: KeyUses,
    @Inject(GATEWAY_OPTIONS) private readonly options: GatewayOptions,
  ) {}

  /** @throws Problem 401 for a secret that is unknown, revoked or expired; 503 when that can't be told now. */
  async authenticate(secret: string): Promise<Principal> {
    if (secret.length === 0 || secret.length > SECRET_CHARS_MAX) throw unauthenticated('the API key is not valid');
    const hash = createHash('sha256').update(secret, 'utf8').digest();
    const found = this.remembered(hash) ?? (await this.lookUp(hash));
    if (!found || !timingSafeEqual(found.apiKey.hash, hash) || found.apiKey.revokedAt !== null) {
      throw unauthenticated('the API key is not valid');
    }
    if (found.apiKey.expiresAt !== null && found.apiKey.expiresAt <= Date.now()) {
      throw unauthenticated('the API key has expired');
    }
    this.uses.note(found.apiKey.hash);
    return found.principal;
  }

  private remembered(hash: Buffer): Verified | undefined {
    const verified = this.verified.get(hash.toString('hex'));
    return verified && verified.untilMs > Date.now() ? verified : undefined;
  }

  /** One look-up per secret at a time, however many requests wait for it. */
  private async lookUp(hash: Buffer): Promise<Verified | undefined> {
    const id = hash.toString('hex');
    let lookUp = this.underWay.get(id);
    if (!lookUp) {
      lookUp = this.read(id, hash).finally(() => this.underWay.delete(id));
      this.underWay.set(id, lookUp);
    }
    try {
      return await lookUp;
    } catch (error) {
      throw unavailable('API keys cannot be checked right now; try again', error);
    }
  }

  private async read(id: string, hash: Buffer): Promise<Verified | undefined> {
    // Counted from before the read: a revocation may commit while the answer is on its way.
    const untilMs = Date.now() + this.options.keyCacheMs;
    const apiKey = await this.keys.findByHash(hash);
    this.verified.delete(id);
    if (!apiKey) return undefined;
    const verified = { apiKey, principal: principalOf(apiKey), untilMs };
    this.verified.set(id, verified);
    for (const oldest of this.verified.keys()) {
      if (this.verified.size <= KEY_CACHE_ENTRIES_MAX) break;
      this.verified.delete(oldest);
    }
    return verified;
  }
}

function principalOf(apiKey: ApiKey): Principal {
  return {
    keyId: apiKey.hash.toString('hex', 0, 8),
    tenantId: apiKey.tenantId,
    keyName: apiKey.name,
    scopes: apiKey.scopes,
    accountPrefix: apiKey.accountPrefix,
    group: apiKey.group,
  };
}

/** 401 in the form of RFC 6750. */
export function unauthenticated(detail: string): Problem {
  return new Problem(401, 'UNAUTHENTICATED', detail, { headers: { 'WWW-Authenticate': 'Bearer realm="creditbus"' } });
}
