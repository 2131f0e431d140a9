export * from './command-from-body.js';
export * from './common-fields.dto.js';
export * from './configure-account.dto.js';
export * from './credit.dto.js';
export * from './open-account.dto.js';
export * from './refill.dto.js';
