import { Inject, Injectable } from '@nestjs/common';
import { accountKeyOfSystemId, isLengthWithin, LIMITS } from '@app/contracts';
import type { Account } from '@app/domain';
import { AccountReader, type AccountAddress } from '@app/store';

import type { Principal } from '../../auth/principal.js';
import { GATEWAY_OPTIONS, type GatewayOptions } from '../../gateway-options.js';
import { accountNotFound } from '../../reads/account-directory.js';
import { databaseRead } from '../../reads/database-read.js';

/** Finds the account that Klaim calls a user. */
@Injectable()
export class KlaimUsers {
  constructor(
    private readonly accounts: AccountReader,
    @Inject(GATEWAY_OPTIONS) private readonly options: GatewayOptions,
  ) {}

  /**
   * By its system id, of whatever credit type; else by the customer's own id: an account id or an external id of the
   * configured credit type.
   * @throws Problem 404 when the tenant has no such account, 503 when that can't be told
   */
  async find({ tenantId }: Principal, userId: string): Promise<Account> {
    for (const address of addressesOf(userId, this.options.klaimCreditType)) {
      const view = await databaseRead(() => this.accounts.find(tenantId, address));
      if (view) return view.account;
    }
    throw accountNotFound(userId);
  }
}

/** What the id may name, in the order in which it is tried; nothing for a text that no account can be called. */
function addressesOf(id: string, creditType: string): readonly AccountAddress[] {
  if (!isLengthWithin(id, 1, LIMITS.idCharactersMax) || id.includes('\0')) return [];
  const ownIds = [
    { accountId: id, creditType },
    { externalId: id, creditType },
  ];
  return accountKeyOfSystemId(id) === undefined ? ownIds : [{ systemId: id }, ...ownIds];
}
