import { ledgerFixture, TENANT } from '../testing/ledger-fixture.js';
import { ApiKeyStore, hashApiKey, InvalidApiKey } from './api-key-store.js';
import { CreditTypeReader } from './credit-type-reader.js';
import type { Scope } from './shapes.js';
import { InvalidTenantId, TenantStore, TenantUnknown } from './tenant-store.js';

const fixture = ledgerFixture();

describe('tenants', () => {
  const tenants = () => new TenantStore(fixture.dataSource);

  it('are made once, and listed by id', async () => {
    expect(await tenants().create('Initech', 'Initech Inc.')).toBe(true);
    expect(await tenants().create('Initech', 'another name')).toBe(false);
    expect((await tenants().list()).map(({ tenantId, name }) => [tenantId, name])).toEqual([
      ['Initech', 'Initech Inc.'],
      ['acme', 'acme'],
      ['globex', 'globex'],
    ]);
  });

  it.each(['', 'a b', 'ä', 'x'.repeat(65), 'a:b'])('refuse the id %j', async (id) => {
    await expect(tenants().create(id)).rejects.toThrow(InvalidTenantId);
  });
});

describe('API keys', () => {
  const keys = () => new ApiKeyStore(fixture.dataSource);

  it('are found by the hash of their secret, which is not stored', async () => {
    const expiresAt = Date.UTC(2030, 0, 1);
    const { secret, apiKey } = await keys().create({
      tenantId: TENANT,
      name: 'ci',
      scopes: ['credits:read', 'credits:write'],
      accountPrefix: 'key_',
      group: 'g',
      expiresAt,
    });
    expect(secret).toMatch(/^cb_[A-Za-z0-9_-]{43}$/);
    const found = await keys().findByHash(hashApiKey(secret));
    expect(found).toEqual(apiKey);
    expect(found).toMatchObject({
      tenantId: TENANT,
      name: 'ci',
      shown: secret.slice(0, 11),
      scopes: ['credits:read', 'credits:write'],
      accountPrefix: 'key_',
      group: 'g',
      expiresAt,
      revokedAt: null,
      lastUsedAt: null,
    });
    const [row] = await fixture.sql<{ row: string }>('select api_keys::text as row from api_keys');
    expect(row?.row).not.toContain(secret);
    expect(await keys().findByHash(hashApiKey(`${secret}x`))).toBeNull();
  });

  it('are revoked by name or by what is shown of them, each once and within the tenant', async () => {
    const make = (name: string, tenantId = TENANT) => keys().create({ tenantId, name, scopes: ['admin'] });
    await make('a');
    await make('a');
    const b = await make('b');
    const foreign = await make('a', 'globex');
    expect(await keys().revoke(TENANT, 'a')).toBe(2);
    expect(await keys().revoke(TENANT, 'a')).toBe(0);
    expect(await keys().revoke(TENANT, b.apiKey.shown)).toBe(1);
    expect(await keys().revoke(TENANT, foreign.apiKey.shown)).toBe(0);
    expect((await keys().findByHash(foreign.apiKey.hash))?.revokedAt).toBeNull();
    expect((await keys().list(TENANT)).map(({ revokedAt }) => typeof revokedAt)).toEqual([
      'number',
      'number',
      'number',
    ]);
  });

  it('remember when they were used', async () => {
    const { apiKey } = await keys().create({ tenantId: TENANT, name: 'a', scopes: ['admin'] });
    await keys().touch([]);
    await keys().touch([apiKey.hash, Buffer.alloc(32)]);
    const used = (await keys().findByHash(apiKey.hash))?.lastUsedAt ?? 0;
    expect(Math.abs(Date.now() - used)).toBeLessThan(60_000);
  });

  it('need a tenant that exists and scopes that exist', async () => {
    await expect(keys().create({ tenantId: 'nobody', name: 'a', scopes: ['admin'] })).rejects.toThrow(TenantUnknown);
    await expect(keys().create({ tenantId: TENANT, name: 'a', scopes: [] })).rejects.toThrow(InvalidApiKey);
    const scopes = ['admin', 'root'] as unknown as Scope[];
    await expect(keys().create({ tenantId: TENANT, name: 'a', scopes })).rejects.toThrow(
      'scopes root do not exist; allowed are credits:read, credits:write, catalog:write, admin',
    );
  });
});

describe('credit types', () => {
  const types = () => new CreditTypeReader(fixture.dataSource);

  it('always have the built-in type, with scale 0', async () => {
    expect(await types().find(TENANT, 'credits')).toMatchObject({ id: 'credits', scale: 0, burnOrder: 'priority' });
    expect((await types().list(TENANT)).map(({ id }) => id)).toEqual(['credits']);
  });

  it('are the tenant’s own, and gone when deleted', async () => {
    await fixture.sql(
      `insert into credit_types (tenant_id, credit_type, scale, name, deleted_at)
       values ('acme', 'usd', 2, 'Dollars', null), ('acme', 'old', 3, null, now()), ('acme', 'credits', 0, 'Credits', null)`,
    );
    expect((await types().list(TENANT)).map(({ id, name }) => [id, name])).toEqual([
      ['credits', 'Credits'],
      ['usd', 'Dollars'],
    ]);
    expect(await types().find(TENANT, 'usd')).toMatchObject({ scale: 2, version: 1n });
    expect(await types().find(TENANT, 'old')).toBeNull();
    expect(await types().find('globex', 'usd')).toBeNull();
  });
});
