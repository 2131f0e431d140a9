/** Names of the baseline's own topics; the bench gives each run fresh ones. Read once, because decorators need them. */
export interface BaselineTopics {
  readonly commands: string;
  readonly balanceChanged: string;
  readonly cacheInvalidation: string;
}

export const topics: BaselineTopics = {
  commands: process.env.BASELINE_COMMANDS_TOPIC ?? 'baseline.commands',
  balanceChanged: process.env.BASELINE_BALANCE_CHANGED_TOPIC ?? 'baseline.balance-changed',
  cacheInvalidation: process.env.BASELINE_CACHE_INVALIDATION_TOPIC ?? 'baseline.cache-invalidation',
};
