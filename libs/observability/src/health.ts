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
