export interface FlexpriceAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** Plain HTTP in Flexprice's shapes, for what its client doesn't know. */
export class FlexpriceHttp {
  constructor(
    private readonly baseUrl: string,
    private readonly key: string,
  ) {}

  get(path: string): Promise<FlexpriceAnswer> {
    return this.raw('GET', path);
  }

  post(path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<FlexpriceAnswer> {
    return this.raw('POST', path, JSON.stringify(body), headers);
  }

  put(path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<FlexpriceAnswer> {
    return this.raw('PUT', path, JSON.stringify(body), headers);
  }

  delete(path: string): Promise<FlexpriceAnswer> {
    return this.raw('DELETE', path);
  }

  /** The body as it is. */
  async raw(
    method: string,
    path: string,
    body?: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<FlexpriceAnswer> {
    const response = await fetch(`${this.baseUrl}/v1${path}`, {
      method,
      headers: {
        'x-api-key': this.key,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
    return { status: response.status, body: (await response.json()) as FlexpriceAnswer['body'] };
  }

  /** The body of an error. */
  error(message: string): object {
    return { success: false, error: { message, internal_error: null } };
  }
}
