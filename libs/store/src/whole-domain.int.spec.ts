import type { Decision, Grant, Hold, Schedule } from '@app/domain';
import fc from 'fast-check';

import { LedgerSnapshot } from './audit/ledger-snapshot.js';
import type { CommandResult, LoggedCommand } from './ports.js';
import { AccountReader } from './readers/account-reader.js';
import { CreditTypeReader } from './readers/credit-type-reader.js';
import { GrantReader } from './readers/grant-reader.js';
import { HoldReader } from './readers/hold-reader.js';
import { ScheduleReader } from './readers/schedule-reader.js';
import { ledgerFixture, TENANT, type TestPartition } from './testing/ledger-fixture.js';
import { intent, programOf, type Timed } from './testing/random-program.js';
import { SerialBank } from './testing/serial-bank.js';

const PARTITIONS = 3;
const RUNS = Number(process.env.STORE_PROGRAMS ?? 25);

const fixture = ledgerFixture();

/** What an outcome says, from either side. */
function saidBy(decision: Decision): object {
  switch (decision.status) {
    case 'not-due':
      return { deadLetter: 'NOT_DUE', message: decision.message };
    case 'catalog': {
      const { code, at, changed } = decision;
      return { status: 'applied', code, at, changed };
    }
    case 'rejected': {
      const { status, code, at, cause, requested, before, message, details } = decision;
      return { status, code, at, cause, requested, before, message, details };
    }
    case 'applied': {
      const { status, code, at, cause, requested, applied, before, after, allocations, details, account } = decision;
      const { grantId, holdId, scheduleId, reverses } = decision;
      return {
        ...{ status, code, at, cause, requested, applied, before, after, allocations, details },
        ...{ grantId, holdId, scheduleId, reverses, version: account.version },
      };
    }
  }
}

function saidIn(result: CommandResult): object {
  if (result.kind === 'dead-letter') return { deadLetter: result.reason, message: result.message };
  const { entry } = result;
  const { status, code, recordedAt: at, cause } = entry;
  if ('changed' in result && result.changed !== undefined) return { status, code, at, changed: result.changed };
  const requested = entry.requested ?? undefined;
  const before = entry.before ?? undefined;
  const details = entry.details ?? undefined;
  if (status === 'rejected') {
    return { status, code, at, cause, requested, before, message: entry.message, details };
  }
  return {
    ...{ status, code, at, cause, requested, applied: entry.applied, before, after: entry.after },
    ...{ allocations: entry.allocations, details, version: entry.version },
    ...{ grantId: entry.grantId ?? undefined, holdId: entry.holdId ?? undefined },
    ...{ scheduleId: entry.scheduleId ?? undefined, reverses: entry.reverses ?? undefined },
  };
}

/** The same with the bank's ids of scheduler's commands, which reversals never name, left as they are. */
async function checkObjects(bank: SerialBank): Promise<void> {
  const { dataSource } = fixture;
  const grants = new GrantReader(dataSource);
  const stored = new Map<string, Grant | Hold | Schedule | undefined>();
  for (const grantId of bank.grants.keys()) stored.set(grantId, (await grants.find(TENANT, grantId))?.grant);
  expect(stored).toEqual(new Map([...bank.grants].map(([id, grant]) => [id, bank.recorded(grant)])));
  const holds = new HoldReader(dataSource);
  const storedHolds = new Map<string, Hold | undefined>();
  for (const holdId of bank.holds.keys()) storedHolds.set(holdId, (await holds.find(TENANT, holdId))?.hold);
  expect(storedHolds).toEqual(bank.holds);
  const schedules = new ScheduleReader(dataSource);
  const storedSchedules = new Map<string, Schedule | undefined>();
  for (const id of bank.schedules.keys()) storedSchedules.set(id, (await schedules.find(TENANT, id))?.schedule);
  expect(storedSchedules).toEqual(bank.schedules);
  const types = await new CreditTypeReader(dataSource).list(TENANT);
  const definitions = [...bank.definitions.values()].filter(({ deletedAt }) => deletedAt === null);
  expect(types.filter(({ version }) => version > 0n)).toEqual(definitions);
  for (const { accountId, creditType } of bank.accounts.values()) {
    const view = await new AccountReader(dataSource).find(TENANT, { accountId, creditType });
    const sorted = (account: ReturnType<SerialBank['account']>) =>
      account && {
        ...account,
        grants: new Map(account.grants.map((grant) => [grant.grantId, grant])),
        holds: new Map(account.holds.map((hold) => [hold.holdId, hold])),
      };
    const told = bank.account(accountId, creditType);
    expect(sorted(view?.account)).toEqual(
      sorted(
        told && {
          ...told,
          grants: told.grants.map((grant) => bank.recorded(grant)),
          holds: told.holds.map((hold) => bank.holds.get(hold.holdId) ?? hold),
        },
      ),
    );
  }
}

it(
  'random programs of all commands, in random chunks on random partitions with restarts, end as one by one',
  async () => {
    const step = fc.record({
      intent,
      partition: fc.integer({ min: 0, max: PARTITIONS - 1 }),
      endsChunk: fc.boolean(),
      restarts: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 80, size: 'max' }), async (steps) => {
        await fixture.clear();
        const bank = new SerialBank();
        const partitions: TestPartition[] = [];
        for (let index = 0; index < PARTITIONS; index++) partitions.push(await fixture.partition(index));
        // Runs of commands on one partition, each with what the bank decided.
        const chunks: { partition: number; restarts: boolean; timed: Timed[]; decided: Decision[] }[] = [];
        let step = 0;
        let open = false;
        programOf(
          steps.map(({ intent: next }) => next),
          bank,
          (timed) => {
            const { partition, endsChunk, restarts } = steps[step++ % steps.length] ?? steps[0] ?? never();
            const last = chunks.at(-1);
            const chunk = open && last !== undefined ? last : { partition, restarts, timed: [], decided: [] };
            if (chunk !== last) chunks.push(chunk);
            chunk.timed.push(timed);
            chunk.decided.push(bank.tell(timed.command, timed.at));
            open = !endsChunk;
          },
        );
        for (const { partition: index, restarts, timed, decided } of chunks) {
          const partition = partitions[index] ?? never();
          const commands: LoggedCommand[] = timed.flatMap(({ command, at }) => partition.at(at).append(command));
          const ledger = fixture.ledger();
          const results = await partition.apply(commands, ledger);
          expect(results.map(saidIn)).toEqual(decided.map(saidBy));
          if (!restarts) continue;
          // A crash before the offset was committed: it comes again, to another process. A dead letter is decided
          // anew then, which the bank doesn't know of.
          await partition.claim();
          const recorded = results.filter(({ kind }) => kind !== 'dead-letter');
          const again = await partition.apply(
            commands.filter((_, index) => results[index]?.kind !== 'dead-letter'),
            fixture.ledger(),
          );
          expect(again.map(saidIn)).toEqual(recorded.map(saidIn));
          expect(again.filter(({ kind }) => kind === 'decided')).toEqual([]);
        }
        await checkObjects(bank);
        const audit = await LedgerSnapshot.read(fixture.dataSource, (snapshot) => snapshot.accounts());
        expect(audit).toEqual({ sumsDiffer: 0, partsDiffer: 0, versionsDiffer: 0, first: [] });
      }),
      { numRuns: RUNS, endOnFailure: process.env.CI !== undefined },
    );
  },
  10 * 60_000,
);

function never(): never {
  throw new Error('there is always one');
}
