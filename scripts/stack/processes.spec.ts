import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const processes = resolve(__dirname, 'processes.mjs');

/** A parent that starts a child and keeps a temporary folder, and says the child's process id. */
async function startParent(
  childCode: string,
): Promise<{ parent: ReturnType<typeof spawn>; childPid: number; folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'processes-spec-'));
  const script = join(mkdtempSync(join(tmpdir(), 'processes-spec-script-')), 'parent.mjs');
  writeFileSync(
    script,
    `import { Child, removeAtExit } from ${JSON.stringify(processes)};
     removeAtExit(${JSON.stringify(folder)});
     const child = new Child({ name: 'child', command: process.execPath, args: ['-e', ${JSON.stringify(childCode)}], graceMs: 500,
       logFile: ${JSON.stringify(join(folder, 'child.log'))} });
     process.on('SIGTERM', async () => { await child.stop(); console.log('stopped'); process.exit(0); });
     setTimeout(() => console.log(child.pid), 300);
     setInterval(() => {}, 1000);`,
  );
  const parent = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const childPid = await new Promise<number>((found) => parent.stdout.once('data', (data) => found(Number(data))));
  return { parent, childPid, folder };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('not within 10 s');
    await new Promise((done) => setTimeout(done, 50));
  }
}

const obedient = 'setInterval(() => {}, 1000)';
const stubborn = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)";

describe('a started process', () => {
  jest.setTimeout(30_000);

  it('does not outlive a parent that was killed, and its temporary folder neither', async () => {
    const { parent, childPid, folder } = await startParent(obedient);
    expect(isAlive(childPid)).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !isAlive(childPid) && !existsSync(folder));
  });

  it('is killed when it does not stop in its time', async () => {
    const { parent, childPid } = await startParent(stubborn);
    const ended = new Promise((done) => parent.once('exit', done));
    parent.kill('SIGTERM');
    await ended;
    expect(isAlive(childPid)).toBe(false);
  });
});
