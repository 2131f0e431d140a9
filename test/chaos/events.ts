import type { Deployment } from '../deployment/deployment.js';
import type { TopicTail } from '../deployment/topic-tail.js';

interface BalanceEvent {
  readonly id: string;
  readonly data: { readonly accountId: string; readonly commandId: string; readonly version: string };
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
export async function expectEventsInAnyOrder(deployment: Deployment, tail: TopicTail): Promise<BalanceEvent[]> {
  const { balanceChanged } = deployment.topics;
  const applied = (await deployment.ledger()).filter(({ version }) => version !== null);
  const distinct = () => new Set(tail.of(balanceChanged).map(({ json }) => (json as BalanceEvent).id)).size;
  await tail.waitFor(balanceChanged, () => distinct() >= applied.length);

  const textById = new Map<string, string>();
  const events: BalanceEvent[] = [];
  for (const { json, value } of tail.of(balanceChanged)) {
    const event = json as BalanceEvent;
    const text = value?.toString() ?? '';
    const before = textById.get(event.id);
    if (before === undefined) {
      textById.set(event.id, text);
      events.push(event);
    } else {
      expect(text).toBe(before);
    }
  }
  expect(new Set(events.map(({ data }) => `${data.commandId} v${data.version}`))).toEqual(
    new Set(applied.map(({ command_id, version }) => `${command_id} v${version}`)),
  );
  return events;
}
