import type { AccountViolation, LedgerSnapshot } from '@app/store';

import { finding, type Finding } from './finding.js';

/** I1 to I4, from Postgres alone. */
export async function checkLedger(snapshot: LedgerSnapshot): Promise<readonly Finding[]> {
  const totals = await snapshot.totals();
  const accounts = await snapshot.accounts();
  const commands = await snapshot.commands();
  const ofAccounts = `${totals.accounts} accounts`;
  const ofEntries = `${totals.applied} applied and ${totals.rejected} rejected entries`;
  return [
    finding('I1', `${ofAccounts}, ${ofEntries}`, accounts.sumsDiffer, named(accounts.first, 'sumDiffers', sumText)),
    finding('I2', ofAccounts, accounts.partsDiffer, named(accounts.first, 'partsDiffer', partsText)),
    finding(
      'I3',
      ofEntries,
      commands.count,
      commands.first.map(({ tenantId, commandId, message }) => `${tenantId} ${commandId} ${message}`),
    ),
    finding('I4', ofAccounts, accounts.versionsDiffer, named(accounts.first, 'versionsDiffer', versionsText)),
  ];
}

function named(
  violations: readonly AccountViolation[],
  kind: 'sumDiffers' | 'partsDiffer' | 'versionsDiffer',
  text: (violation: AccountViolation) => string,
): readonly string[] {
  return violations
    .filter((violation) => violation[kind])
    .map((violation) => `${nameOf(violation)}: ${text(violation)}`);
}

function nameOf({ tenantId, accountId, accountKey, creditType }: AccountViolation): string {
  return accountId === null
    ? `${tenantId} account with the key ${accountKey}`
    : `${tenantId} ${accountId} (${creditType})`;
}

/** Amounts are in minor units: the doctor does not ask for scales. */
function sumText({ balance, applied, entries, brokenLinks }: AccountViolation): string {
  if (balance === null) return `${entries} entries, but no account`;
  const sum = `balance ${balance}, ${entries} entries that sum to ${applied ?? 'nothing'} (minor units)`;
  return brokenLinks === 0 ? sum : `${sum}; ${brokenLinks} do not begin where the one before ended`;
}

function partsText({ balance, base, held, inGrants, inHolds }: AccountViolation): string {
  return (
    `balance ${balance}, base ${base} and ${inGrants} in grants; held ${held}, ${inHolds} in open holds ` +
    '(minor units); or its count of live grants and holds is wrong'
  );
}

function versionsText({ version, entries, gaps }: AccountViolation): string {
  return `version ${version ?? 'unknown'}, ${entries} applied entries, ${gaps} out of sequence`;
}
