import { type Account, BUILT_IN_CREDIT_TYPE, type CreditType, type CreditTypeDefinition } from '../account.js';
import type { Command, EpochMs } from '../command.js';
import { refillDueAt } from '../account/refill-calendar.js';
import { decide } from '../decide.js';
import type { Applied, Decision, DecisionState, DeriveId, OriginalEntry } from '../decision.js';
import type { Grant } from '../grant/grant.js';
import type { Hold } from '../hold/hold.js';
import { dueWorkOf, grantIdsNeededBy, idsMadeBy } from '../ids.js';
import type { Schedule } from '../schedule/schedule.js';

/** An id that a test can read; the real one is a hash. */
export const deriveId: DeriveId = (_tenantId, commandId, kind, index) => `${kind}_${commandId}_${index}`;

/** One command with what became of it; not kept for what isn't due. */
export interface MemoryEntry {
  readonly command: Command;
  readonly decision: Exclude<Decision, { status: 'not-due' }>;
}

/**
 * What the store is to the domain, in memory and for one tenant: reads what a decision rests on, keeps what it made.
 * Objects are kept by id and only written when a decision says that they changed, so that a change which a decision
 * forgets to name is seen. What is said of grants and holds is only handed out where the store reads it.
 */
export class MemoryLedger {
  readonly accounts = new Map<string, Account>();
  readonly grants = new Map<string, Grant>();
  readonly holds = new Map<string, Hold>();
  readonly schedules = new Map<string, Schedule>();
  readonly definitions = new Map<string, CreditTypeDefinition>();
  readonly entries: MemoryEntry[] = [];
  private readonly byCommandId = new Map<string, MemoryEntry>();

  constructor(
    private readonly creditTypes: readonly CreditType[] = [BUILT_IN_CREDIT_TYPE],
    private readonly derive: DeriveId = deriveId,
  ) {}

  /** Decides a command and keeps what it made; a command id that is known gets its first decision back. */
  tell(command: Command, at: EpochMs): Decision {
    const id = dueWorkOf(command)?.join('/') ?? command.id;
    const known = this.byCommandId.get(id);
    if (known !== undefined) return known.decision;
    const decision = decide(this.stateFor({ ...command, id }), { ...command, id }, at);
    if (decision.status === 'not-due') return decision;
    const entry = { command: { ...command, id }, decision };
    this.entries.push(entry);
    this.byCommandId.set(id, entry);
    if (decision.status === 'applied') this.keep(decision);
    if (decision.status === 'catalog') {
      const { changed } = decision;
      if (changed.kind === 'credit-type') this.definitions.set(changed.creditType.id, changed.creditType);
      else this.schedules.set(changed.schedule.scheduleId, changed.schedule);
    }
    return decision;
  }

  account(accountId: string, creditType: string): Account | undefined {
    const account = this.accounts.get(keyOf(accountId, creditType));
    if (account === undefined) return undefined;
    const own = (object: { readonly accountId: string; readonly creditType: string }): boolean =>
      object.accountId === accountId && object.creditType === creditType;
    return {
      ...account,
      grants: [...this.grants.values()].flatMap((grant) =>
        own(grant) && grant.remaining > 0n ? [{ ...grant, texts: undefined }] : [],
      ),
      holds: [...this.holds.values()].flatMap((hold) =>
        own(hold) && hold.status === 'open' ? [{ ...hold, metadata: undefined }] : [],
      ),
    };
  }

  creditType(id: string): CreditType | undefined {
    return this.definitions.get(id) ?? this.creditTypes.find((type) => type.id === id);
  }

