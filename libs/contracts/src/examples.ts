/*
 * One set of examples for the AsyncAPI document, the JSON Schemas and the golden files, so that what is shown is what
 * is tested.
 */

export * from './command-examples.js';
export * from './entry-examples.js';
