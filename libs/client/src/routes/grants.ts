import type { CallOptions, WriteOptions } from '../http/transport.js';
import type { Paged } from '../paged.js';
import type { Body, Grant, GrantDetail, Query, Written } from '../types.js';
import { RouteGroup } from './route-group.js';

/** Grants: lots of credits with their own order and life time. */
export class Grants extends RouteGroup {
  create(accountId: string, body: Body<'createGrant'>, options?: WriteOptions): Promise<Written> {
    return this.write('createGrant', { path: { id: accountId }, body }, options);
  }

  /** Changes name, metadata, priority or expiry; an amount never changes. */
  update(grantId: string, body: Body<'updateGrant'>, options?: WriteOptions): Promise<Written> {
    return this.write('updateGrant', { path: { id: grantId }, body }, options);
  }

  /** Drops what remains of it. */
  void(grantId: string, body: Body<'voidGrant'> = {}, options?: WriteOptions): Promise<Written> {
    return this.write('voidGrant', { path: { id: grantId }, body }, options);
  }

  /** The grant and a page of the entries that moved its credits. */
  get(grantId: string, query?: Query<'getGrant'>, options?: CallOptions): Promise<GrantDetail> {
    return this.read('getGrant', { path: { id: grantId }, query }, options);
  }

  /** Grants of an account, newest first. */
  list(accountId: string, query?: Query<'listGrants'>, options?: CallOptions): Paged<Grant> {
    return this.paged('listGrants', { path: { id: accountId }, query }, options);
  }
}
