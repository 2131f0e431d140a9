import { Tenants1764000000000 } from './1764000000000-tenants.js';
import { Accounts1764000001000 } from './1764000001000-accounts.js';
import { Ledger1764000002000 } from './1764000002000-ledger.js';
import { Progress1764000003000 } from './1764000003000-progress.js';
import { Roles1764000004000 } from './1764000004000-roles.js';
import { Catalogue1764000005000 } from './1764000005000-catalogue.js';
import { GrantsAndHolds1764000006000 } from './1764000006000-grants-and-holds.js';
import { RefillsAndCounts1764000007000 } from './1764000007000-refills-and-counts.js';
import { LedgerReferences1764000008000 } from './1764000008000-ledger-references.js';
import { GrantPositions1765000001000 } from './1765000001000-grant-positions.js';
import { RefillTimeZones1765000001100 } from './1765000001100-refill-time-zones.js';
import { ReadsStayFlat1765000005000 } from './1765000005000-reads-stay-flat.js';

/** All migrations, oldest first. A migration that has been released is never changed. */
export const MIGRATIONS = [
  Tenants1764000000000,
  Accounts1764000001000,
  Ledger1764000002000,
  Progress1764000003000,
  Roles1764000004000,
  Catalogue1764000005000,
  GrantsAndHolds1764000006000,
  RefillsAndCounts1764000007000,
  LedgerReferences1764000008000,
  GrantPositions1765000001000,
  RefillTimeZones1765000001100,
  ReadsStayFlat1765000005000,
];
