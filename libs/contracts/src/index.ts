export * from './ids.js';
export * from './topics.js';
