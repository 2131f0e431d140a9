import { readStackFile, type RunningStack } from '../stack-file.js';

const LOOK_MS = 100;
const RESTART_MS_MAX = 60_000;

/** A worker that the demo may kill, and that somebody starts again. */
export interface Killable {
  readonly pid: number;
  kill(): void;
  /** Resolves when another process than `before` is ready. */
  restarted(before: number): Promise<void>;
}

/** The worker of the running stack: killed here, started again by the stack's parent. */
export class WorkerProcess implements Killable {
  constructor(private readonly readStack: () => RunningStack | undefined = readStackFile) {}

  /** Process id. @throws Error when the stack does not tell it */
  get pid(): number {
    const pid = Number(this.readStack()?.workerPid ?? '');
    if (!Number.isInteger(pid) || pid < 2) throw new Error('.creditbus/stack.json does not tell the worker process');
    return pid;
  }

  /** SIGKILL: no handler runs, nothing is finished. */
  kill(): void {
    process.kill(this.pid, 'SIGKILL');
  }

  /** Resolves when another process than `before` answers that it is ready. */
  async restarted(before: number): Promise<void> {
    const deadline = Date.now() + RESTART_MS_MAX;
    while (Date.now() < deadline) {
      const stack = this.readStack();
      const isAnother = stack?.workerPid !== undefined && Number(stack.workerPid) !== before;
      if (isAnother && (await answersReady(stack.workerUrl))) return;
      await new Promise((done) => setTimeout(done, LOOK_MS));
    }
    throw new Error(`the worker was not started again within ${RESTART_MS_MAX / 1000} s; is npm start still running?`);
  }
}

async function answersReady(workerUrl: string): Promise<boolean> {
  try {
    const response = await fetch(`${workerUrl}/health/ready`, { signal: AbortSignal.timeout(3_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
