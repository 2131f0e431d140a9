import { whole } from '../kinds.js';
import { type Values, withDefault } from '../variable.js';

/** What the rules of credits leave to the operator. */
export const RULES_VARIABLES = {
  ADJUSTMENT_DAYS: withDefault(
    whole(1, 3_650, 'days'),
    '30',
    'How long the credits last that a reversal gives back in place of a grant that has ended. The same for every worker.',
  ),
} as const;

export interface RulesConfig {
  readonly adjustmentDays: number;
}

export function rulesConfig(values: Values<typeof RULES_VARIABLES>): RulesConfig {
  return { adjustmentDays: values.ADJUSTMENT_DAYS };
}
