import type { GrantFacts, LedgerFacts } from './check.js';
import type { Postgres } from './postgres.js';
import { INITIAL_CREDITS } from './workload.js';

/** What Creditbus' tables say after a run in which only commands of this type were sent. */
export async function readLedger(
  postgres: Postgres,
  database: string,
  commandType: 'credit.delta' | 'grant.expire',
): Promise<LedgerFacts> {
  const [sums] = await postgres.query<{ entries: string; applied: string }>(
    database,
    `SELECT count(*) AS entries, coalesce(sum(applied), 0) AS applied
     FROM ledger_entries WHERE command_type = $1::command_type AND version IS NOT NULL`,
    [commandType],
  );
  const accounts = await postgres.query<{ account_id: string; version: string; wrong: boolean }>(
    database,
    `SELECT a.account_id, a.version,
            a.balance <> e.applied OR a.base + coalesce(g.remaining, 0) <> a.balance OR a.held <> 0
              OR a.version <> e.entries OR e.lowest <> 1 OR e.highest <> e.entries OR e.initial <> $1 AS wrong
     FROM accounts a JOIN (
       SELECT tenant_id, account_key, sum(applied) AS applied, count(*) AS entries, min(version) AS lowest,
              max(version) AS highest, sum(applied) FILTER (WHERE cause = 'open') AS initial
       FROM ledger_entries WHERE version IS NOT NULL GROUP BY 1, 2) e USING (tenant_id, account_key)
     LEFT JOIN (
       SELECT tenant_id, account_key, sum(remaining) AS remaining
       FROM grants WHERE live GROUP BY 1, 2) g USING (tenant_id, account_key)`,
    [INITIAL_CREDITS],
  );
  return {
    entries: Number(sums?.entries),
    applied: BigInt(sums?.applied ?? '0'),
    wrongAccounts: accounts.filter(({ wrong }) => wrong).length,
    versions: new Map(accounts.map(({ account_id, version }) => [account_id, Number(version)])),
    grants: await readGrants(postgres, database),
  };
}

/** Open grants, what was drawn from the first of each account, and where grants and allocations disagree. */
async function readGrants(postgres: Postgres, database: string): Promise<GrantFacts> {
  const [grants] = await postgres.query<{ open: string; drawn: string; wrong: string }>(
    database,
    `SELECT count(*) FILTER (WHERE g.status = 'open') AS open,
            coalesce(sum(g.amount - g.remaining) FILTER (WHERE g.priority = 1), 0) AS drawn,
            count(*) FILTER (WHERE g.remaining <> coalesce(p.amount, 0)) AS wrong
     FROM grants g LEFT JOIN (
       SELECT e.tenant_id, part ->> 'grantId' AS grant_id, sum((part ->> 'amount')::bigint) AS amount
       FROM ledger_entries e CROSS JOIN json_array_elements(e.allocations) AS part
       GROUP BY 1, 2) p USING (tenant_id, grant_id)`,
  );
  const [entries] = await postgres.query<{ wrong: string }>(
    database,
    `SELECT count(*) AS wrong FROM ledger_entries e
     WHERE e.allocations IS NOT NULL
       AND e.applied <> (SELECT coalesce(sum((part ->> 'amount')::bigint), 0)
                         FROM json_array_elements(e.allocations) AS part)`,
  );
  return {
    open: Number(grants?.open),
    drawn: BigInt(grants?.drawn ?? '0'),
    wrong: Number(grants?.wrong) + Number(entries?.wrong),
  };
}
