import type { Membership } from '../log-consumer.js';
import type { TopicPartition } from '../ports.js';

/** A consumer in a group, by identity. */
export interface MemoryMember {
  readonly topics: readonly string[];
}

export interface Assignment {
  readonly generation: number;
  readonly partitions: readonly TopicPartition[];
}

interface Joining {
  readonly resolve: (assignment: Assignment | null) => void;
}

/**
 * A consumer group with eager rebalances: when a member comes or goes, all others are told by their next heartbeat,
 * hand everything back by joining again, and get a new assignment together. Who doesn't come back in time is out.
 */
export class MemoryGroup {
  /** Committed offsets by `topic/partition`. */
  readonly offsets = new Map<string, bigint>();
  private generation = 0;
  private readonly members = new Set<MemoryMember>();
  private readonly joining = new Map<MemoryMember, Joining>();
  private rebalancing = false;
  private deadline: NodeJS.Timeout | undefined;

  constructor(
    private readonly partitionsOf: (topic: string) => number,
    private readonly rebalanceTimeoutMs: number,
  ) {}

  get memberCount(): number {
    return this.members.size;
  }

  /** Resolves with the new assignment once everybody has joined; null when the member left meanwhile. */
  join(member: MemoryMember): Promise<Assignment | null> {
    this.members.add(member);
    this.beginRebalance();
    return new Promise((resolve) => {
      this.joining.set(member, { resolve });
      this.completeWhenAllJoined();
    });
  }

  leave(member: MemoryMember): void {
    this.joining.get(member)?.resolve(null);
    this.joining.delete(member);
    if (!this.members.delete(member)) return;
    if (this.members.size > 0) this.beginRebalance();
    this.completeWhenAllJoined();
  }

  /** The session of a member has expired: the group goes on without it, and it learns that late. */
  expire(member: MemoryMember): void {
    this.leave(member);
  }

  heartbeat(member: MemoryMember, generation: number): Membership {
    if (!this.members.has(member) || generation !== this.generation) return 'lost';
    return this.rebalancing ? 'rebalancing' : 'member';
  }

  /** False: refused, since the member isn't in this generation. */
  commit(member: MemoryMember, generation: number, offsets: ReadonlyMap<string, bigint>): boolean {
    if (!this.members.has(member) || generation !== this.generation) return false;
    for (const [key, offset] of offsets) this.offsets.set(key, offset);
    return true;
  }

  private beginRebalance(): void {
    if (this.rebalancing) return;
    this.rebalancing = true;
    this.deadline = setTimeout(() => {
      for (const member of [...this.members]) if (!this.joining.has(member)) this.members.delete(member);
      this.completeWhenAllJoined();
    }, this.rebalanceTimeoutMs);
  }

  private completeWhenAllJoined(): void {
    if (!this.rebalancing || [...this.members].some((member) => !this.joining.has(member))) return;
    this.rebalancing = false;
    clearTimeout(this.deadline);
    this.generation++;
    const members = [...this.members];
    const assigned = new Map(members.map((member) => [member, [] as TopicPartition[]]));
    for (const topic of new Set(members.flatMap(({ topics }) => topics))) {
      const subscribed = members.filter(({ topics }) => topics.includes(topic));
      for (let partition = 0; partition < this.partitionsOf(topic); partition++) {
        const member = subscribed[partition % subscribed.length];
        if (member !== undefined) assigned.get(member)?.push({ topic, partition });
      }
    }
    for (const [member, { resolve }] of this.joining) {
      resolve({ generation: this.generation, partitions: assigned.get(member) ?? [] });
    }
    this.joining.clear();
  }
}
