import { createHash } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import { HoldReader, LEASE_ID_PREFIX } from '@app/store';

import type { Principal } from '../../auth/principal.js';
import type { JsonObject } from '../../http/json-body.js';
import { Problem } from '../../http/problem.js';
import { accountNotFound } from '../../reads/account-directory.js';
import { databaseRead } from '../../reads/database-read.js';
import { Companies } from './companies.js';
import { isProblem } from './errors.js';
import { type Asked, RepeatedCommands } from './repeats.js';

/** Leases of one account that came and went between a look and a try. */
const ATTEMPTS_MAX = 10;

export interface LeaseAsked {
  readonly company_id: string;
  readonly credit_type_id: string;
  readonly requested_amount: string;
  readonly expires_at?: string;
}

/**
 * One active lease per company and credit. A hold is a lease by its id, which follows from the account's lease before
 * it, and hold ids are unique: of those who acquire at the same moment one makes it, the others find it made. An id that
 * an account's newest lease doesn't explain was taken by somebody else; then the next one follows.
 */
@Injectable()
export class Leases {
  constructor(
    private readonly companies: Companies,
    private readonly holds: HoldReader,
    private readonly commands: RepeatedCommands,
  ) {}

  /**
   * The id of the company's active lease, now made unless there is one; or of the one that this request made before.
   * @throws Problem 404 when the company has none of the credit, `INSUFFICIENT_CREDITS` when nothing is there
   */
  async acquire(caller: Principal, request: Asked, lease: LeaseAsked): Promise<string> {
    const { company_id: accountId, credit_type_id: creditType } = lease;
    if (!(await this.companies.credit(caller, accountId, creditType))) throw accountNotFound(accountId);
    const account = { accountId, creditType };
    let taken: { readonly after: string | undefined; readonly ids: number } | undefined;
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      const asked = this.commands.attempt(request, attempt);
      let after = taken?.after;
      try {
        const earlier = await this.commands.earlier(caller, asked);
        if (earlier?.holdId !== undefined) return earlier.holdId;
        const newest = await databaseRead(() => this.holds.newestLease(caller.tenantId, account));
        if (newest?.status === 'open' && newest.expiresAt > Date.now()) return newest.holdId;
        after = newest?.holdId;
        const skipped = taken?.after === after ? (taken?.ids ?? 0) : 0;
        const { holdId } = await this.commands.run(caller, asked, leaseCommand(lease, after, skipped), account);
        if (holdId !== undefined) return holdId;
      } catch (error) {
        if (!isProblem(error, 'HOLD_EXISTS')) throw error;
      }
      taken = { after, ids: taken?.after === after ? (taken?.ids ?? 0) + 1 : 1 };
    }
    throw new Problem(409, 'HOLD_EXISTS', 'leases of this credit come and go too fast; try again');
  }
}

/**
 * A company gets what is there when it is less than it asked for.
 * @param after the account's lease before it
 * @param skipped how many ids behind that were taken by somebody else
 */
function leaseCommand(lease: LeaseAsked, after: string | undefined, skipped: number): JsonObject {
  const { company_id: company, credit_type_id: credit, requested_amount: amount, expires_at: expiresAt } = lease;
  const digest = createHash('sha256')
    .update(JSON.stringify([company, credit, after ?? null, skipped]))
    .digest('hex');
  return {
    type: 'hold.create',
    holdId: `${LEASE_ID_PREFIX}${digest.slice(0, 32)}`,
    amount,
    partial: true,
    expiresAt,
  };
}
