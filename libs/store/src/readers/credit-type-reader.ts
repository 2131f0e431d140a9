import { BUILT_IN_CREDIT_TYPE } from '@app/domain';
import { type DataSource, In, IsNull, MoreThan } from 'typeorm';

import { rolloverFrom } from '../chunk/rows.js';
import { CreditTypeEntity } from '../entities/index.js';
import { checkLimit, cursorOf, type Page, pageOf, placeOf } from './page.js';
import { REACH_MAX } from './reach.js';
import type { CreditTypeView } from './shapes.js';

const LIST = 'credit-types';

/** Credit types of a tenant; the built-in type `credits` is always among them. */
export class CreditTypeReader {
  constructor(private readonly dataSource: DataSource) {}

  /** null: the tenant has no such type, or it is deleted. */
  async find(tenantId: string, creditType: string): Promise<CreditTypeView | null> {
    const row = await this.types().findOneBy({ tenantId, creditType, deletedAt: IsNull() });
    if (row !== null) return viewOf(row);
    return creditType === BUILT_IN_CREDIT_TYPE.id ? BUILT_IN_VIEW : null;
  }

  /** By id, the first 10,000. */
  async list(tenantId: string): Promise<readonly CreditTypeView[]> {
    return withBuiltIn(await this.after(tenantId, '', REACH_MAX), '');
  }

  /** By id. @throws InvalidCursor, InvalidLimit */
  async page(
    tenantId: string,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string },
  ): Promise<Page<CreditTypeView>> {
    checkLimit(limit);
    const [after = ''] = cursor === undefined ? [] : placeOf(LIST, 1, cursor);
    return pageOf(
      withBuiltIn(await this.after(tenantId, after, limit + 1), after),
      limit,
      (view) => view,
      ({ id }) => cursorOf(LIST, [id]),
    );
  }

  /** Those of these types that there are. */
  async named(tenantId: string, creditTypes: Iterable<string>): Promise<readonly CreditTypeView[]> {
    const ids = [...new Set(creditTypes)];
    if (ids.length === 0) return [];
    const rows = await this.types().findBy({ tenantId, creditType: In(ids), deletedAt: IsNull() });
    return ids.includes(BUILT_IN_CREDIT_TYPE.id) ? withBuiltIn(rows.map(viewOf), '') : rows.map(viewOf);
  }

  private async after(tenantId: string, id: string, limit: number): Promise<readonly CreditTypeView[]> {
    const rows = await this.types().find({
      where: { tenantId, deletedAt: IsNull(), creditType: MoreThan(id) },
      order: { creditType: 'ASC' },
      take: limit,
    });
    return rows.map(viewOf);
  }

  private types() {
    return this.dataSource.getRepository(CreditTypeEntity);
  }
}

/** The built-in type is among those after that id, whether it was ever put or not. */
function withBuiltIn(views: readonly CreditTypeView[], after: string): readonly CreditTypeView[] {
  const { id } = BUILT_IN_VIEW;
  if (id <= after || views.some((view) => view.id === id)) return views;
  return [...views, BUILT_IN_VIEW].sort((a, b) => (a.id < b.id ? -1 : 1));
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
