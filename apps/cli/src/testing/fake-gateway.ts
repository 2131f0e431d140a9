import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface FakeAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The body as text, where it is no JSON or has numbers that JavaScript would change. */
  readonly text?: string;
}

/** An HTTP server on loopback that answers as a test says and remembers what it was asked. */
export class FakeGateway {
  private constructor(
    private readonly server: Server,
    readonly baseUrl: string,
    readonly requests: readonly SeenRequest[],
  ) {}

  static async start(answer: (request: SeenRequest, count: number) => FakeAnswer): Promise<FakeGateway> {
    const requests: SeenRequest[] = [];
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        const seen = { method, url, headers, body: Buffer.concat(parts).toString('utf8') };
        requests.push(seen);
        const { status, headers: own = {}, body, text } = answer(seen, requests.length);
        response.writeHead(status, { 'content-type': 'application/json', ...own });
        response.end(text ?? (body === undefined ? '' : JSON.stringify(body)));
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    return new FakeGateway(server, `http://127.0.0.1:${port}`, requests);
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(() => done()));
  }
}
