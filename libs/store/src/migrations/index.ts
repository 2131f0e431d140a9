import { Tenants1764000000000 } from './1764000000000-tenants.js';
import { Accounts1764000001000 } from './1764000001000-accounts.js';
import { Ledger1764000002000 } from './1764000002000-ledger.js';
import { Progress1764000003000 } from './1764000003000-progress.js';
import { Roles1764000004000 } from './1764000004000-roles.js';

/** All migrations, oldest first. A migration that has been released is never changed. */
export const MIGRATIONS = [
  Tenants1764000000000,
  Accounts1764000001000,
  Ledger1764000002000,
  Progress1764000003000,
  Roles1764000004000,
];
