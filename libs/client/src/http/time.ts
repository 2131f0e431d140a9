/** Longest time that a timer takes, ms: about 25 days. It fires at once for a longer one. */
const TIMER_MS_MAX = 2 ** 31 - 1;

/** Resolves after `ms`. @throws the signal's reason as soon as it is aborted. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(reasonOf(signal));
    const onAbort = (): void => {
      clearTimeout(timer);
      if (signal) reject(reasonOf(signal));
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      },
      Math.min(ms, TIMER_MS_MAX),
    );
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/**
 * What a promise comes to, unless the signal is aborted first. What it stands for goes on.
 * @throws the signal's reason when aborted
 */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(reasonOf(signal));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    // Listened to in any case: nobody else hears of its failure.
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Marks an abort that a time limit caused. */
export const TIMED_OUT = Symbol('timed out');

/**
 * Runs `work` with a signal that is aborted with the caller's signal, or after `ms` with `TIMED_OUT`. No listener stays
 * on the caller's signal, which may live as long as its process.
 */
export async function withTimeout<T>(
  ms: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const onAbort = (): void => controller.abort(signal?.reason);
  if (signal?.aborted) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(() => controller.abort(TIMED_OUT), Math.min(ms, TIMER_MS_MAX));
  try {
    return await unlessAborted(work(controller.signal), controller.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

function reasonOf(signal: AbortSignal): Error {
  // A reason may be anything; it is thrown as it is, like fetch does.
  return signal.reason as Error;
}
