import type { DataSource } from 'typeorm';

import type { CreditTypeView } from './shapes.js';

/** Credit types of a tenant; the built-in type `credits` is always among them. */
export class CreditTypeReader {
  constructor(private readonly dataSource: DataSource) {}

  /** null: the tenant has no such type, or it is deleted. */
  find(tenantId: string, creditType: string): Promise<CreditTypeView | null> {
    throw new Error(`soon ${tenantId} ${creditType} ${this.dataSource.name}`);
  }

  list(tenantId: string): Promise<readonly CreditTypeView[]> {
    throw new Error(`soon ${tenantId}`);
  }
}
