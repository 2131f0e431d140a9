import { Injectable } from '@nestjs/common';
import { CreditTypeReader, type CreditTypeView } from '@app/store';

import type { Principal } from '../../auth/principal.js';
import { databaseRead } from '../../reads/database-read.js';

/** What credits are called, for lists that name them. */
@Injectable()
export class CreditNames {
  constructor(private readonly types: CreditTypeReader) {}

  /** All credits of the tenant by id; deleted ones are not among them. */
  async of({ tenantId }: Principal): Promise<ReadonlyMap<string, CreditTypeView>> {
    const types = await databaseRead(() => this.types.list(tenantId));
    return new Map(types.map((type) => [type.id, type]));
  }
}
