import { Body, Controller, Headers, Module, type OnModuleInit, Put } from '@nestjs/common';

import { SelfAuthenticated } from './auth/access.js';
import { Authenticator } from './auth/authenticator.js';
import { CommandIntake } from './commands/command-intake.js';
import { Commands } from './commands/commands.js';
import { uuidV7 } from './commands/uuid-v7.js';
import { ErrorShapes } from './http/error-shapes.js';
import { jsonObject } from './http/json-body.js';
import { Problem } from './http/problem.js';
import { ADMIN_KEY, GatewayUnderTest } from './testing/gateway-under-test.js';

/** A route of another system: its own header for the key, its schema checked first, its own words for errors. */
@Controller('toy')
@SelfAuthenticated()
class ToyController {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly intake: CommandIntake,
    private readonly commands: Commands,
  ) {}

  @Put('credits')
  async update(@Body() body: Buffer, @Headers('x-toy-key') secret: string | undefined): Promise<object> {
    const { delta } = jsonObject(body);
    if (delta === undefined) throw new Problem(400, 'INVALID_FIELD', 'delta is needed');
    const caller = await this.authenticator.authenticate(secret ?? '');
    const fields = { type: 'credit.delta', accountId: 'toy', delta };
    const submitted = await this.commands.submit(await this.intake.take(caller, fields, { id: uuidV7() }));
    return { ok: submitted.kind };
  }
}

@Module({ controllers: [ToyController] })
class ToyModule implements OnModuleInit {
  constructor(private readonly shapes: ErrorShapes) {}

  onModuleInit(): void {
    this.shapes.register(/^\/toy(\/|$)/, ({ detail }) => ({
      contentType: 'application/json',
      body: { error: detail },
    }));
  }
}

describe('a route group of another system', () => {
  let gateway: GatewayUnderTest;
  beforeAll(async () => {
    gateway = await GatewayUnderTest.start({}, [ToyModule]);
  });
  afterAll(() => gateway.stop());

  const put = (raw: string, secret?: string): ReturnType<GatewayUnderTest['send']> =>
    gateway.send('PUT', '/toy/credits', {
      key: null,
      raw,
      headers: { 'content-type': 'text/anything', ...(secret !== undefined && { 'x-toy-key': secret }) },
    });

  it('parses bodies itself, checks its schema before credentials and takes the key from its own header', async () => {
    expect(await put('{}')).toMatchObject({ status: 400, body: { error: 'delta is needed' } });
    expect(await put('{"delta":1}')).toMatchObject({ status: 401, body: { error: expect.any(String) } });
    expect(await put('{"delta":1}', ADMIN_KEY)).toMatchObject({ status: 200, body: { ok: 'accepted' } });
    expect(gateway.log.commands).toMatchObject([
      { type: 'credit.delta', accountId: 'toy', tenantId: 'acme', delta: 1 },
    ]);
  });

  it('has its own error shape on its paths only, on refusals of the server too', async () => {
    expect((await put('x'.repeat(1024 * 1024 + 1))).body).toEqual({ error: expect.stringContaining('1 MiB') });
    expect((await gateway.send('GET', '/toy/unknown')).body).toEqual({ error: 'there is no such route' });
    expect((await gateway.send('GET', '/toys')).body.code).toBe('NOT_FOUND');
  });
});
