import { randomUUID } from 'node:crypto';
import { eventually } from '@app/testing';
import type { CommandFields, Deployment } from '../deployment/deployment.js';
import { TopicTail } from '../deployment/topic-tail.js';

export interface ShownBalances {
  readonly balance: string | null;
  readonly held: string;
  readonly available: string | null;
  readonly unlimited: boolean;
}

/** What a consumer reads of a command's outcome; of a dead letter its reason as the code. */
export interface SeenOutcome {
  readonly accountId: string;
  readonly commandId: string;
  readonly commandType: string;
  readonly status: 'applied' | 'rejected' | 'dead-lettered';
  readonly code: string;
  readonly cause?: string;
  readonly applied?: string;
  readonly after?: ShownBalances;
  readonly version?: string;
  readonly allocations?: readonly { readonly grantId: string | null; readonly amount: string }[];
  readonly grantId?: string;
  readonly holdId?: string;
  readonly scheduleId?: string;
  readonly details?: Readonly<Record<string, string>>;
  readonly recordedAt?: string;
}

/** Publishes commands and reads what became of them from the event topics, as another service does. */
export class Outcomes {
  private constructor(
    private readonly deployment: Deployment,
    readonly tail: TopicTail,
  ) {}

  static async of(deployment: Deployment): Promise<Outcomes> {
    const { balanceChanged, commandRejected, deadLetter, catalogChanged, commands } = deployment.topics;
    const topics = [balanceChanged, commandRejected, deadLetter, catalogChanged, commands];
    return new Outcomes(deployment, await TopicTail.start(deployment.brokers, topics));
  }

  /** Publishes in order, and answers the outcomes in the same order. */
  async run(accountId: string, commands: readonly CommandFields[]): Promise<SeenOutcome[]> {
    const withIds = commands.map((fields) => ({ id: randomUUID(), accountId, ...fields }));
    await this.deployment.publish(withIds);
    return eventually(() => {
      const seen = this.byCommandId();
      return withIds.map(({ id, type }) => {
        const outcome = seen.get(id);
        if (outcome === undefined) throw new Error(`${type} ${id} has no outcome yet`);
        return outcome;
      });
    }, 20_000);
  }

  /** Runs one command and answers its outcome. */
  async one(accountId: string, command: CommandFields): Promise<SeenOutcome> {
    const [outcome] = await this.run(accountId, [command]);
    if (outcome === undefined) throw new Error('no outcome');
    return outcome;
  }

  /** Waits for applied entries of an account with this cause, which nobody here published. */
  async untilCause(accountId: string, cause: string, count = 1, timeoutMs = 15_000): Promise<SeenOutcome[]> {
    return eventually(() => {
      const found = this.applied(accountId).filter((outcome) => outcome.cause === cause);
      if (found.length < count) throw new Error(`${accountId} has ${found.length} entries of cause ${cause}`);
      return found;
    }, timeoutMs);
  }

  /** Applied entries of an account by version, repeated events left out. */
  applied(accountId: string): SeenOutcome[] {
    const byVersion = new Map<string, SeenOutcome>();
    for (const { json } of this.tail.of(this.deployment.topics.balanceChanged)) {
      const { data } = json as { data: SeenOutcome };
      if (data.accountId === accountId) byVersion.set(data.version ?? '', data);
    }
    return [...byVersion.values()].sort((a, b) => Number(a.version) - Number(b.version));
  }

  stop(): Promise<void> {
    return this.tail.stop();
  }

  private byCommandId(): Map<string, SeenOutcome> {
    const { balanceChanged, commandRejected, deadLetter } = this.deployment.topics;
    const events = [...this.tail.of(balanceChanged), ...this.tail.of(commandRejected)];
    const seen = events.map(({ json }) => (json as { data: SeenOutcome }).data);
    const letters = this.tail.of(deadLetter).map(({ json, headers }): SeenOutcome => {
      const { id, accountId, type } = json as { id: string; accountId: string; type: string };
      const code = String(headers['x-dlq-reason']);
      return { accountId, commandId: id, commandType: type, status: 'dead-lettered', code };
    });
    return new Map([...letters, ...seen].map((outcome) => [outcome.commandId, outcome]));
  }
}

/** balance/held/available. */
export function balancesOf({ after }: SeenOutcome): string {
  return `${after?.balance}/${after?.held}/${after?.available}`;
}
