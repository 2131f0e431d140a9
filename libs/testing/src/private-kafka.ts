import { PrivateServer } from './private-server.js';

/** A broker of a test's own that can be taken away. Its address stays the same. */
export interface PrivateKafka {
  /** For `KAFKA_BROKERS`. */
  readonly brokers: string;
  /** Comes back at the same address with its data. */
  start(): Promise<void>;
  /** In order. */
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** SIGSTOP: connections stay open and nothing is answered. */
  freeze(): Promise<void>;
  resume(): Promise<void>;
  /** For good; its data is removed. */
  dispose(): Promise<void>;
}

/** Starts a real, embedded broker (a few seconds; needs Java and, the first time, Maven). */
export async function startKafka(): Promise<PrivateKafka> {
  const { server, address } = await PrivateServer.start('kafka');
  return {
    brokers: address,
    start: async () => void (await server.request('start')),
    stop: async () => void (await server.request('stop')),
    kill: async () => void (await server.request('kill')),
    freeze: async () => void (await server.request('freeze')),
    resume: async () => void (await server.request('resume')),
    dispose: () => server.dispose(),
  };
}
