import type { Call, CallOptions, Transport, WriteOptions } from '../http/transport.js';
import { type Page, Paged } from '../paged.js';
import type { OperationId, Written } from '../types.js';

/** Routes of one tag of the OpenAPI document. */
export abstract class RouteGroup {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  protected async write(id: OperationId, call: Call, options: WriteOptions | undefined): Promise<Written> {
    return (await this.#transport.call(id, call, options)).body as Written;
  }

  protected async read<T>(id: OperationId, call: Call, options: CallOptions | undefined): Promise<T> {
    return (await this.#transport.call(id, call, options)).body as T;
  }

  protected paged<T>(id: OperationId, call: Call, options: CallOptions | undefined): Paged<T> {
    return new Paged((cursor) => {
      const query = cursor === undefined ? call.query : { ...call.query, cursor };
      return this.read<Page<T>>(id, { ...call, query }, options);
    });
  }
}
