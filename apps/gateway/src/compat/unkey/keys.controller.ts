import { Body, Controller, Header, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';

import { SelfAuthenticated } from '../../auth/access.js';
import { exactJson } from '../adapter/exact-json.js';
import { DescribesUnkey } from './documentation.js';
import { KeyCredits } from './key-credits.js';
import { KeyRegistry } from './key-registry.js';
import { KeyVerification } from './key-verification.js';
import { bodyBy } from './request-body.js';
import { createKeyBody, getKeyBody, updateCreditsBody, updateKeyBody, verifyKeyBody } from './requests.js';
import { type UnkeyCall, UnkeyCalls } from './unkey-calls.js';

/** Unkey's operations on keys. The root key is checked first, then the schema, then what the key may do. */
@ApiTags('unkey')
@Controller('v2')
@SelfAuthenticated()
export class UnkeyKeysController {
  constructor(
    private readonly calls: UnkeyCalls,
    private readonly credits: KeyCredits,
    private readonly registry: KeyRegistry,
    private readonly verification: KeyVerification,
  ) {}

  @Post('keys.updateCredits')
  @HttpCode(200)
  @Header('content-type', 'application/json')
  @DescribesUnkey('updateCredits')
  unkeyUpdateCredits(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.answer(updateCreditsBody, body, request, reply, (call, given) => this.credits.update(call, given));
  }

  @Post('keys.getKey')
  @HttpCode(200)
  @Header('content-type', 'application/json')
  @DescribesUnkey('getKey')
  unkeyGetKey(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.answer(getKeyBody, body, request, reply, (call, given) => this.registry.get(call, given));
  }

  @Post('keys.createKey')
  @HttpCode(200)
  @Header('content-type', 'application/json')
  @DescribesUnkey('createKey')
  unkeyCreateKey(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.answer(createKeyBody, body, request, reply, (call, given) => this.registry.create(call, given));
  }

  @Post('keys.updateKey')
  @HttpCode(200)
  @Header('content-type', 'application/json')
  @DescribesUnkey('updateKey')
  unkeyUpdateKey(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.answer(updateKeyBody, body, request, reply, (call, given) => this.registry.update(call, given));
  }

  @Post('keys.verifyKey')
  @HttpCode(200)
  @Header('content-type', 'application/json')
  @DescribesUnkey('verifyKey')
  unkeyVerifyKey(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.answer(verifyKeyBody, body, request, reply, (call, given) => this.verification.verify(call, given));
  }

  /** JSON with exact numbers. */
  private async answer<Schema extends z.ZodType>(
    schema: Schema,
    body: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
    handle: (call: UnkeyCall, given: z.output<Schema>) => Promise<object>,
  ): Promise<string> {
    const call = await this.calls.begin(request, reply);
    const data = await handle(call, bodyBy(schema, request.routeOptions.url ?? request.url, body));
    return exactJson({ meta: { requestId: request.id }, data });
  }
}
