import { ClientKafka } from '@nestjs/microservices';
import { firstValueFrom, toArray } from 'rxjs';
import { decodeCommand } from './decode.js';
import { APPLIED_ENTRY, REJECTED_ENTRY } from './examples.js';
import type { EncodedRecord, RecordHeaders } from './headers.js';
import { outcomeOf } from './outcome.js';
import { deadLetterReply, outcomeReply } from './reply.js';
import type { ReplyAddress } from './reply-address.js';

const to: ReplyAddress = { topic: 'credits.commands.v1.reply', correlationId: Buffer.from([1, 0, 0xff]), partition: 2 };

/** What kafkajs would be asked to send. */
interface SentByNest {
  readonly messages: readonly { readonly value: string | null; readonly headers: RecordHeaders }[];
}

/** Nest's own client with Kafka cut off at both ends. */
class DetachedClient extends ClientKafka {
  readonly sent: SentByNest[] = [];

  constructor() {
    super({ client: { brokers: [] } });
    this.consumerAssignments = { 'credits.commands.v1.reply': 2 };
    const send = (record: SentByNest): Promise<void> => {
      this.sent.push(record);
      return Promise.resolve();
    };
    this._producer = { send } as unknown as typeof this._producer;
  }

  override connect(): Promise<never> {
    return Promise.resolve(this._producer as never);
  }

  /** Hands a reply to the client as its consumer would. */
  async receive(reply: EncodedRecord): Promise<void> {
    const headers = Object.entries(reply.headers ?? {}).map(([name, value]) => [name, Buffer.from(value as Buffer)]);
    const message = {
      key: null,
      value: Buffer.from(String(reply.value)),
      headers: Object.fromEntries(headers) as object,
    };
    await this.createResponseCallback()({ topic: to.topic, partition: 2, message } as never);
  }
}

/** Sends a command with the client, answers it, and returns all that the caller gets. */
async function exchange(command: object, answer: (address: ReplyAddress) => EncodedRecord): Promise<unknown[]> {
  const client = new DetachedClient();
  const answers = firstValueFrom(client.send<unknown>('credits.commands.v1', command).pipe(toArray()));
  while (client.sent.length === 0) await new Promise(setImmediate);
  const message = client.sent[0]?.messages[0];
  const value = message?.value === null || message === undefined ? null : Buffer.from(message.value);
  const decoded = decodeCommand({ key: null, value, headers: message?.headers ?? {} });
  if (decoded.reply === undefined) throw new Error('the client asked for no reply');
  await client.receive(answer(decoded.reply));
  return answers;
}

describe('a reply', () => {
  test('goes to the partition asked for with the same correlation id', () => {
    expect(outcomeReply(to, APPLIED_ENTRY, { duplicate: true })).toEqual({
      key: null,
      value: JSON.stringify(outcomeOf(APPLIED_ENTRY, { duplicate: true })),
      headers: { kafka_correlationId: to.correlationId, 'kafka_nest-is-disposed': '1' },
      partition: 2,
    });
    expect(outcomeReply({ ...to, partition: undefined }, APPLIED_ENTRY)).not.toHaveProperty('partition');
  });

  test('to a rejected command is its outcome, not an error', () => {
    const reply = outcomeReply(to, REJECTED_ENTRY);
    expect(reply.headers).not.toHaveProperty('kafka_nest-err');
    expect(JSON.parse(String(reply.value))).toMatchObject({ status: 'rejected', code: 'INSUFFICIENT_CREDITS' });
  });

  test('to a dead letter says why', () => {
    const { value } = deadLetterReply(to, { code: 'INVALID_FIELD', message: 'm', commandId: 'c1' });
    expect(JSON.parse(String(value))).toEqual({
      status: 'dead-lettered',
      code: 'INVALID_FIELD',
      message: 'm',
      commandId: 'c1',
    });
    expect(JSON.parse(String(deadLetterReply(to, { code: 'NOT_JSON', message: 'm' }).value))).not.toHaveProperty(
      'commandId',
    );
  });
});

describe("an unchanged Nest service's ClientKafka.send", () => {
  const delta = { type: 'credit.delta', id: 'c1', tenantId: 'acme', accountId: 'key_1', delta: '-3' };

  test('gets exactly one outcome and completes', async () => {
    expect(await exchange(delta, (address) => outcomeReply(address, APPLIED_ENTRY))).toEqual([
      outcomeOf(APPLIED_ENTRY),
    ]);
  });

  test('gets rejections and dead letters as values', async () => {
    const rejected = await exchange(delta, (address) => outcomeReply(address, REJECTED_ENTRY));
    expect(rejected).toEqual([outcomeOf(REJECTED_ENTRY)]);
    const letter = { code: 'INVALID_FIELD', message: 'm' } as const;
    const answers = await exchange(delta, (address) => deadLetterReply(address, letter));
    expect(answers).toEqual([{ status: 'dead-lettered', ...letter }]);
  });

  test('takes a field `value` for the message, so credit.set must be wrapped; unwrapped it is told so', async () => {
    const set = { type: 'credit.set', id: 's1', tenantId: 'acme', accountId: 'key_1', value: '5' };
    const client = new DetachedClient();
    client.send('credits.commands.v1', { key: 'acme:key_1', value: set }).subscribe();
    client.send('credits.commands.v1', { ...set }).subscribe();
    while (client.sent.length < 2) await new Promise(setImmediate);
    const [wrapped, unwrapped] = client.sent.map(({ messages: [message] }) =>
      decodeCommand({ key: null, value: Buffer.from(message?.value ?? ''), headers: {} }),
    );
    expect(wrapped).toMatchObject({ ok: true, command: set });
    expect(unwrapped).toMatchObject({
      code: 'NOT_JSON',
      message: expect.stringContaining('{ value: command }') as string,
    });
  });
});
