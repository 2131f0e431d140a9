import { deriveObjectId } from '@app/contracts';
import { type Account, type Command, type CreditType, BUILT_IN_CREDIT_TYPE } from '@app/domain';
import type { DataSource } from 'typeorm';

import type { Decide } from '../ports.js';
import { AccountReader } from '../readers/account-reader.js';
import { EntryReader } from '../readers/entry-reader.js';
import { TENANT } from './ledger-fixture.js';

interface RecordedOrder {
  readonly command_id: string;
  readonly account_id: string;
  readonly version: string | null;
  readonly before_balance: string | null;
}

/**
 * The serial model of concurrent chunks: their commands one by one, in the order in which the ledger took them.
 * That order is known per account for applied entries (their versions); a rejection must be right at some version.
 */
export function accountsModel(dataSource: DataSource, commands: readonly Command[]) {
  const byId = new Map(commands.map((command) => [command.id, command]));
  const creditType: CreditType = BUILT_IN_CREDIT_TYPE;
  const deriveId = deriveObjectId;

  return {
    async check(decide: Decide): Promise<void> {
      const recorded = await dataSource.query<RecordedOrder[]>(
        `select e.command_id, coalesce(e.account_id, a.account_id) as account_id, e.version, e.before_balance
         from ledger_entries e left join accounts a using (tenant_id, account_key)
         order by account_id, e.version nulls last, e.log_partition, e.log_offset`,
      );
      expect(recorded).toHaveLength(commands.length);
      const states = new Map<string, (Account | undefined)[]>();
      for (const row of recorded) {
        const command = byId.get(row.command_id);
        if (command === undefined) throw new Error(`entry ${row.command_id} has no command`);
        const history = states.get(row.account_id) ?? [undefined];
        states.set(row.account_id, history);
        const entry = await new EntryReader(dataSource).findByCommandId(TENANT, command.id);
        if (row.version === null) {
          // Right for the account as it was at one of its versions; ids of other accounts are the ledger's to know.
          const possible = history.some((account) =>
            [true, false].some((externalIdTaken) => {
              const decision = decide(
                { account, creditType, externalIdTaken, deriveId },
                command,
                entry?.recordedAt ?? 0,
              );
              return (
                decision.status === 'rejected' &&
                decision.code === entry?.code &&
                decision.before?.balance === entry.before?.balance
              );
            }),
          );
          expect({ command, possible }).toEqual({ command, possible: true });
        } else {
          const account = history.at(-1);
          const decision = decide(
            { account, creditType, externalIdTaken: false, deriveId },
            command,
            entry?.recordedAt ?? 0,
          );
          if (decision.status !== 'applied')
            throw new Error(`${command.id} was applied; the model says ${decision.status}`);
          expect(entry).toMatchObject({
            code: decision.code,
            applied: decision.applied,
            before: decision.before,
            after: decision.after,
            version: decision.account.version,
          });
          history.push(decision.account);
        }
      }
      for (const [accountId, history] of states) {
        const view = await new AccountReader(dataSource).find(TENANT, { accountId, creditType: creditType.id });
        expect(view?.account).toEqual(history.at(-1));
      }
    },
  };
}
