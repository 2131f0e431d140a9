import { createHash } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import { HoldReader, type HoldView } from '@app/store';

import type { Principal } from '../../auth/principal.js';
import type { JsonObject } from '../../http/json-body.js';
import { Problem } from '../../http/problem.js';
import { accountNotFound } from '../../reads/account-directory.js';
import { databaseRead } from '../../reads/database-read.js';
import { Companies } from './companies.js';
import { isProblem } from './errors.js';
import { type Asked, RepeatedCommands } from './repeats.js';

/** The key of a hold's metadata that makes it a lease; its value counts the leases of its account, from 1. */
const LEASE = 'schematic.lease';

/** Leases of one account that came and went between a look and a try. */
const ATTEMPTS_MAX = 10;

export interface LeaseAsked {
  readonly company_id: string;
  readonly credit_type_id: string;
  readonly requested_amount: string;
  readonly expires_at?: string;
}

/**
 * One active lease per company and credit. The id of an account's next lease follows from how many it had, and hold
 * ids are unique: of those who acquire at the same moment one makes it, the others find it made.
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
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      const asked = this.commands.attempt(request, attempt);
      try {
        const earlier = await this.commands.earlier(caller, asked);
        if (earlier?.holdId !== undefined) return earlier.holdId;
        const last = await this.last(caller, { accountId, creditType });
        if (last?.hold.status === 'open' && last.hold.expiresAt > Date.now()) return last.hold.holdId;
        const fields = leaseCommand(lease, Number(last?.hold.metadata?.[LEASE] ?? 0) + 1);
        const { holdId } = await this.commands.run(caller, asked, fields, { accountId, creditType });
        if (holdId !== undefined) return holdId;
      } catch (error) {
        if (!isProblem(error, 'HOLD_EXISTS')) throw error;
      }
    }
    throw new Problem(409, 'HOLD_EXISTS', 'leases of this credit come and go too fast; try again');
  }

  private async last(
    caller: Principal,
    account: { accountId: string; creditType: string },
  ): Promise<HoldView | undefined> {
    const query = { metadataKey: LEASE, limit: 1 };
    return (await databaseRead(() => this.holds.list(caller.tenantId, account, query))).items[0];
  }
}

/** A company gets what is there when it is less than it asked for. */
function leaseCommand(lease: LeaseAsked, count: number): JsonObject {
  const { company_id: company, credit_type_id: credit, requested_amount: amount, expires_at: expiresAt } = lease;
  const digest = createHash('sha256')
    .update(JSON.stringify([company, credit, count]))
    .digest('hex');
  return {
    type: 'hold.create',
    holdId: `lease_${digest.slice(0, 32)}`,
    amount,
    partial: true,
    expiresAt,
    metadata: { [LEASE]: String(count) },
  };
}
