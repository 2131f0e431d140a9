import { DEFAULT_TOPICS, isReplyTopicAllowed, topicNames } from './topics.js';
import { accountRecordKey, catalogRecordKey, commandRecordKey, invalidationRecordKey } from './topics.js';

describe('topic names', () => {
  test('are the defaults without configuration', () => {
    expect(topicNames()).toEqual(DEFAULT_TOPICS);
  });

  test('may have a prefix, or a name of their own', () => {
    const topics = topicNames({ prefix: 'eu.', names: { deadLetter: 'graveyard' } });
    expect(topics).toMatchObject({ commands: 'eu.credits.commands.v1', deadLetter: 'graveyard' });
  });

  test('of replies follow the commands topic, as Nest clients expect', () => {
    expect(topicNames({ names: { commands: 'c' } }).reply).toBe('c.reply');
    expect(topicNames({ names: { commands: 'c', reply: 'r' } }).reply).toBe('r');
  });

  test.each(['', 'a b', 'ä', '.', '..', 'x'.repeat(250)])('%j is refused, naming the role', (name) => {
    expect(() => topicNames({ names: { balanceChanged: name } })).toThrow(/balanceChanged/);
  });

  test('shared by two roles are refused', () => {
    expect(() => topicNames({ names: { commands: 'x', deadLetter: 'x' } })).toThrow(/commands and deadLetter/);
  });
});

describe('a reply topic', () => {
  const topics = topicNames({ prefix: 'eu.' });

  test("is any topic but our own, Kafka's internal ones, and names that Kafka doesn't know", () => {
    for (const name of Object.values({ ...topics })) {
      expect([name, isReplyTopicAllowed(topics, name)]).toEqual([name, name.endsWith('.reply')]);
    }
    for (const name of ['__consumer_offsets', '__transaction_state', '', 'a b', '..']) {
      expect(isReplyTopicAllowed(topics, name)).toBe(false);
    }
    for (const name of ['gateway-1.replies', 'eu.credits.commands.v1.reply', 'credits.commands.v1', 'other']) {
      expect(isReplyTopicAllowed(topics, name)).toBe(true);
    }
  });
});

describe('record keys', () => {
  test('put the records of an account on one partition', () => {
    expect(accountRecordKey('acme', 'key:1')).toBe('acme:key:1');
    expect(invalidationRecordKey('acme', 'key_1', 'credits')).toBe('acme:key_1:credits');
    expect(catalogRecordKey('acme', 'credits')).toBe('acme:credits');
  });

  test('of commands name the account, or what they are about in the catalogue', () => {
    const about = { id: 'c1', tenantId: 'acme', creditType: 'tokens' };
    expect(commandRecordKey({ type: 'credit.delta', ...about, accountId: 'key_1', delta: '1' })).toBe('acme:key_1');
    expect(commandRecordKey({ type: 'credit-type.delete', ...about, accountId: '' })).toBe('acme:tokens');
    const end = { type: 'schedule.end', ...about, scheduleId: 'pro' } as const;
    expect(commandRecordKey({ ...end, accountId: '' })).toBe('acme:pro');
    expect(commandRecordKey({ ...end, accountId: 'key_1' })).toBe('acme:key_1');
  });
});
