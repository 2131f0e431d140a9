import { commandKey, deriveObjectId, type UuidText } from '@app/contracts';
import { type Command, idsMadeBy } from '@app/domain';

/** Something of a tenant by its id. */
export interface ObjectName {
  readonly tenantId: string;
  readonly id: string;
}

/** A grant by its id. */
export interface GrantName extends ObjectName {
  /** What is said of it may be changed, and is read. */
  readonly withTexts: boolean;
}

/** What a chunk's commands name or make beside their accounts, each once. */
export interface NamedObjects {
  readonly grants: readonly GrantName[];
  readonly holds: readonly ObjectName[];
  /** In the order in which they are locked. */
  readonly schedules: readonly ObjectName[];
  /** Those whose definition is about to change, in the order in which they are locked. */
  readonly creditTypes: readonly ObjectName[];
  /** By the keys of their command ids. */
  readonly originals: readonly { readonly tenantId: string; readonly commandKey: UuidText }[];
}

/** Gathers the names while a chunk is planned. Most chunks name nothing. */
export class NamedObjectsBuilder {
  private readonly grants = new Map<string, GrantName>();
  private readonly holds = new Map<string, ObjectName>();
  private readonly schedules = new Map<string, ObjectName>();
  private readonly creditTypes = new Map<string, ObjectName>();
  private readonly originals = new Map<string, { tenantId: string; commandKey: UuidText }>();
  private isEmpty = true;

  add(command: Command): void {
    const { tenantId } = command;
    switch (command.type) {
      case 'account.open':
      case 'account.configure':
      case 'account.refill':
      case 'credit.delta':
      case 'credit.set':
        return;
      case 'credit.reverse': {
        const key = commandKey(command.reverses);
        this.originals.set(`${tenantId}\0${key}`, { tenantId, commandKey: key });
        break;
      }
      case 'credit-type.put':
      case 'credit-type.delete':
        put(this.creditTypes, tenantId, command.creditType);
        break;
      case 'grant.update':
        this.putGrant(tenantId, command.grantId, true);
        break;
      case 'grant.void':
      case 'grant.activate':
      case 'grant.expire':
        this.putGrant(tenantId, command.grantId, false);
        break;
      case 'schedule.update':
      case 'schedule.end':
      case 'schedule.apply':
        put(this.schedules, tenantId, command.scheduleId);
        break;
      case 'hold.capture':
      case 'hold.extend':
      case 'hold.release':
      case 'hold.expire':
        put(this.holds, tenantId, command.holdId);
        break;
      case 'grant.create':
      case 'account.reset':
      case 'schedule.create':
      case 'hold.create':
        break;
    }
    this.isEmpty = false;
    for (const id of idsMadeBy(command, deriveObjectId)) {
      if (command.type === 'hold.create') put(this.holds, tenantId, id);
      else if (command.type === 'schedule.create') put(this.schedules, tenantId, id);
      else this.putGrant(tenantId, id, false);
    }
  }

  /** undefined: the chunk names nothing. */
  build(): NamedObjects | undefined {
    if (this.isEmpty) return undefined;
    return {
      grants: [...this.grants.values()],
      holds: [...this.holds.values()],
      schedules: [...this.schedules.values()].sort(byTenantAndId),
      creditTypes: [...this.creditTypes.values()].sort(byTenantAndId),
      originals: [...this.originals.values()],
    };
  }

  private putGrant(tenantId: string, id: string, withTexts: boolean): void {
    const key = keyOf(tenantId, id);
    if (withTexts || !this.grants.has(key)) this.grants.set(key, { tenantId, id, withTexts });
  }
}

function put(names: Map<string, ObjectName>, tenantId: string, id: string): void {
  names.set(keyOf(tenantId, id), { tenantId, id });
}

function keyOf(tenantId: string, id: string): string {
  return `${tenantId}\0${id}`;
}

/** One order for everybody who locks, so that nobody waits in a circle. */
export function byTenantAndId(a: ObjectName, b: ObjectName): number {
  if (a.tenantId !== b.tenantId) return a.tenantId < b.tenantId ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
