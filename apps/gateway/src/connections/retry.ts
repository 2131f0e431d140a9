import { setTimeout as sleep } from 'node:timers/promises';

const RETRY_MS = 1_000;

/**
 * Tries until it succeeds or the signal says stop: the gateway starts, and stays, while Kafka or Postgres is away.
 * `failed` hears of every failure.
 */
export async function untilDone(
  signal: AbortSignal,
  attempt: () => Promise<unknown>,
  failed: (error: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await attempt();
      return;
    } catch (error) {
      failed(error);
      await sleep(RETRY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}
