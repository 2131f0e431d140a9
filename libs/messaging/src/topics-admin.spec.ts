import { DEFAULT_TOPICS } from '@app/contracts';
import { MemoryBroker, MemoryLogAdmin } from './in-memory/index.js';
import { ensureTopics, topicDefinitions, type TopicSettings, verifyTopics } from './topics-admin.js';

const SETTINGS: TopicSettings = {
  partitions: 12,
  commandsRetentionMs: 14,
  eventsRetentionMs: 7,
  deadLetterRetentionMs: 30,
};

describe('topics', () => {
  const made = () => {
    const admin = new MemoryLogAdmin(new MemoryBroker());
    return { admin, definitions: topicDefinitions(DEFAULT_TOPICS, SETTINGS) };
  };

  it('the commands topic has the log’s clock and takes larger messages than a command may be', () => {
    const commands = made().definitions.find(({ name }) => name === DEFAULT_TOPICS.commands);
    expect(commands).toEqual({
      name: 'credits.commands.v1',
      partitions: 12,
      configs: {
        'cleanup.policy': 'delete',
        'retention.ms': '14',
        'unclean.leader.election.enable': 'false',
        'message.timestamp.type': 'LogAppendTime',
        'max.message.bytes': '4194304',
      },
    });
  });

  it('the dead-letter topic takes larger messages than the commands topic', () => {
    const size = (topic: string) =>
      Number(made().definitions.find(({ name }) => name === topic)?.configs['max.message.bytes']);
    expect(size(DEFAULT_TOPICS.deadLetter)).toBeGreaterThan(size(DEFAULT_TOPICS.commands));
  });

  it('replication and in-sync replicas are the broker’s own unless given', () => {
    const given = topicDefinitions(DEFAULT_TOPICS, { ...SETTINGS, replicationFactor: 3, minInsyncReplicas: 2 }, [
      'gw.reply',
    ]);
    expect(given.map(({ name }) => name)).toEqual([...new Set([...Object.values(DEFAULT_TOPICS), 'gw.reply'])]
      .sort((a, b) => given.findIndex(({ name }) => name === a) - given.findIndex(({ name }) => name === b))); // prettier-ignore
    for (const { replicationFactor, configs } of given) {
      expect([replicationFactor, configs['min.insync.replicas']]).toEqual([3, '2']);
    }
    for (const definition of made().definitions) {
      expect(definition).not.toHaveProperty('replicationFactor');
      expect(definition.configs).not.toHaveProperty('min.insync.replicas');
    }
  });

  it('are made when missing and left alone when there', async () => {
    const { admin, definitions } = made();
    await admin.createTopics([{ name: DEFAULT_TOPICS.deadLetter, partitions: 1, configs: {} }]);
    const ensured = await ensureTopics(admin, definitions);
    expect(ensured.existing).toEqual([DEFAULT_TOPICS.deadLetter]);
    expect(ensured.created).toHaveLength(6);
    expect((await admin.describeTopics([DEFAULT_TOPICS.deadLetter])).get(DEFAULT_TOPICS.deadLetter)?.partitions).toBe(
      1,
    );
  });

  it('that were made by us are in order', async () => {
    const { admin, definitions } = made();
    await ensureTopics(admin, definitions);
    expect(await verifyTopics(admin, DEFAULT_TOPICS)).toEqual([]);
  });

  it('that are missing are named with the command that makes them; the reply topic may be missing', async () => {
    const problems = await verifyTopics(made().admin, DEFAULT_TOPICS);
    expect(problems).toHaveLength(7);
    expect(problems[0]).toEqual({
      topic: 'credits.commands.v1',
      severity: 'error',
      message: 'Topic credits.commands.v1 is missing.',
      fix: 'creditbus topics',
    });
    expect(problems.filter(({ severity }) => severity === 'warning').map(({ topic }) => topic)).toEqual([
      DEFAULT_TOPICS.reply,
    ]);
  });

  it('that would make decisions wrong are errors with the line that fixes them', async () => {
    const { admin, definitions } = made();
    await admin.createTopics([
      {
        name: DEFAULT_TOPICS.commands,
        partitions: 1,
        configs: {
          'message.timestamp.type': 'CreateTime',
          'cleanup.policy': 'compact',
          'max.message.bytes': '9000000',
        },
      },
    ]);
    await ensureTopics(admin, definitions);
    const problems = await verifyTopics(admin, DEFAULT_TOPICS);
    expect(problems.map(({ topic, severity, fix }) => `${severity} ${topic} ${fix.split('--add-config ')[1]}`)).toEqual(
      [
        'error credits.commands.v1 message.timestamp.type=LogAppendTime',
        'error credits.commands.v1 cleanup.policy=delete',
        'warning credits.commands.v1.dlq max.message.bytes=9065536',
      ],
    );
  });
});
