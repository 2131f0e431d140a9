import { Client } from 'pg';

import { type ConnectionOptions, poolConfig } from './connection.js';
import { createDataSource } from './data-source.js';

const options = (url: string, tls?: ConnectionOptions['tls']): ConnectionOptions => ({
  url,
  applicationName: 'test',
  ...(tls !== undefined && { tls }),
});

describe('TLS to Postgres', () => {
  it.each(['sslmode=disable', 'sslmode=prefer', 'sslmode=no-verify', 'ssl=false', 'sslmode=disable&ssl=0'])(
    'the settings win over a URL with %s',
    (query) => {
      const config = poolConfig(options(`postgres://u:p%40@h/db?${query}`, { ca: 'CA', rejectUnauthorized: true }));
      const client = new Client(config) as Client & { readonly connectionParameters: { ssl: unknown } };
      expect(client.connectionParameters.ssl).toMatchObject({ ca: 'CA', rejectUnauthorized: true });
      expect(client.password).toBe('p@');
      const { options: made } = createDataSource(options(`postgres://u:p@h/db?${query}`, true));
      expect(made).toMatchObject({ ssl: true, url: 'postgres://u:p@h/db' });
    },
  );

  it('without settings the URL decides', () => {
    const { connectionString, ...rest } = poolConfig(options('postgres://u:p@h/db?sslmode=disable'));
    expect(connectionString).toBe('postgres://u:p@h/db?sslmode=disable');
    expect(rest).not.toHaveProperty('ssl');
  });
});
