import { createHash } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import type { Metadata } from '@app/domain';
import { EntryReader } from '@app/store';

import type { JsonObject } from '../../http/json-body.js';
import { databaseRead } from '../../reads/database-read.js';
import { refillOf, remainingOf } from './credits.js';
import { identityJson, keyFieldsOf, withKeyFields } from './key-metadata.js';
import { newKey, secretHash } from './key-secret.js';
import { requireForAnyApi, requireForApi } from './permissions.js';
import type { CreateKeyBody, GetKeyBody, UpdateKeyBody } from './requests.js';
import { type UnkeyCall, UnkeyCalls } from './unkey-calls.js';

/** `keys.createKey`, `keys.getKey`, `keys.updateKey`: a key is an account. */
@Injectable()
export class KeyRegistry {
  constructor(
    private readonly calls: UnkeyCalls,
    private readonly entries: EntryReader,
  ) {}

  /** One command: the account with its credits, its refill and what else a key has. */
  async create(call: UnkeyCall, body: CreateKeyBody): Promise<{ readonly keyId: string; readonly key: string }> {
    requireForAnyApi(call.caller, 'create_key');
    requireForApi(call.caller, 'create_key', body.apiId);
    const { apiId, prefix, byteLength, credits, name, externalId, meta, expires, enabled } = body;
    const { keyId, secret, start } = newKey(call, prefix, byteLength);
    const open = {
      type: 'account.open',
      group: apiId,
      externalId: secretHash(secret),
      initial: credits?.remaining ?? null,
      ...(credits?.refill && { refill: credits.refill }),
      metadata: withKeyFields(null, { start, name, externalId, meta, expires, enabled }),
      reason: 'keys.createKey',
    };
    await this.calls.run(call, open, keyId);
    return { keyId, key: secret };
  }

  async get(call: UnkeyCall, { keyId }: GetKeyBody): Promise<JsonObject> {
    requireForAnyApi(call.caller, 'read_key');
    const view = await this.calls.key(call, keyId, 'read_key');
    const { account } = view;
    const { start, name, meta, expires, enabled, externalId } = keyFieldsOf(account.metadata);
    const remaining = remainingOf(view);
    return {
      keyId,
      start,
      enabled: enabled && account.status === 'active',
      name,
      meta,
      createdAt: account.createdAt,
      expires,
      credits: remaining === null ? undefined : { remaining, ...refillOf(view) },
      identity: identityJson(externalId),
    };
  }

  /**
   * Settings are one command, what remains is a second one: both only say how it shall be, so that the request may be
   * sent again when it failed between them.
   */
  async update(call: UnkeyCall, body: UpdateKeyBody): Promise<Record<string, never>> {
    requireForAnyApi(call.caller, 'update_key');
    const { account } = await this.calls.key(call, body.keyId, 'update_key');
    const settings = await this.settings(call, body, account.metadata);
    const { credits } = body;
    const remaining = credits === null ? null : credits?.remaining;
    if (settings) {
      const configure = { type: 'account.configure', ...settings, reason: 'keys.updateKey' };
      await this.calls.run(call, configure, body.keyId);
    }
    if (remaining !== undefined) {
      const set = { type: 'credit.set', value: remaining, reason: 'keys.updateKey' };
      await this.calls.run(call, set, body.keyId, settings && secondId(call.identity.id));
    }
    return {};
  }

  /** Fields of `account.configure`; undefined: none change. */
  private async settings(
    call: UnkeyCall,
    { keyId, name, externalId, meta, expires, enabled, credits }: UpdateKeyBody,
    current: Metadata | null,
  ): Promise<JsonObject | undefined> {
    // Making it unlimited clears the refill already.
    const refill = credits?.remaining === null ? undefined : credits?.refill;
    const changes = { name, externalId, meta, expires, enabled };
    const metadata = Object.values(changes).some((value) => value !== undefined)
      ? withKeyFields(await this.startingFrom(call, keyId, current), changes)
      : undefined;
    if (refill === undefined && metadata === undefined) return undefined;
    return { ...(refill !== undefined && { refill }), ...(metadata !== undefined && { metadata }) };
  }

  /**
   * The metadata that the changes are made to. A repeat starts from what the first request left, whatever came
   * afterwards: only then it is the same command again.
   */
  private async startingFrom(
    { caller, identity }: UnkeyCall,
    keyId: string,
    current: Metadata | null,
  ): Promise<Metadata | null> {
    if (!identity.repeatable) return current;
    const first = await databaseRead(() => this.entries.findByCommandId(caller.tenantId, identity.id));
    return first?.accountId === keyId ? first.metadata : current;
  }
}

/** Id of a request's second command: of a length that any first id allows. */
function secondId(id: string): string {
  return `keys.updateKey:${createHash('sha256').update(id, 'utf8').digest('hex')}`;
}
