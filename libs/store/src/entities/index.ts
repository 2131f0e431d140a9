import { AccountEntity } from './account.entity.js';
import { ApiKeyEntity } from './api-key.entity.js';
import { CreditTypeEntity } from './credit-type.entity.js';
import { LedgerEntryEntity } from './ledger-entry.entity.js';
import { ProgressEntity } from './progress.entity.js';
import { TenantEntity } from './tenant.entity.js';

/** Every table's entity. */
export const ENTITIES = [
  TenantEntity,
  ApiKeyEntity,
  CreditTypeEntity,
  AccountEntity,
  LedgerEntryEntity,
  ProgressEntity,
];

export { AccountEntity, ApiKeyEntity, CreditTypeEntity, LedgerEntryEntity, ProgressEntity, TenantEntity };
