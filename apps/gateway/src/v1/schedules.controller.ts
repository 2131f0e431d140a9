import { Controller, Delete, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Outcome, ShownSchedule } from '@app/contracts';
import { SCHEDULE_SCOPES } from '@app/domain';
import { ScheduleReader } from '@app/store';
import type { FastifyReply } from 'fastify';

import { Caller, NeedsScope } from '../auth/access.js';
import type { Principal } from '../auth/principal.js';
import { DescribesCommand, DescribesRead, PAGING } from '../documentation/operations.js';
import type { JsonObject } from '../http/json-body.js';
import { invalidField } from '../http/problem.js';
import { chosenCreditType } from '../reads/account-address.js';
import { databaseRead } from '../reads/database-read.js';
import { type ListJson, listJson } from '../reads/list-json.js';
import { ObjectDirectory } from '../reads/object-directory.js';
import { scheduleJson } from '../reads/schedule-json.js';
import { CommandPublisher } from './command-publisher.js';
import { CommandOf, type CommandRequest } from './command-request.js';
import { CreateScheduleBodyDto, EndScheduleBodyDto, UpdateScheduleBodyDto } from './dto/index.js';
import { choiceOf, creditTypeQuery, limitOf, queryOf } from './query.js';
import type { Accepted } from './write-answer.js';

const TEMPLATE_SCOPES = SCHEDULE_SCOPES.filter((scope) => scope !== 'account');

/** Templates, and schedules by their ids. Those of an account are made, and listed, below it. */
@ApiTags('schedules')
@Controller('v1/schedules')
export class SchedulesController {
  constructor(
    private readonly objects: ObjectDirectory,
    private readonly schedules: ScheduleReader,
    private readonly publisher: CommandPublisher,
  ) {}

  @Post()
  @DescribesCommand({
    summary: 'Make a template of schedules',
    description: 'Of scope `plan` or `addon`; it has no account and no effect. Needs the scope `catalog:write`.',
    bodies: { 'schedule.create': CreateScheduleBodyDto },
    path: 'catalogue',
  })
  @NeedsScope('catalog:write')
  createTemplate(
    @Caller() caller: Principal,
    @CommandOf() request: CommandRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    const creditType = chosenCreditType(creditTypeQuery(query), request.body.creditType);
    checkTemplate(request.body);
    return this.publisher.publish(caller, request, { type: 'schedule.create', creditType }, reply);
  }

  @Get()
  @DescribesRead({
    summary: 'List templates of schedules',
    description: 'Every status, newest first.',
    answers: ['ScheduleList'],
    query: { scope: '`plan` or `addon`; absent: both.', ...PAGING },
  })
  @NeedsScope('credits:read')
  async listTemplates(@Caller() caller: Principal, @Query() query: unknown): Promise<ListJson<ShownSchedule>> {
    const { scope, limit, cursor } = queryOf(query, ['scope', 'limit', 'cursor']);
    const filters = { scope: choiceOf('scope', scope, TEMPLATE_SCOPES), limit: limitOf(limit), cursor };
    return listJson(await databaseRead(() => this.schedules.templates(caller.tenantId, filters)), scheduleJson);
  }

  @Get(':id')
  @DescribesRead({ summary: 'Read a schedule or template', answers: ['Schedule'], path: 'schedule' })
  @NeedsScope('credits:read')
  async getSchedule(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Query() query: unknown,
  ): Promise<ShownSchedule> {
    queryOf(query, []);
    return scheduleJson(await this.objects.schedule(caller, id));
  }

  @Patch(':id')
  @DescribesCommand({
    summary: 'Change name, end or metadata of a schedule',
    description: 'Absent keeps, null clears, a value replaces. A template needs the scope `catalog:write`.',
    bodies: { 'schedule.update': UpdateScheduleBodyDto },
    path: 'schedule',
  })
  @NeedsScope('credits:write', 'catalog:write')
  updateSchedule(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @CommandOf() request: CommandRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    const target = { type: 'schedule.update', named: 'schedule', id, query } as const;
    return this.publisher.publishAbout(caller, request, target, reply);
  }

  @Delete(':id')
  @DescribesCommand({
    summary: 'End a schedule',
    description:
      'Cancels the periods at or after `end` (absent: now); what was granted stays. A template needs the scope ' +
      '`catalog:write`.',
    bodies: { 'schedule.end': EndScheduleBodyDto },
    path: 'schedule',
    optionalBody: true,
  })
  @NeedsScope('credits:write', 'catalog:write')
  endSchedule(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @CommandOf({ optionalBody: true }) request: CommandRequest,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    return this.publisher.publishAbout(caller, request, { type: 'schedule.end', named: 'schedule', id, query }, reply);
  }
}

/** @throws Problem 400 for the schedule of an account, which is made below it. */
function checkTemplate({ scope, accountId }: JsonObject): void {
  if (accountId !== undefined) {
    throw invalidField('/accountId', 'a template has no account; POST /v1/accounts/{id}/schedules makes what has one');
  }
  if (!TEMPLATE_SCOPES.some((known) => known === scope)) {
    throw invalidField('/scope', `scope must be one of ${TEMPLATE_SCOPES.join(', ')} here`);
  }
}
