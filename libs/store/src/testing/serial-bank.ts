import { derivedCommandId, deriveObjectId } from '@app/contracts';
import {
  type Applied,
  type Command,
  type Decision,
  type DecisionState,
  dueWorkOf,
  type EpochMs,
  type Grant,
  grantIdsNeededBy,
  idsMadeBy,
} from '@app/domain';

import { MemoryLedger } from '../../../domain/src/testing/memory-ledger.js';
import type { RecordedGrant } from '../readers/shapes.js';

/** The domain's ledger in memory, one command at a time, with the ids that the store derives. */
export class SerialBank extends MemoryLedger {
  /** The ids that the store knows the scheduler's commands by, by those of the ledger in memory. */
  private readonly dueIds = new Map<string, string>();

  /** When each grant was made and last changed. */
  private readonly grantTimes = new Map<string, Pick<RecordedGrant, 'createdAt' | 'updatedAt'>>();

  override tell(command: Command, at: EpochMs): Decision {
    const work = dueWorkOf(command);
    if (work !== undefined) this.dueIds.set(work.join('/'), command.id);
    return super.tell(command, at);
  }

  protected override keep(decision: Applied): void {
    super.keep(decision);
    for (const { grantId } of decision.grants) {
      const createdAt = this.grantTimes.get(grantId)?.createdAt ?? decision.at;
      this.grantTimes.set(grantId, { createdAt, updatedAt: decision.at });
    }
  }

  /** A grant as it should have been stored. */
  recorded(grant: Grant): RecordedGrant {
    const times = this.grantTimes.get(grant.grantId);
    const { texts, ...fields } = this.grants.get(grant.grantId) ?? grant;
    if (times === undefined || texts === undefined) throw new Error(`grant ${grant.grantId} was never made`);
    return { ...fields, ...texts, ...times };
  }

  override stateFor(command: Command): DecisionState {
    const state = super.stateFor(command);
    const deriveId: DecisionState['deriveId'] = (tenantId, commandId, kind, index) =>
      deriveObjectId(tenantId, this.dueIds.get(commandId) ?? commandId, kind, index);
    const known =
      command.type === 'hold.create' ? this.holds : command.type === 'schedule.create' ? this.schedules : this.grants;
    const grants = grantIdsNeededBy(command, state).flatMap((id) => this.grants.get(id) ?? []);
    return {
      ...state,
      deriveId,
      takenIds: new Set(idsMadeBy(command, deriveId).filter((id) => known.has(id))),
      grants: new Map(grants.map((grant) => [grant.grantId, grant])),
    };
  }
}

/** A scheduler's command as its decoder makes it: with the id that follows from what it is about. */
export function withDerivedId(command: Command): Command {
  return { ...command, id: derivedCommandId(command) ?? command.id };
}
