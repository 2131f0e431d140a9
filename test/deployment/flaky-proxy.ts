import { createServer, request as forward, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What happens to a request: it gets through · its connection breaks before it reaches the gateway · its connection
 * breaks after the gateway has done it · it is turned away with 503 or 429.
 */
export type Fate = 'passed' | 'lost' | 'answer lost' | 503 | 429;

/** A proxy in front of a gateway that does to each request what it was told, in order; then it lets all pass. */
export class FlakyProxy {
  readonly fates: Fate[] = [];
  /** How often each fate was met. */
  readonly met = new Map<Fate, number>();

  private constructor(
    private readonly server: Server,
    private readonly targetUrl: string,
  ) {
    server.on('request', (incoming: IncomingMessage, answer: ServerResponse) => this.#handle(incoming, answer));
  }

  static async start(targetUrl: string): Promise<FlakyProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new FlakyProxy(server, targetUrl);
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #handle(incoming: IncomingMessage, answer: ServerResponse): void {
    const fate = this.fates.shift() ?? 'passed';
    this.met.set(fate, (this.met.get(fate) ?? 0) + 1);
    if (fate === 'lost') {
      incoming.socket.destroy();
      return;
    }
    if (typeof fate === 'number') {
      incoming.resume();
      answer.writeHead(fate, { 'retry-after': '0', 'content-type': 'text/plain' }).end('not now');
      return;
    }
    const { method, url, headers } = incoming;
    const target = new URL(url ?? '/', this.targetUrl);
    const onward = forward(target, { method, headers: { ...headers, host: target.host } }, (got) => {
      if (fate === 'answer lost') {
        // Only after the gateway has answered: what it did is done.
        got.resume().on('end', () => incoming.socket.destroy());
        return;
      }
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    });
    onward.on('error', () => incoming.socket.destroy());
    incoming.pipe(onward);
  }
}
