/** Throws or rejects when the thing is not well; the message says why. */
export interface HealthCheck {
  readonly name: string;
  check(): void | Promise<void>;
}

export interface CheckReport {
  readonly status: 'up' | 'down';
  /** Why it is down. */
  readonly message?: string;
}

export interface HealthReport {
  readonly status: 'up' | 'down';
  readonly checks: Readonly<Record<string, CheckReport>>;
}

export const HEALTH_CHECK_TIMEOUT_MS = 3_000;

/** Runs all checks at the same time; one that doesn't answer in time is down. Never rejects. */
export async function healthReport(
  checks: readonly HealthCheck[],
  timeoutMs = HEALTH_CHECK_TIMEOUT_MS,
): Promise<HealthReport> {
  const reports = await Promise.all(checks.map(async (check) => [check.name, await run(check, timeoutMs)] as const));
  const status = reports.every(([, report]) => report.status === 'up') ? 'up' : 'down';
  return { status, checks: Object.fromEntries(reports) };
}

async function run(check: HealthCheck, timeoutMs: number): Promise<CheckReport> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([Promise.resolve().then(() => check.check()), late]);
    return { status: 'up' };
  } catch (error) {
    return { status: 'down', message: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Liveness of something that must show a sign of life from time to time: a client that hangs silently is noticed by
 * the age of its last sign, not by asking it.
 */
export class SignOfLife implements HealthCheck {
  constructor(
    readonly name: string,
    /** When it last showed one, ms since the epoch. */
    private readonly lastAtMs: () => number,
    private readonly maxAgeMs: number,
    private readonly nowMs: () => number = Date.now,
  ) {}

  /** @throws Error when the last sign is too old */
  check(): void {
    const ageMs = this.nowMs() - this.lastAtMs();
    if (ageMs > this.maxAgeMs) {
      throw new Error(`no sign of life for ${Math.round(ageMs / 1_000)} s, allowed are ${this.maxAgeMs / 1_000} s`);
    }
  }
}
