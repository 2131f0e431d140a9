import type { CallOptions, WriteOptions } from '../http/transport.js';
import type { Paged } from '../paged.js';
import type { Body, Hold, Query, Written } from '../types.js';
import { RouteGroup } from './route-group.js';

/** Holds: credits set aside until they are captured or released. */
export class Holds extends RouteGroup {
  create(accountId: string, body: Body<'createHold'>, options?: WriteOptions): Promise<Written> {
    return this.write('createHold', { path: { id: accountId }, body }, options);
  }

  /** Uses what was set aside, at once or bit by bit. */
  capture(holdId: string, body: Body<'captureHold'>, options?: WriteOptions): Promise<Written> {
    return this.write('captureHold', { path: { id: holdId }, body }, options);
  }

  /** Sets more aside, or for longer. */
  extend(holdId: string, body: Body<'extendHold'>, options?: WriteOptions): Promise<Written> {
    return this.write('extendHold', { path: { id: holdId }, body }, options);
  }

  /** Gives back what was not captured. */
  release(holdId: string, body: Body<'releaseHold'> = {}, options?: WriteOptions): Promise<Written> {
    return this.write('releaseHold', { path: { id: holdId }, body }, options);
  }

  get(holdId: string, options?: CallOptions): Promise<Hold> {
    return this.read('getHold', { path: { id: holdId } }, options);
  }

  /** Holds of an account, newest first. */
  list(accountId: string, query?: Query<'listHolds'>, options?: CallOptions): Paged<Hold> {
    return this.paged('listHolds', { path: { id: accountId }, query }, options);
  }
}
