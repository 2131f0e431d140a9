import { type ShownCreditType, shownCreditType } from '@app/contracts';
import type { CreditTypeView } from '@app/store';

/** A credit type as it is answered (gateway, "Shapes"). Times are left out: the built-in one has none. */
export type CreditTypeJson = Omit<ShownCreditType, 'deletedAt' | 'createdAt' | 'updatedAt'>;

export function creditTypeJson(view: CreditTypeView): CreditTypeJson {
  const { deletedAt: _deletedAt, createdAt: _createdAt, updatedAt: _updatedAt, ...shown } = shownCreditType(view);
  return shown;
}
