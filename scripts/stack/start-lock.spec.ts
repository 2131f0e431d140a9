import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const startLock = resolve(__dirname, 'start-lock.mjs');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-lock-spec-'));
  // The lock tells a start from a stranger with its number by the script's name.
  writeFileSync(
    join(folder, 'start.mjs'),
    `import { lockStart } from ${JSON.stringify(startLock)};
     console.log('ready');
     process.stdin.once('data', () => {
       try { lockStart(${JSON.stringify(folder)}); console.log('locked'); } catch (error) { console.log(error.message); }
       process.stdin.on('end', () => process.exit(0));
     });`,
  );
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What each of several starts at the same moment says; all of them run until the last has spoken. */
async function startTogether(count: number): Promise<string[]> {
  const starts = Array.from({ length: count }, () => {
    const child = spawn(process.execPath, [join(folder, 'start.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = child.stdout.setEncoding('utf8')[Symbol.asyncIterator]() as AsyncIterator<string>;
    return { child, next: async () => String((await lines.next()).value).trim() };
  });
  await Promise.all(starts.map(({ next }) => next()));
  for (const { child } of starts) child.stdin.write('go\n');
  const said = await Promise.all(starts.map(({ next }) => next()));
  for (const { child } of starts) child.stdin.end();
  return said;
}

describe('lockStart', () => {
  test.each([
    ['no lock is there', undefined],
    ['a start that crashed has left its lock', '999999999'],
    ['a lock is there that was never finished', ''],
  ])('of several starts at once exactly one gets the checkout when %s', async (_what, left) => {
    if (left !== undefined) writeFileSync(join(folder, 'start.pid'), left);
    const said = await startTogether(4);
    expect(said.filter((line) => line === 'locked')).toHaveLength(1);
    expect(said.filter((line) => line.startsWith('npm start runs in this checkout already'))).toHaveLength(3);
    expect(readFileSync(join(folder, 'start.pid'), 'utf8')).toMatch(/^\d+$/);
    expect(readdirSync(folder).sort()).toEqual(['start.mjs', 'start.pid']);
  });
});
