import { Body, Controller, Header, Param, Put, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

import { Caller, NeedsScope } from '../../auth/access.js';
import type { Principal } from '../../auth/principal.js';
import { jsonObject } from '../../http/json-body.js';
import { Problem } from '../../http/problem.js';
import { CompatibleCalls } from '../adapter/compatible-calls.js';
import { exactDecimal, isJsonNumber } from '../adapter/exact-number.js';
import { DescribesCreditUpdate } from './documentation.js';
import { INVALID_BODY, withKlaimStatus } from './errors.js';
import { KlaimUsers } from './users.js';

/** `PUT /users/{user_id}/credits`: a `credit.delta`, although it is a PUT. */
@ApiTags('klaim')
@Controller('users')
@NeedsScope('credits:write')
export class KlaimCreditsController {
  constructor(
    private readonly calls: CompatibleCalls,
    private readonly users: KlaimUsers,
  ) {}

  @Put(':user_id/credits')
  @Header('content-type', 'application/json')
  @DescribesCreditUpdate()
  async klaimUpdateCredits(
    @Caller() caller: Principal,
    @Param('user_id') userId: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
  ): Promise<string> {
    try {
      const fields = { type: 'credit.delta', ...creditUpdateOf(body) };
      const identity = this.calls.identify(request);
      const { accountId, creditType } = await this.users.find(caller, userId);
      const { after } = await this.calls.run(caller, fields, { accountId, creditType }, identity);
      return updatedAnswer(after?.balance ?? null);
    } catch (error) {
      throw withKlaimStatus(error);
    }
  }
}

/** The fields of a command in a request's body; other fields than these two mean nothing. @throws Problem 400 */
function creditUpdateOf(body: unknown): { readonly delta: string; readonly description?: unknown } {
  const { credit_delta: given, description } = jsonObject(body instanceof Uint8Array ? body : new Uint8Array());
  if (!isJsonNumber(given)) throw new Problem(400, 'NOT_JSON', INVALID_BODY);
  const delta = exactDecimal(given);
  if (delta === undefined) {
    throw new Problem(400, 'INVALID_FIELD', 'credit_delta has more digits than an amount may have');
  }
  return description === undefined || description === null ? { delta } : { delta, description };
}

/** JSON by hand, so that the balance is a number with all its digits. */
function updatedAnswer(balance: string | null): string {
  return `{"message":"resource updated successfully","credit_balance":${balance}}`;
}
