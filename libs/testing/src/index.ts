export { AppProcess, type AppName, spawnApp, type SpawnAppOptions } from './app-process.js';
export { type OpenTestDatabase, openTestDatabase, type TestDatabase, testDatabase } from './database.js';
export { checkoutRoot, testDatabaseUrl, testKafkaBrokers, testRunId, uniqueName } from './environment.js';
export { eventually } from './eventually.js';
export { type PrivateKafka, startKafka } from './private-kafka.js';
export { type PrivatePostgres, startPostgres } from './private-postgres.js';
export { processGuard } from './process-guard.js';
export { type TestTopics, testTopics } from './topics.js';
