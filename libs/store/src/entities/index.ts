import { AccountEntity } from './account.entity.js';
import { ApiKeyEntity } from './api-key.entity.js';
import { CreditTypeEntity } from './credit-type.entity.js';
import { GrantEntity } from './grant.entity.js';
import { HoldEntity } from './hold.entity.js';
import { LedgerEntryEntity } from './ledger-entry.entity.js';
import { ProgressEntity } from './progress.entity.js';
import { ScheduleEntity } from './schedule.entity.js';
import { TenantEntity } from './tenant.entity.js';

/** Every table's entity. */
export const ENTITIES = [
  TenantEntity,
  ApiKeyEntity,
  CreditTypeEntity,
  AccountEntity,
  GrantEntity,
  HoldEntity,
  ScheduleEntity,
  LedgerEntryEntity,
  ProgressEntity,
];

export {
  AccountEntity,
  ApiKeyEntity,
  CreditTypeEntity,
  GrantEntity,
  HoldEntity,
  LedgerEntryEntity,
  ProgressEntity,
  ScheduleEntity,
  TenantEntity,
};
