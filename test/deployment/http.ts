import { ApiKeyStore, createDataSource, type NewApiKey } from '@app/store';
import type { AppProcess } from '@app/testing';
import type { Deployment } from './deployment.js';

/** What a gateway answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export interface SendOptions {
  readonly body?: object;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request to a gateway process. */
export async function request(app: AppProcess, method: string, path: string, options: SendOptions): Promise<Answer> {
  const response = await fetch(`${app.baseUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${options.key}`,
      ...(options.body !== undefined && { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] };
}

/** An API key, with all scopes unless said otherwise. */
export async function createKey(
  deployment: Deployment,
  tenantId: string,
  limits: Partial<Pick<NewApiKey, 'scopes' | 'accountPrefix' | 'group'>> = {},
): Promise<string> {
  const dataSource = createDataSource({ url: deployment.database.url, applicationName: 'test' });
  await dataSource.initialize();
  try {
    return (await new ApiKeyStore(dataSource).create({ tenantId, name: 'test', scopes: ['admin'], ...limits })).secret;
  } finally {
    await dataSource.destroy();
  }
}
