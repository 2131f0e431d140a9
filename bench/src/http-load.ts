import { Agent, request } from 'node:http';
import { type Percentiles, percentiles } from './statistics.js';

/** One request of a load, and what must come back. */
export interface LoadRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly status: number;
}

/** What a load showed. Milliseconds from the first byte sent to the last received. */
export interface HttpLoad extends Percentiles {
  readonly requests: number;
  readonly seconds: number;
  readonly requestsPerSecond: number;
}

/**
 * Sends `count` requests over so many connections, on each the next one as soon as the last was answered.
 * @throws Error with the first answer that is not the expected one.
 */
export async function httpLoad(
  port: number,
  connections: number,
  requests: Iterator<LoadRequest, never>,
  count: number,
): Promise<HttpLoad> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  let left = count;
  const connection = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const { value } = requests.next();
      const sentAtMs = performance.now();
      await send(agent, port, value);
      latencies.push(performance.now() - sentAtMs);
    }
  };
  const startedAtMs = performance.now();
  try {
    await Promise.all(Array.from({ length: connections }, connection));
  } finally {
    agent.destroy();
  }
  const seconds = (performance.now() - startedAtMs) / 1000;
  return { requests: count, seconds, requestsPerSecond: count / seconds, ...percentiles(latencies) };
}

function send(agent: Agent, port: number, { path, headers, body, status }: LoadRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const length = String(Buffer.byteLength(body));
    const all = { ...headers, 'content-type': 'application/json', 'content-length': length };
    const sent = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers: all }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === status) resolve();
        else reject(new Error(`POST ${path} was answered with ${response.statusCode}: ${text.slice(0, 500)}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
