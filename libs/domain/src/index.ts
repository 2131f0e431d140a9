export * from './account.js';
export * from './amount.js';
export * from './codes.js';
export * from './command.js';
export * from './decision.js';
export * from './entry.js';
