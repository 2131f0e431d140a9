import { Injectable } from '@nestjs/common';
import { CreditTypeReader, type CreditTypeView } from '@app/store';

import type { Principal } from '../../auth/principal.js';
import { databaseRead } from '../../reads/database-read.js';

/** What credits are called, for lists that name them. */
@Injectable()
export class CreditNames {
  constructor(private readonly types: CreditTypeReader) {}

  /** Those of these credits that there are, by id; deleted ones are not among them. */
  async of({ tenantId }: Principal, credits: Iterable<string>): Promise<ReadonlyMap<string, CreditTypeView>> {
    const types = await databaseRead(() => this.types.named(tenantId, credits));
    return new Map(types.map((type) => [type.id, type]));
  }
}
