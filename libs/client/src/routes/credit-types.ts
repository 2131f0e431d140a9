import type { CallOptions, WriteOptions } from '../http/transport.js';
import type { Paged } from '../paged.js';
import type { Body, CreditType, Query, Written } from '../types.js';
import { RouteGroup } from './route-group.js';

/** The catalogue of what accounts may hold. */
export class CreditTypes extends RouteGroup {
  /** Makes or changes a credit type; its scale is fixed for ever. */
  put(creditTypeId: string, body: Body<'putCreditType'>, options?: WriteOptions): Promise<Written> {
    return this.write('putCreditType', { path: { id: creditTypeId }, body }, options);
  }

  /** Hides it; a later `put` restores it. */
  delete(creditTypeId: string, body: Body<'deleteCreditType'> = {}, options?: WriteOptions): Promise<Written> {
    return this.write('deleteCreditType', { path: { id: creditTypeId }, body }, options);
  }

  get(creditTypeId: string, options?: CallOptions): Promise<CreditType> {
    return this.read('getCreditType', { path: { id: creditTypeId } }, options);
  }

  list(query?: Query<'listCreditTypes'>, options?: CallOptions): Paged<CreditType> {
    return this.paged('listCreditTypes', { query }, options);
  }
}