  /** Every command that the scheduler has to publish by now, soonest first. */
  due(at: EpochMs): readonly Command[] {
    const work: { readonly dueAt: EpochMs; readonly command: Command }[] = [];
    const base = (account: { readonly accountId: string; readonly creditType: string }) => ({
      id: '',
      tenantId: 'acme',
      accountId: account.accountId,
      creditType: account.creditType,
    });
    for (const account of this.accounts.values()) {
      const date = account.refillDueOn;
      if (date === null) continue;
      work.push({ dueAt: refillDueAt(account) ?? 0, command: { ...base(account), type: 'account.refill', date } });
    }
    for (const grant of this.grants.values()) {
      const { grantId, dueAt } = grant;
      if (dueAt === null) continue;
      const command: Command =
        grant.status === 'pending'
          ? { ...base(grant), type: 'grant.activate', grantId, effectiveAt: dueAt }
          : { ...base(grant), type: 'grant.expire', grantId, expiresAt: dueAt };
      work.push({ dueAt: grant.status === 'pending' ? dueAt : dueAt + 1, command });
    }
    for (const hold of this.holds.values()) {
      const { holdId, dueAt } = hold;
      if (dueAt === null) continue;
      work.push({ dueAt: dueAt + 1, command: { ...base(hold), type: 'hold.expire', holdId, expiresAt: dueAt } });
    }
    for (const schedule of this.schedules.values()) {
      const { scheduleId, dueAt } = schedule;
      if (dueAt === null) continue;
      work.push({ dueAt, command: { ...base(schedule), type: 'schedule.apply', scheduleId, periodStart: dueAt } });
    }
    return work
      .filter(({ dueAt }) => dueAt <= at)
      .sort((a, b) => a.dueAt - b.dueAt)
      .map(({ command }) => command);
  }

  /** What a decision about this command rests on. */
  stateFor(command: Command): DecisionState {
    const original = command.type === 'credit.reverse' ? this.originalOf(command.reverses) : undefined;
    const schedule =
      'scheduleId' in command && command.scheduleId !== undefined ? this.schedules.get(command.scheduleId) : undefined;
    const isUpdate = command.type === 'grant.update';
    const grants = grantIdsNeededBy(command, { original, schedule }).flatMap((id) => {
      const grant = this.grants.get(id);
      return grant === undefined ? [] : isUpdate ? grant : { ...grant, texts: undefined };
    });
    const known = { grant: this.grants, hold: this.holds, schedule: this.schedules };
    const kind = command.type === 'hold.create' ? 'hold' : command.type === 'schedule.create' ? 'schedule' : 'grant';
    return {
      account: this.account(command.accountId, command.creditType),
      creditType: this.creditType(command.creditType),
      externalIdTaken: this.isExternalIdTaken(command),
      deriveId: this.derive,
      takenIds: new Set(idsMadeBy(command, this.derive).filter((id) => known[kind].has(id))),
      grants: new Map(grants.map((grant) => [grant.grantId, grant])),
      hold: 'holdId' in command && command.holdId !== undefined ? this.holds.get(command.holdId) : undefined,
      schedule,
      original,
      definition: this.definitions.get(command.creditType),
    };
  }

  protected keep(decision: Applied): void {
    const { account } = decision;
    this.accounts.set(keyOf(account.accountId, account.creditType), { ...account, grants: [], holds: [] });
    for (const grant of decision.grants) {
      const { texts = this.grants.get(grant.grantId)?.texts } = grant;
      this.grants.set(grant.grantId, { ...grant, texts });
    }
    for (const hold of decision.holds) {
      const { metadata = this.holds.get(hold.holdId)?.metadata } = hold;
      this.holds.set(hold.holdId, { ...hold, metadata });
    }
    if (decision.schedule !== undefined) this.schedules.set(decision.schedule.scheduleId, decision.schedule);
  }

  private originalOf(commandId: string): OriginalEntry | undefined {
    const entry = this.byCommandId.get(commandId);
    if (entry === undefined || entry.decision.status === 'catalog') return undefined;
    const { command, decision } = entry;
    const isApplied = decision.status === 'applied';
    let reversed = 0n;
    for (const other of this.entries) {
      const { reverses } = other.decision.status === 'applied' ? other.decision : {};
      if (reverses?.commandId === commandId) reversed += reverses.amount;
    }
    return {
      commandId,
      accountId: command.accountId,
      creditType: command.creditType,
      status: decision.status,
      cause: decision.cause,
      applied: isApplied ? decision.applied : 0n,
      allocations: isApplied ? decision.allocations : [],
      reversed,
    };
  }

  private isExternalIdTaken(command: Command): boolean {
    if (command.type !== 'account.open' && command.type !== 'account.configure') return false;
    const { externalId, accountId, creditType } = command;
    if (externalId === undefined || externalId === null) return false;
    return [...this.accounts.values()].some(
      (account) =>
        account.externalId === externalId && account.creditType === creditType && account.accountId !== accountId,
    );
  }
}

function keyOf(accountId: string, creditType: string): string {
  return `${creditType}/${accountId}`;
}
