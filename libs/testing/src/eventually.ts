/**
 * Tries until the function returns (or resolves) without an error, and answers its value. For what becomes true by
 * itself: instead of a fixed sleep. The last error is thrown when time is up.
 */
export async function eventually<T>(attempt: () => T | Promise<T>, timeoutMs = 15_000, intervalMs = 50): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() >= deadline) {
        if (error instanceof Error) error.message = `not within ${timeoutMs / 1_000} s: ${error.message}`;
        throw error;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  }
}
