// @ts-check
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';

export const demoTenant = 'acme';
export const otherTenant = 'globex';

/**
 * The demo keys, by the name under which they are kept.
 * @type {Record<'apiKey' | 'readOnlyApiKey' | 'otherTenantApiKey', { tenantId: string, name: string, scopes: string[] }>}
 */
const keys = {
  apiKey: { tenantId: demoTenant, name: 'npm start: all scopes', scopes: ['admin'] },
  readOnlyApiKey: { tenantId: demoTenant, name: 'npm start: read only', scopes: ['credits:read'] },
  otherTenantApiKey: { tenantId: otherTenant, name: 'npm start: other tenant', scopes: ['admin'] },
};

/** @typedef {Record<keyof typeof keys, string>} DemoKeys */

/** Makes the database when the server doesn't have it yet. @param {string} serverUrl @param {string} name */
export async function ensureDatabase(serverUrl, name) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/**
 * Makes two demo tenants and three keys. Keys stay the same from start to start: their secrets are kept in a file
 * that only its owner may read, and made anew only when the database doesn't know them (any more).
 * @param {string} databaseUrl as owner
 * @param {string} keyFile
 * @returns {Promise<DemoKeys>}
 */
export async function seedTenantsAndKeys(databaseUrl, keyFile) {
  const store = createRequire(import.meta.url)(join(root, 'dist', 'libs', 'store', 'src', 'index.js'));
  const dataSource = store.createDataSource({ url: databaseUrl, applicationName: 'creditbus-start', poolSize: 1 });
  await dataSource.initialize();
  try {
    const tenants = new store.TenantStore(dataSource);
    await tenants.create(demoTenant, 'Acme (demo)');
    await tenants.create(otherTenant, 'Globex (demo)');
    const apiKeys = new store.ApiKeyStore(dataSource);
    /** @type {Partial<DemoKeys>} */
    const kept = existsSync(keyFile) ? JSON.parse(readFileSync(keyFile, 'utf8')) : {};
    /** @type {Partial<DemoKeys>} */
    const valid = {};
    for (const name of /** @type {(keyof DemoKeys)[]} */ (Object.keys(keys))) {
      const secret = kept[name];
      const found = secret === undefined ? null : await apiKeys.findByHash(store.hashApiKey(secret));
      valid[name] = found !== null && found.revokedAt === null ? secret : (await apiKeys.create(keys[name])).secret;
    }
    mkdirSync(dirname(keyFile), { recursive: true });
    writeFileSync(keyFile, `${JSON.stringify(valid, null, 2)}\n`, { mode: 0o600 });
    chmodSync(keyFile, 0o600);
    return /** @type {DemoKeys} */ (valid);
  } finally {
    await dataSource.destroy();
  }
}

/** Accounts to try things on. The command ids are fixed: a later start changes nothing. */
const accounts = [
  { key: 'apiKey', body: { accountId: 'key_1', initial: '1000', metadata: { kind: 'API key' } } },
  { key: 'apiKey', body: { accountId: 'user_7', initial: '500', onInsufficient: 'clamp' } },
  { key: 'apiKey', body: { accountId: 'company_1', initial: null } },
  { key: 'otherTenantApiKey', body: { accountId: 'key_1', initial: '50' } },
];

/** Opens the demo accounts through the gateway. @param {string} baseUrl @param {DemoKeys} demoKeys */
export async function openDemoAccounts(baseUrl, demoKeys) {
  await Promise.all(
    accounts.map(async ({ key, body }) => {
      const response = await fetch(`${baseUrl}/v1/accounts`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${demoKeys[/** @type {keyof DemoKeys} */ (key)]}`,
          'idempotency-key': `npm-start-open-${body.accountId}`,
          prefer: 'wait=10',
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(20_000),
      });
      const text = await response.text();
      if (!response.ok)
        throw new Error(`opening the demo account ${body.accountId} failed (${response.status}): ${text}`);
    }),
  );
}

/** A password for a role that lives as long as this start. */
export const newPassword = () => randomBytes(18).toString('base64url');
