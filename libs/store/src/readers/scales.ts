import { BUILT_IN_CREDIT_TYPE, type Scale } from '@app/domain';
import { type EntityManager, In } from 'typeorm';

import { CreditTypeEntity } from '../entities/index.js';

/** Scales of credit types by id, deleted ones too; those that are not among them have 0 (they have no amounts). */
export async function scalesOf(
  manager: EntityManager,
  tenantId: string,
  creditTypes: Iterable<string>,
): Promise<ReadonlyMap<string, Scale>> {
  const ids = [...new Set(creditTypes)].filter((id) => id !== BUILT_IN_CREDIT_TYPE.id);
  if (ids.length === 0) return new Map();
  const rows = await manager.getRepository(CreditTypeEntity).find({
    select: { creditType: true, scale: true },
    where: { tenantId, creditType: In(ids) },
  });
  return new Map(rows.map(({ creditType, scale }) => [creditType, scale]));
}
