import type { AppProcess } from '@app/testing';

/** An answer of a plain HTTP call: the text as sent, since `JSON.parse` would lose digits. */
export interface UnkeyAnswer {
  readonly status: number;
  readonly text: string;
  readonly contentType: string | null;
}

export interface PostOptions {
  /** Root key; null: no Authorization at all. */
  readonly rootKey?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One of Unkey's procedures over plain HTTP, with a body as it is. */
export async function post(
  app: AppProcess,
  procedure: string,
  body: string,
  { rootKey = null, headers = {} }: PostOptions = {},
): Promise<UnkeyAnswer> {
  const response = await fetch(`${app.baseUrl}/v2/${procedure}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(rootKey !== null && { authorization: `Bearer ${rootKey}` }),
      ...headers,
    },
    body,
  });
  return { status: response.status, text: await response.text(), contentType: response.headers.get('content-type') };
}

/** What a call of the client threw. */
export async function failureOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error('the call did not fail');
}
