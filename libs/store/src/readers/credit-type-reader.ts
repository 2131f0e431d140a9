import { BUILT_IN_CREDIT_TYPE } from '@app/domain';
import { type DataSource, IsNull } from 'typeorm';

import { rolloverFrom } from '../chunk/rows.js';
import { CreditTypeEntity } from '../entities/index.js';
import type { CreditTypeView } from './shapes.js';

/** Credit types of a tenant; the built-in type `credits` is always among them. */
export class CreditTypeReader {
  constructor(private readonly dataSource: DataSource) {}

  /** null: the tenant has no such type, or it is deleted. */
  async find(tenantId: string, creditType: string): Promise<CreditTypeView | null> {
    const row = await this.types().findOneBy({ tenantId, creditType, deletedAt: IsNull() });
    if (row !== null) return viewOf(row);
    return creditType === BUILT_IN_CREDIT_TYPE.id ? BUILT_IN_VIEW : null;
  }

  /** By id. */
  async list(tenantId: string): Promise<readonly CreditTypeView[]> {
    const rows = await this.types().find({ where: { tenantId, deletedAt: IsNull() }, order: { creditType: 'ASC' } });
    const views = rows.map(viewOf);
    if (views.some(({ id }) => id === BUILT_IN_CREDIT_TYPE.id)) return views;
    return [...views, BUILT_IN_VIEW].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  private types() {
    return this.dataSource.getRepository(CreditTypeEntity);
  }
}

const BUILT_IN_VIEW: CreditTypeView = {
  ...BUILT_IN_CREDIT_TYPE,
  defaultExpiry: null,
  defaultRollover: null,
  deletedAt: null,
  name: null,
  description: null,
  singularName: null,
  pluralName: null,
  icon: null,
  prices: [],
  metadata: null,
  version: 0n,
  createdAt: 0,
  updatedAt: 0,
};

function viewOf(row: CreditTypeEntity): CreditTypeView {
  const { tenantId: _tenantId, creditType: id, defaultRolloverPercent, defaultRolloverCap, prices, ...same } = row;
  return {
    ...same,
    id,
    prices: prices ?? [],
    defaultRollover: rolloverFrom(defaultRolloverPercent, defaultRolloverCap),
  };
}
