import { Body, Controller, Param, Post, Put, Req, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Outcome } from '@app/contracts';
import type { HoldView } from '@app/store';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import { Caller } from '../../auth/access.js';
import type { Principal } from '../../auth/principal.js';
import { Problem } from '../../http/problem.js';
import { ObjectDirectory } from '../../reads/object-directory.js';
import { afterEffect } from '../adapter/after-effect.js';
import { CompatibleCalls } from '../adapter/compatible-calls.js';
import { NeedsSchematicKey } from './access.js';
import { amountJson, type Answer, SchematicAnswers, timeJson } from './answers.js';
import { DescribesSchematic, EXTENSION_BODY, LEASE_BODY } from './documentation.js';
import { isProblem } from './errors.js';
import { amountAbove0, amountFrom0, bodyOf, id, instant, optional } from './fields.js';
import { Leases } from './leases.js';
import { RepeatedCommands } from './repeats.js';

const newLease = z.object({
  company_id: id,
  credit_type_id: id,
  requested_amount: amountAbove0,
  expires_at: optional(instant),
});

const extension = z
  .object({
    additional_amount: amountFrom0,
    expires_at: optional(instant),
    idempotency_key: optional(id),
  })
  .refine((asked) => asked.additional_amount !== '0' || asked.expires_at !== undefined, {
    path: ['additional_amount'],
    message: 'must be above 0 unless expires_at extends the time',
  });

/** Leases are holds. What is used of one is captured natively: `POST /v1/holds/{id}/capture`. */
@ApiTags('schematic')
@Controller('billing/credits/lease')
@UseInterceptors(SchematicAnswers)
export class SchematicLeasesController {
  constructor(
    private readonly calls: CompatibleCalls,
    private readonly commands: RepeatedCommands,
    private readonly leases: Leases,
    private readonly objects: ObjectDirectory,
  ) {}

  @Post()
  @NeedsSchematicKey('credits:write')
  @DescribesSchematic({
    summary: 'Acquire the lease of a company and a credit',
    description:
      'Answers the active one when there is one. It may be granted less than was asked for: see `granted_amount`.',
    body: LEASE_BODY,
    status: 201,
  })
  async schematicAcquireLease(
    @Caller() caller: Principal,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
  ): Promise<Answer> {
    const lease = bodyOf(newLease, body);
    const asked = this.commands.asked(request, lease);
    const holdId = await this.leases.acquire(caller, asked, lease);
    return afterEffect(asked.identity, () => this.answer(caller, holdId));
  }

  @Put(':lease_id/extend')
  @NeedsSchematicKey('credits:write')
  @DescribesSchematic({
    summary: 'Extend a lease',
    description: 'By credits, time or both; never shortens it. It may be granted less than was asked for.',
    path: 'lease_id',
    body: EXTENSION_BODY,
  })
  async schematicExtendLease(
    @Caller() caller: Principal,
    @Param('lease_id') leaseId: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
  ): Promise<Answer> {
    const { additional_amount: amount, expires_at: expiresAt, idempotency_key: key } = bodyOf(extension, body);
    const fields = {
      type: 'hold.extend',
      partial: true,
      ...(amount !== '0' && { amount }),
      expiresAt,
    };
    return this.change(caller, leaseId, fields, request, key);
  }

  @Put(':lease_id/release')
  @NeedsSchematicKey('credits:write')
  @DescribesSchematic({
    summary: 'Release a lease',
    description: 'Gives back what was not captured.',
    path: 'lease_id',
    writes: true,
  })
  schematicReleaseLease(
    @Caller() caller: Principal,
    @Param('lease_id') leaseId: string,
    @Req() request: FastifyRequest,
  ): Promise<Answer> {
    return this.change(caller, leaseId, { type: 'hold.release' }, request);
  }

  private async change(
    caller: Principal,
    holdId: string,
    fields: { readonly type: string },
    request: FastifyRequest,
    keyInBody?: string,
  ): Promise<Answer> {
    const { accountId, creditType } = (await this.objects.hold(caller, holdId)).hold;
    const identity = this.calls.identify(request, keyInBody);
    await this.calls.run(caller, fields, { accountId, creditType, holdId }, identity).catch((error: unknown) => {
      throw isProblem(error, 'HOLD_NOT_OPEN') ? alreadyEnded(error) : error;
    });
    return afterEffect(identity, () => this.answer(caller, holdId));
  }

  private async answer(caller: Principal, holdId: string): Promise<Answer> {
    return { data: leaseJson(await this.objects.hold(caller, holdId)), params: {} };
  }
}

const ENDED: Readonly<Record<string, string>> = {
  captured: 'credit lease has already been captured',
  expired: 'credit lease has expired',
  released: 'credit lease has already been released',
};

function alreadyEnded({ status, code, detail, extras }: Problem): Problem {
  const { details } = (extras.outcome ?? {}) as Partial<Outcome>;
  return new Problem(status, code, ENDED[details?.status ?? ''] ?? detail, extras);
}

function leaseJson({ hold, scale }: HoldView): object {
  return {
    id: hold.holdId,
    company_id: hold.accountId,
    credit_type_id: hold.creditType,
    granted_amount: amountJson(hold.amount, scale),
    tracked_amount: amountJson(hold.captured, scale),
    expires_at: timeJson(hold.expiresAt),
    released_at: hold.status === 'open' ? null : timeJson(hold.updatedAt),
    created_at: timeJson(hold.createdAt),
    updated_at: timeJson(hold.updatedAt),
  };
}
