export { Creditbus, type CreditbusOptions } from './creditbus.js';
export { CommandRejected, CreditbusError, type ClientCode, type ErrorCode } from './errors.js';
export type { ExactNumber } from './exact-number.js';
export { PROBLEM_CODES } from './generated/operations.js';
export type { Fetch, FetchAnswer, FetchInit } from './http/fetch.js';
export type { RetryPolicy } from './http/retry.js';
export type { CallOptions, WriteOptions } from './http/transport.js';
export { type Page, Paged } from './paged.js';
export type { Accounts } from './routes/accounts.js';
export type { Commands, OutcomeOptions } from './routes/commands.js';
export type { CreditTypes } from './routes/credit-types.js';
export type { Grants } from './routes/grants.js';
export type { Holds } from './routes/holds.js';
export type { Schedules } from './routes/schedules.js';
export * from './types.js';
export { uuidV7 } from './uuid-v7.js';

export {
  type AccountName,
  type Balance,
  type CacheInvalidation,
  invalidationOf,
  type ReadBalance,
} from './cache/balance.js';
export { type Applied, BalanceCache, type BalanceCacheOptions } from './cache/balance-cache.js';
export { followWithKafkaJs, type KafkaJsAdmin, type KafkaJsConsumer } from './cache/kafkajs.js';
export { readBalancesOf } from './cache/read-balance.js';
export type { HeaderValue, InvalidationRecord } from './cache/record.js';
