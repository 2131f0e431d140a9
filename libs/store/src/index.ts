export * from './ports.js';
export * from './readers/account-reader.js';
export * from './readers/api-key-store.js';
export * from './readers/credit-type-reader.js';
export * from './readers/entry-reader.js';
export * from './readers/page.js';
export * from './readers/shapes.js';
export * from './readers/tenant-store.js';
