import ConsumerGroup from 'kafkajs/src/consumer/consumerGroup.js';
import SeekOffsets from 'kafkajs/src/consumer/seekOffsets.js';
import { keepSeeks } from './keep-seeks.js';

/** A consumer group as far as `seekOffsets` of kafkajs looks at it. */
function groupWith(seek: (at: { topic: string; partition: number; offset: string }) => Promise<void>) {
  const seekOffset = new SeekOffsets();
  return {
    seekOffset,
    offsetManager: { seek, resolveOffsets: () => Promise.resolve() },
    logger: { debug: () => undefined },
    groupId: 'g',
    memberId: 'm',
  } as unknown as InstanceType<typeof ConsumerGroup>;
}

const ALL = [{ topic: 't', partitions: [0, 1] }];

describe('seeks of kafkajs', () => {
  beforeAll(() => {
    keepSeeks();
    keepSeeks();
  });

  const pending = (group: InstanceType<typeof ConsumerGroup>) =>
    [0, 1].map((partition) => group.seekOffset.get(group.seekOffset.getKey('t', partition)));

  it('are carried out once when nothing fails', async () => {
    const done: string[] = [];
    const group = groupWith((at) => Promise.resolve(void done.push(`${at.partition}@${at.offset}`)));
    group.seekOffset.set('t', 0, '5');
    group.seekOffset.set('t', 1, '6');
    await ConsumerGroup.prototype.seekOffsets.call(group, ALL);
    expect(done).toEqual(['0@5', '1@6']);
    expect(pending(group)).toEqual([undefined, undefined]);
  });

  it('are put back when the connection breaks, so that no partition reads on from elsewhere', async () => {
    const group = groupWith(() => Promise.reject(new Error('connection closed')));
    group.seekOffset.set('t', 0, '5');
    group.seekOffset.set('t', 1, '6');
    await expect(ConsumerGroup.prototype.seekOffsets.call(group, ALL)).rejects.toThrow('connection closed');
    expect(pending(group)).toEqual(['5', '6']);
  });

  it('give way to a newer seek of the same partition', async () => {
    const group = groupWith(({ partition }) => {
      group.seekOffset.set('t', partition, '9');
      return Promise.reject(new Error('connection closed'));
    });
    group.seekOffset.set('t', 0, '5');
    await expect(ConsumerGroup.prototype.seekOffsets.call(group, ALL)).rejects.toThrow();
    expect(pending(group)).toEqual(['9', undefined]);
  });

  it('of partitions that another broker leads are left alone', async () => {
    const group = groupWith(() => Promise.reject(new Error('connection closed')));
    group.seekOffset.set('t', 1, '6');
    await ConsumerGroup.prototype.seekOffsets.call(group, [{ topic: 't', partitions: [0] }]);
    expect(pending(group)).toEqual([undefined, '6']);
  });
});
