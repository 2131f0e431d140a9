import { deriveObjectId } from '@app/contracts';
import { BUILT_IN_CREDIT_TYPE, decide, type Account, type Command } from '@app/domain';

/** Time plays no part in what the demo does; any instant will do. */
const AT = 0;

/** One command after the other, each id once: what the whole system must come to, however it is killed. */
export class SerialModel {
  /** Outcome code by command id. */
  readonly codes = new Map<string, string>();
  private readonly accounts = new Map<string, Account>();

  apply(command: Command): void {
    if (this.codes.has(command.id)) return;
    const account = this.accounts.get(command.accountId);
    const state = {
      creditType: BUILT_IN_CREDIT_TYPE,
      externalIdTaken: false,
      deriveId: deriveObjectId,
      ...(account === undefined ? {} : { account }),
    };
    const decision = decide(state, command, AT);
    if (decision.status === 'not-due' || decision.status === 'catalog') {
      throw new Error(`the model knows no ${command.type}: ${decision.status}`);
    }
    this.codes.set(command.id, decision.code);
    if (decision.status === 'applied') this.accounts.set(command.accountId, decision.account);
  }

  /** Balance by account id, minor units. */
  balances(): ReadonlyMap<string, bigint> {
    return new Map([...this.accounts].map(([accountId, { balance }]) => [accountId, balance]));
  }
}
