import type { CallOptions, WriteOptions } from '../http/transport.js';
import type { Paged } from '../paged.js';
import type { Body, Query, Schedule, Written } from '../types.js';
import { RouteGroup } from './route-group.js';

/** Schedules: one-time or recurring sources of grants, and templates of them. */
export class Schedules extends RouteGroup {
  create(accountId: string, body: Body<'createSchedule'>, options?: WriteOptions): Promise<Written> {
    return this.write('createSchedule', { path: { id: accountId }, body }, options);
  }

  update(scheduleId: string, body: Body<'updateSchedule'>, options?: WriteOptions): Promise<Written> {
    return this.write('updateSchedule', { path: { id: scheduleId }, body }, options);
  }

  /** Ends it; credits that it has brought stay. */
  end(scheduleId: string, body: Body<'endSchedule'> = {}, options?: WriteOptions): Promise<Written> {
    return this.write('endSchedule', { path: { id: scheduleId }, body }, options);
  }

  get(scheduleId: string, options?: CallOptions): Promise<Schedule> {
    return this.read('getSchedule', { path: { id: scheduleId } }, options);
  }

  /** Schedules of an account, newest first. */
  list(accountId: string, query?: Query<'listSchedules'>, options?: CallOptions): Paged<Schedule> {
    return this.paged('listSchedules', { path: { id: accountId }, query }, options);
  }

  /** A template (`scope` `plan` or `addon`) acts on no account. */
  createTemplate(body: Body<'createTemplate'>, options?: WriteOptions): Promise<Written> {
    return this.write('createTemplate', { body }, options);
  }

  listTemplates(query?: Query<'listTemplates'>, options?: CallOptions): Paged<Schedule> {
    return this.paged('listTemplates', { query }, options);
  }
}
