import { DEFAULT_TOPICS, type EncodedRecord, type ParsedEvent, parseEvent } from '@app/contracts';
import type { LogProducer, TopicRecords } from '@app/messaging';
import { OutcomePublisher } from './outcome-publisher.js';
import { catalogResultOf, decoded, deltaRecord, rawRecord, resultOf } from './testing/records.js';

/** As a consumer of the topic reads it. */
function received({ value, headers = {} }: EncodedRecord): ParsedEvent {
  return parseEvent({ key: null, value: Buffer.from(value ?? ''), headers });
}

const from = { topic: DEFAULT_TOPICS.commands, partition: 3 };

function publisherTo(sent: TopicRecords[][]): OutcomePublisher {
  const producer: LogProducer = {
    connect: () => Promise.resolve(),
    disconnect: () => Promise.resolve(),
    send: (batch) => {
      sent.push([...batch]);
      return Promise.resolve();
    },
  };
  return new OutcomePublisher(
    producer,
    { topics: DEFAULT_TOPICS, group: 'g', deadLetterBytesMax: 100_000 },
    () => 1_700_000_000_000,
  );
}

describe('publishing the outcomes of a chunk', () => {
  const publisher = publisherTo([]);
  const rejected = {
    status: 'rejected',
    code: 'INSUFFICIENT_CREDITS',
    applied: null,
    after: null,
    version: null,
    allocations: [],
  } as const;

  it('makes one balance event per applied command, in the order of the log', () => {
    const events = publisher.eventsOf(from, [resultOf(deltaRecord(0), 'decided'), resultOf(deltaRecord(1), 'decided')]);
    const commandIds = events.balanceChanged.map(
      (record) => (received(record).data as { commandId: string }).commandId,
    );
    expect(commandIds).toEqual(['c0', 'c1']);
    expect(events.commandRejected).toEqual([]);
  });

  it('makes one rejection event per rejected and per conflicting command', () => {
    const conflict = { ...rejected, code: 'COMMAND_CONFLICT' } as const;
    const events = publisher.eventsOf(from, [
      resultOf(deltaRecord(0), 'decided', rejected),
      resultOf(deltaRecord(1), 'conflict', conflict),
    ]);
    expect(events.commandRejected).toHaveLength(2);
    expect(events.balanceChanged).toEqual([]);
    expect(events.cacheInvalidation).toEqual([]);
  });

  it('makes a catalogue event, and no other, of a command that was applied to the catalogue, again for a redelivery', () => {
    const results = (['decided', 'redelivery', 'duplicate'] as const).map((kind) => catalogResultOf(0, kind));
    const [first, again, duplicate] = results.map((result) => publisher.eventsOf(from, [result]));
    expect(first?.catalogChanged).toHaveLength(1);
    expect(received(first!.catalogChanged[0]!)).toMatchObject({
      type: 'credits.catalog-changed.v1',
      subject: 'tokens',
      data: { kind: 'credit-type', id: 'tokens', version: '1', definition: { scale: 2 } },
    });
    expect(first).toMatchObject({ balanceChanged: [], cacheInvalidation: [], commandRejected: [] });
    expect(again).toEqual(first);
    expect(duplicate).toMatchObject({ catalogChanged: [], balanceChanged: [], cacheInvalidation: [] });
  });

  it('makes the very same events for a redelivery', () => {
    const first = publisher.eventsOf(from, [resultOf(deltaRecord(0), 'decided')]);
    const again = publisher.eventsOf(from, [resultOf(deltaRecord(0), 'redelivery')]);
    expect(again).toEqual(first);
  });

  it("makes no event for a publisher's duplicate", () => {
    const events = publisher.eventsOf(from, [resultOf(deltaRecord(0), 'duplicate')]);
    expect(Object.values(events).flat()).toEqual([]);
  });

  it('invalidates each touched account once, with its newest version', () => {
    const results = [
      resultOf(deltaRecord(0), 'decided', { version: 5n }),
      resultOf(deltaRecord(1, { accountId: 'key_2' }), 'decided', { version: 1n }),
      resultOf(deltaRecord(2), 'decided', { version: 6n }),
      resultOf(deltaRecord(3), 'redelivery', { version: 4n }),
    ];
    const data = publisher.eventsOf(from, results).cacheInvalidation.map((record) => received(record).data);
    expect(data).toEqual([
      expect.objectContaining({ accountId: 'key_1', version: '6' }),
      expect.objectContaining({ accountId: 'key_2', version: '1' }),
    ]);
  });

  it('carries the traceparent of the command to its events', () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const events = publisher.eventsOf(from, [resultOf(deltaRecord(0, {}, { traceparent }), 'decided')]);
    expect(received(events.balanceChanged[0]!)).toMatchObject({ traceparent });
    expect(received(events.cacheInvalidation[0]!)).toMatchObject({ traceparent });
  });

  it('dead-letters with the reason and the original position', () => {
    const record = rawRecord(7, 'no json');
    const result = { kind: 'dead-letter', reason: 'NOT_JSON', message: 'why' } as const;
    const [letter] = publisher.eventsOf(from, [{ ...decoded(record), result }]).deadLetters;
    expect(letter).toMatchObject({
      value: Buffer.from('no json'),
      headers: {
        'x-dlq-reason': 'NOT_JSON',
        'x-dlq-original-topic': from.topic,
        'x-dlq-original-partition': '3',
        'x-dlq-original-offset': '7',
      },
    });
  });

  it('sends all topics of a chunk in one call, and nothing for a chunk without events', async () => {
    const sent: TopicRecords[][] = [];
    await publisherTo(sent).publish(from, [
      resultOf(deltaRecord(0), 'decided'),
      resultOf(deltaRecord(1), 'decided', rejected),
    ]);
    await publisherTo(sent).publish(from, [resultOf(deltaRecord(2), 'duplicate')]);
    expect(sent.map((batch) => batch.map(({ topic }) => topic))).toEqual([
      [DEFAULT_TOPICS.balanceChanged, DEFAULT_TOPICS.commandRejected, DEFAULT_TOPICS.cacheInvalidation],
    ]);
  });
});
