import type { Deployment } from '../deployment/deployment.js';
import type { TopicTail } from '../deployment/topic-tail.js';

interface OutcomeEvent {
  readonly id: string;
  readonly data: {
    readonly accountId: string;
    readonly commandId: string;
    readonly code: string;
    /** Of applied commands. */
    readonly version: string;
  };
}

/**
 * I5 and P4 as a consumer sees them: every applied entry has its event, by event id exactly one, repeats are equal
 * byte for byte, and the first occurrences of an account's events come in the order of their versions.
 */
export async function expectEventsOfEveryEntry(deployment: Deployment, tail: TopicTail): Promise<void> {
  const versions = new Map<string, bigint>();
  for (const { data } of await expectEventsInAnyOrder(deployment, tail)) {
    const previous = versions.get(data.accountId) ?? 0n;
    expect(`${data.accountId} v${data.version}`).toBe(`${data.accountId} v${previous + 1n}`);
    versions.set(data.accountId, BigInt(data.version));
  }
}

/** The same without the order, which wrong record keys disturb. Answers the first occurrence of each event. */
export async function expectEventsInAnyOrder(deployment: Deployment, tail: TopicTail): Promise<OutcomeEvent[]> {
  const applied = (await deployment.ledger()).filter(({ version }) => version !== null);
  const events = await firstOccurrences(tail, deployment.topics.balanceChanged, applied.length);
  expect(new Set(events.map(({ data }) => `${data.commandId} v${data.version}`))).toEqual(
    new Set(applied.map(({ command_id, version }) => `${command_id} v${version}`)),
  );
  return events;
}

/**
 * I5 of rejected entries. Conflicts, which have no entry, apart: answers the command ids of those, one for each
 * conflicting body.
 */
export async function expectRejectionsOfEveryEntry(deployment: Deployment, tail: TopicTail): Promise<string[]> {
  const rejected = (await deployment.ledger()).filter(({ version }) => version === null);
  const events = await firstOccurrences(tail, deployment.topics.commandRejected, rejected.length);
  const ofEntries = events.filter(({ data }) => data.code !== 'COMMAND_CONFLICT');
  expect(ofEntries.map(({ data }) => `${data.commandId} ${data.code}`).sort()).toEqual(
    rejected.map(({ command_id, code }) => `${command_id} ${code}`).sort(),
  );
  return events.filter((event) => !ofEntries.includes(event)).map(({ data }) => data.commandId);
}

/** Waits until there are so many events besides conflicts. Repeats are equal byte for byte, conflicts apart. */
async function firstOccurrences(tail: TopicTail, topic: string, count: number): Promise<OutcomeEvent[]> {
  const ofEntries = () => tail.of(topic).filter(({ json }) => (json as OutcomeEvent).data.code !== 'COMMAND_CONFLICT');
  await tail.waitFor(topic, () => new Set(ofEntries().map(({ json }) => (json as OutcomeEvent).id)).size >= count);

  const textById = new Map<string, string>();
  const events: OutcomeEvent[] = [];
  for (const { json, value } of tail.of(topic)) {
    const event = json as OutcomeEvent;
    const text = value?.toString() ?? '';
    const before = textById.get(event.id);
    if (before === undefined) {
      textById.set(event.id, text);
      events.push(event);
    } else if (event.data.code !== 'COMMAND_CONFLICT') {
      expect(text).toBe(before);
    }
  }
  return events;
}
