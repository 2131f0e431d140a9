import { randomUUID } from 'node:crypto';
import { eventually, uniqueName } from '@app/testing';
import { type ClientKafka, ClientsModule, Transport } from '@nestjs/microservices';
import { Test, type TestingModule } from '@nestjs/testing';
import { firstValueFrom, timeout } from 'rxjs';
import { Deployment } from '../deployment/deployment.js';

interface Answer {
  readonly status: string;
  readonly code: string;
  readonly commandId?: string;
  readonly duplicate?: boolean;
  readonly after?: { readonly balance: string };
}

describe('an unchanged Nest service', () => {
  let deployment: Deployment;
  let service: TestingModule;
  let client: ClientKafka;

  beforeAll(async () => {
    deployment = await Deployment.start();
    await deployment.startWorker();
    service = await Test.createTestingModule({
      imports: [
        ClientsModule.register([
          {
            name: 'CREDITS',
            transport: Transport.KAFKA,
            options: {
              client: { clientId: 'billing', brokers: deployment.brokers.split(',') },
              consumer: { groupId: uniqueName('billing') },
            },
          },
        ]),
      ],
    }).compile();
    client = service.get<ClientKafka>('CREDITS');
    client.subscribeToResponseOf(deployment.topics.commands);
    await client.connect();
  });
  afterAll(async () => {
    await client.close();
    await service.close();
    await deployment.stop();
  });

  const send = (command: object): Promise<Answer> =>
    firstValueFrom(client.send<Answer>(deployment.topics.commands, command).pipe(timeout(20_000)));

  it('gets outcomes from ClientKafka.send: applied, repeated, rejected and dead-lettered', async () => {
    const open = { type: 'account.open', id: randomUUID(), tenantId: 'acme', accountId: 'nest', initial: '5' };
    const delta = { type: 'credit.delta', id: randomUUID(), tenantId: 'acme', accountId: 'nest', delta: '-2' };
    expect(await send(open)).toMatchObject({ status: 'applied', code: 'APPLIED', commandId: open.id });
    expect(await send(delta)).toMatchObject({ status: 'applied', after: { balance: '3' } });
    expect(await send(delta)).toMatchObject({ status: 'applied', after: { balance: '3' }, duplicate: true });
    expect(await send({ ...delta, delta: '-3' })).toMatchObject({ status: 'rejected', code: 'COMMAND_CONFLICT' });
    expect(await send({ ...delta, id: randomUUID(), delta: '-9' })).toMatchObject({
      status: 'rejected',
      code: 'INSUFFICIENT_CREDITS',
    });
    expect(await send({ ...delta, id: randomUUID(), delta: 'x' })).toMatchObject({
      status: 'dead-lettered',
      code: 'INVALID_FIELD',
    });
  });

  it('has its commands applied by ClientKafka.emit', async () => {
    const id = randomUUID();
    await firstValueFrom(
      client.emit(deployment.topics.commands, {
        type: 'account.open',
        id,
        tenantId: 'acme',
        accountId: 'emitted',
        initial: 3,
      }),
    );
    await eventually(async () => expect((await deployment.balances()).get('emitted')).toBe('3'));
  });

  it('waits no longer because somebody else asked for a reply on a topic that does not exist', async () => {
    const reply = { kafka_correlationId: 'c', kafka_replyTopic: uniqueName('missing') };
    await deployment.publish([{ type: 'credit.delta', accountId: 'nest', delta: '1' }], reply);
    const startedAt = Date.now();
    await send({ type: 'credit.delta', id: randomUUID(), tenantId: 'acme', accountId: 'nest', delta: '1' });
    expect(Date.now() - startedAt).toBeLessThan(5_000);
  });
});
