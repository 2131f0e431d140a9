import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { checkoutRoot } from './environment.js';

/**
 * Ends the process groups that this process would leave behind, however it goes: SIGTERM and SIGKILL run no handler
 * of ours. The work is done by `scripts/stack/guard.mjs`, which notices the end of the pipe that we hold open; it
 * lives only while there is something to guard.
 */
export class ProcessGuard {
  private guard: { readonly process: ChildProcess; readonly lines: Socket } | undefined;
  private readonly leaders = new Set<number>();

  /** @param leader the process id of a group's leader */
  add(leader: number): void {
    this.leaders.add(leader);
    this.guard ??= startGuard();
    this.guard.lines.write(`add ${leader} SIGKILL 0\n`);
  }

  /** The group has ended: its number may soon be another's. */
  drop(leader: number): void {
    if (!this.leaders.delete(leader) || this.guard === undefined) return;
    this.guard.lines.write(`drop ${leader}\n`);
    if (this.leaders.size > 0) return;
    this.guard.lines.end();
    this.guard = undefined;
  }
}

/** All tests of a process share one. */
export const processGuard = new ProcessGuard();

function startGuard(): { readonly process: ChildProcess; readonly lines: Socket } {
  const script = join(checkoutRoot(), 'scripts', 'stack', 'guard.mjs');
  const guard = spawn(process.execPath, [script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  const lines = guard.stdin as Socket;
  // A guard that died only costs the protection against our own end.
  guard.on('error', () => undefined);
  lines.on('error', () => undefined);
  guard.unref();
  lines.unref();
  return { process: guard, lines };
}
