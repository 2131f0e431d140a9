import { DEFAULT_TOPICS } from '@app/contracts';
import type { LogProducer, TopicRecords } from '@app/messaging';
import { ReplySender } from './reply-sender.js';
import { decoded, deltaRecord, rawRecord, resultOf } from './testing/records.js';

const asking = (topic: string, id = 'corr-1') => ({ kafka_correlationId: id, kafka_replyTopic: topic });

class FakeProducer implements LogProducer {
  disconnected = false;
  constructor(private readonly onSend: (batch: readonly TopicRecords[]) => Promise<void>) {}
  connect = (): Promise<void> => Promise.resolve();
  send = (batch: readonly TopicRecords[]): Promise<void> => this.onSend(batch);
  disconnect(): Promise<void> {
    this.disconnected = true;
    return Promise.resolve();
  }
}

function senderWith(onSend: (batch: readonly TopicRecords[]) => Promise<void>) {
  const producers: FakeProducer[] = [];
  const missed: number[] = [];
  const make = (): LogProducer => {
    producers.push(new FakeProducer(onSend));
    return producers.at(-1)!;
  };
  return { sender: new ReplySender(make, DEFAULT_TOPICS, (count) => missed.push(count)), producers, missed };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('replies', () => {
  it('send the outcome with the correlation id and the header that completes Nest clients', async () => {
    const sent: TopicRecords[] = [];
    const { sender } = senderWith((batch) => Promise.resolve(void sent.push(...batch)));
    sender.send([resultOf(deltaRecord(0, {}, asking('answers')), 'decided'), resultOf(deltaRecord(1), 'decided')]);
    await settled();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      topic: 'answers',
      records: [{ headers: { kafka_correlationId: Buffer.from('corr-1'), 'kafka_nest-is-disposed': '1' } }],
    });
    expect(JSON.parse(String(sent[0]?.records[0]?.value))).toMatchObject({ commandId: 'c0', status: 'applied' });
  });

  it('mark the first outcome as duplicate for a repeat', async () => {
    const sent: TopicRecords[] = [];
    const { sender } = senderWith((batch) => Promise.resolve(void sent.push(...batch)));
    sender.send([resultOf(deltaRecord(0, {}, asking('answers')), 'duplicate')]);
    await settled();
    expect(JSON.parse(String(sent[0]?.records[0]?.value))).toMatchObject({ duplicate: true });
  });

  it('answer a dead letter with its code', async () => {
    const sent: TopicRecords[] = [];
    const { sender } = senderWith((batch) => Promise.resolve(void sent.push(...batch)));
    const result = { kind: 'dead-letter', reason: 'NOT_JSON', message: 'why' } as const;
    sender.send([{ ...decoded(rawRecord(0, 'x', asking('answers'))), result }]);
    await settled();
    expect(JSON.parse(String(sent[0]?.records[0]?.value))).toEqual({
      status: 'dead-lettered',
      code: 'NOT_JSON',
      message: 'why',
    });
  });

  it('never go to our own topics, except those that end in .reply', async () => {
    const topics: string[] = [];
    const { sender, missed } = senderWith((batch) =>
      Promise.resolve(void topics.push(...batch.map(({ topic }) => topic))),
    );
    sender.send([
      resultOf(deltaRecord(0, {}, asking(DEFAULT_TOPICS.commands)), 'decided'),
      resultOf(deltaRecord(1, {}, asking(DEFAULT_TOPICS.reply)), 'decided'),
    ]);
    await settled();
    expect(topics).toEqual([DEFAULT_TOPICS.reply]);
    expect(missed).toEqual([1]);
  });

  it('to a topic that fails are counted and forgotten, and hold no other topic back', async () => {
    const topics: string[] = [];
    const { sender, missed, producers } = senderWith(([first]) => {
      if (first?.topic === 'gone') return Promise.reject(new Error('unknown topic'));
      topics.push(first?.topic ?? '');
      return Promise.resolve();
    });
    sender.send([
      resultOf(deltaRecord(0, {}, asking('gone')), 'decided'),
      resultOf(deltaRecord(1, {}, asking('gone', 'corr-2')), 'decided'),
      resultOf(deltaRecord(2, {}, asking('answers')), 'decided'),
    ]);
    await settled();
    expect(topics).toEqual(['answers']);
    expect(missed).toEqual([2]);
    expect(producers[0]?.disconnected).toBe(true);
  });
});
