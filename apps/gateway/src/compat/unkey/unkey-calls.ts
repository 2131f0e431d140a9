import { Injectable } from '@nestjs/common';
import { DEFAULT_CREDIT_TYPE, type Outcome } from '@app/contracts';
import { AccountReader, type AccountView } from '@app/store';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { bearerSecret } from '../../auth/auth.guard.js';
import type { Principal } from '../../auth/principal.js';
import type { JsonObject } from '../../http/json-body.js';
import { Problem } from '../../http/problem.js';
import { databaseRead } from '../../reads/database-read.js';
import { type CommandIdentity, CompatibleCalls } from '../adapter/compatible-calls.js';
import { badRequest, keyNotFound, withUnkeyStatus } from './errors.js';
import { type Permission, requireForKey } from './permissions.js';
import { secretHash } from './key-secret.js';

/** A request whose root key is valid. */
export interface UnkeyCall {
  readonly caller: Principal;
  /** The root key's secret. Never logged, never stored. */
  readonly rootKey: string;
  readonly identity: CommandIdentity;
}

/** What all operations on keys need: who calls, which account a key is, and commands about it. */
@Injectable()
export class UnkeyCalls {
  constructor(
    private readonly calls: CompatibleCalls,
    private readonly accounts: AccountReader,
  ) {}

  /** @throws Problem 400 for no or a malformed Authorization, 401 for an unknown root key, 429 */
  async begin(request: FastifyRequest, reply: FastifyReply): Promise<UnkeyCall> {
    const rootKey = rootKeyOf(request.headers.authorization);
    const caller = await this.calls.authenticate(rootKey, reply);
    request.principal = caller;
    return { caller, rootKey, identity: this.calls.identify(request) };
  }

  /** The account of a key. @throws Problem 404 when the tenant has none, 403 when the root key is limited to others */
  async key({ caller }: UnkeyCall, keyId: string, permission: Permission): Promise<AccountView> {
    const address = { accountId: keyId, creditType: DEFAULT_CREDIT_TYPE };
    const view = await databaseRead(() => this.accounts.find(caller.tenantId, address));
    if (!view) throw keyNotFound();
    requireForKey(caller, permission, view.account);
    return view;
  }

  /** The account of the key with this secret, or null. */
  keyBySecret({ caller }: UnkeyCall, secret: string): Promise<AccountView | null> {
    const address = { externalId: secretHash(secret), creditType: DEFAULT_CREDIT_TYPE };
    return databaseRead(() => this.accounts.find(caller.tenantId, address));
  }

  /**
   * A command about the account of a key, applied.
   * @param id of the command, when it is not the request's only one
   * @throws Problem for a rejection, with the status that Unkey would give it
   */
  async run(call: UnkeyCall, fields: JsonObject, keyId: string, id = call.identity.id): Promise<Outcome> {
    const given = { accountId: keyId, creditType: DEFAULT_CREDIT_TYPE };
    try {
      return await this.calls.run(call.caller, fields, given, { ...call.identity, id });
    } catch (error) {
      throw withUnkeyStatus(error);
    }
  }
}

function rootKeyOf(authorization: string | undefined): string {
  try {
    return bearerSecret(authorization);
  } catch (error) {
    if (error instanceof Problem) throw badRequest(error.detail);
    throw error;
  }
}
