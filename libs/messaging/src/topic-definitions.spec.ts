import { DEFAULT_TOPICS } from '@app/contracts';

import type { TopicDescription } from './log-admin.js';
import { topicDefinitions, topicProblems } from './topic-definitions.js';

const settings = { partitions: 12, commandsRetentionMs: 1000, eventsRetentionMs: 2000, deadLetterRetentionMs: 3000 };
const definitions = topicDefinitions(DEFAULT_TOPICS, settings);

function made(change: (topic: TopicDescription) => TopicDescription = (topic) => topic) {
  return new Map(definitions.map(({ name, partitions, configs }) => [name, change({ name, partitions, configs })]));
}

describe('topics of a deployment', () => {
  it('the commands topic has the append time as its clock', () => {
    const commands = definitions.find(({ name }) => name === DEFAULT_TOPICS.commands);
    expect(commands?.configs['message.timestamp.type']).toBe('LogAppendTime');
  });

  it('a dead letter may be larger than any command record', () => {
    const bytes = (name: string) =>
      Number(definitions.find((definition) => definition.name === name)?.configs['max.message.bytes']);
    expect(bytes(DEFAULT_TOPICS.deadLetter)).toBeGreaterThan(bytes(DEFAULT_TOPICS.commands));
  });

  it('every topic is deleted by age, never compacted', () => {
    expect(new Set(definitions.map(({ configs }) => configs['cleanup.policy']))).toEqual(new Set(['delete']));
  });

  it('every role has a topic of its own', () => {
    expect(definitions.map(({ name }) => name).sort()).toEqual(Object.values(DEFAULT_TOPICS).sort());
  });

  it('replicas and in-sync replicas are left to the broker unless they are configured', () => {
    expect(definitions[0]).not.toHaveProperty('replicationFactor');
    expect(definitions[0]?.configs).not.toHaveProperty(['min.insync.replicas']);
    const [given] = topicDefinitions(DEFAULT_TOPICS, { ...settings, replicationFactor: 3, minInsyncReplicas: 2 });
    expect(given).toMatchObject({ replicationFactor: 3, configs: { 'min.insync.replicas': '2' } });
  });
});

describe('topics that exist', () => {
  it('are without a problem as they were made', () => {
    expect(topicProblems(definitions, made())).toEqual([]);
  });

  it('a missing one is a serious problem', () => {
    expect(topicProblems(definitions, new Map())).toHaveLength(definitions.length);
    expect(topicProblems(definitions, new Map()).every(({ serious }) => serious)).toBe(true);
  });

  it('a commands topic with the publisher’s clock is a serious problem, and the line that mends it is given', () => {
    const wrong = made((topic) => ({
      ...topic,
      configs: { ...topic.configs, 'message.timestamp.type': 'CreateTime' },
    }));
    expect(topicProblems(definitions, wrong)).toEqual([
      {
        topic: DEFAULT_TOPICS.commands,
        message: 'has message.timestamp.type=CreateTime, LogAppendTime is configured',
        fix: `kafka-configs.sh --alter --topic ${DEFAULT_TOPICS.commands} --add-config message.timestamp.type=LogAppendTime`,
        serious: true,
      },
    ]);
  });

  it('another number of partitions or another retention is the operator’s choice', () => {
    const other = made((topic) => ({ ...topic, partitions: 7, configs: { ...topic.configs, 'retention.ms': '5' } }));
    const problems = topicProblems(definitions, other);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.some(({ serious }) => serious)).toBe(false);
  });

  it('a larger limit of bytes does no harm', () => {
    const larger = made((topic) => ({ ...topic, configs: { ...topic.configs, 'max.message.bytes': '99999999' } }));
    expect(topicProblems(definitions, larger)).toEqual([]);
  });
});
