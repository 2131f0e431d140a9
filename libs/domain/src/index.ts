export * from './account.js';
export * from './amount.js';
export * from './balances.js';
export * from './codes.js';
export * from './command.js';
export { decide } from './decide.js';
export * from './decision.js';
export * from './entry.js';
