import { COMPATIBLE_APIS } from '@app/config';

import { openApiDocument } from './documentation/document.js';
import { createGatewayApp } from './gateway-app.js';
import type { GatewayConnections } from './gateway-connections.js';
import type { GatewayOptions } from './gateway-options.js';

const uncalled = (): never => {
  throw new Error('the app was made only to be described');
};

const NO_CONNECTIONS: GatewayConnections = {
  log: { publish: uncalled },
  replies: { expect: uncalled },
  accounts: { find: uncalled, list: uncalled, balanceAt: uncalled },
  entries: { findByCommandId: uncalled, list: uncalled, movements: uncalled },
  grants: { find: uncalled, list: uncalled, entries: uncalled, named: uncalled },
  holds: { find: uncalled, list: uncalled },
  holdings: { grants: uncalled, ends: uncalled, countGrants: uncalled, movements: uncalled, countMovements: uncalled },
  schedules: { find: uncalled, list: uncalled, templates: uncalled, search: uncalled },
  creditTypes: { find: uncalled, list: uncalled },
  keys: { findByHash: uncalled, touch: uncalled },
  readiness: [],
};

const OPTIONS: GatewayOptions = {
  waitMaxSeconds: 30,
  keyCacheMs: 5_000,
  compatibleApis: COMPATIBLE_APIS,
  klaimCreditType: 'credits',
  rateLimit: undefined,
  docsEnabled: false,
  metricsEnabled: false,
  adminPort: undefined,
  trustedProxies: [],
  requestTimeoutMs: 30_000,
};

/** The OpenAPI document of the gateway, made without Kafka and Postgres: nothing is called, only described. */
export async function generateOpenApi(): Promise<object> {
  const app = await createGatewayApp(NO_CONNECTIONS, OPTIONS);
  try {
    return openApiDocument(app);
  } finally {
    await app.close();
  }
}
