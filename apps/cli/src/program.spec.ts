import type { CliContext } from './context.js';
import { generateCliDocs } from './docs.js';
import { buildProgram } from './program.js';
import { runInProcess } from './testing/run-in-process.js';

const context = {
  stdout: process.stdout,
  stderr: process.stderr,
  env: {},
  stack: () => undefined,
} as unknown as CliContext;

const all = buildProgram(context).leaves;

describe('every command', () => {
  it.each(all.map((command) => [command.path, command] as const))(
    '%s has a summary, --output and an example',
    (path, command) => {
      expect(command.summary()).not.toBe('');
      expect(command.options.some(({ long }) => long === '--output')).toBe(true);
      expect(command.examples.length).toBeGreaterThan(0);
      for (const { line } of command.examples) {
        // `topics` stands for `topics create`: an example may leave out what is the default.
        expect(line.startsWith(path) || path.startsWith(line.split(' ')[0] ?? '-')).toBe(true);
      }
    },
  );

  it('is in docs/cli.md', () => {
    const { 'docs/cli.md': text = '' } = generateCliDocs();
    for (const command of all) expect(text).toContain(`\n## creditbus ${command.path}\n`);
  });
});

describe('exit codes', () => {
  it('0 when help was asked for', async () => {
    const { exitCode, stdout, stderr } = await runInProcess(['credits', 'delta', '--help']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('$ creditbus credits delta key_1 -3');
  });

  it.each([
    [[]],
    [['nonsense']],
    [['credits', 'dleta']],
    [['credits', 'delta', 'k']],
    [['credits', 'delta', 'k', '1e3']],
    [['credits', 'delta', 'k', '--', '-1e3']],
    [['credits', 'delta', 'k', '1', 'more']],
    [['credits', 'delta', 'k', '1', '--wait', '31']],
    [['credits', 'delta', 'k', '1', '--nonsense']],
    [['accounts', 'list', '--output', 'xml']],
    [['keys', 'create', '--tenant', 'a b', '--name', 'x']],
    [['keys', 'create', '--tenant', 'a', '--name', 'x', '--scopes', 'all']],
    [['migrate', 'down']],
  ])('2 for %j, and stderr says why', async (args) => {
    const { exitCode, stdout, stderr } = await runInProcess(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).not.toBe('');
  });

  it('3 when Postgres can not be reached, without its password', async () => {
    const env = { DATABASE_URL: 'postgres://u:secret@127.0.0.1:1/x' };
    const { exitCode, stderr } = await runInProcess(['tenants', 'list'], { env });
    expect(exitCode).toBe(3);
    expect(stderr).toContain('Postgres at 127.0.0.1:1/x can not be reached');
    expect(stderr).not.toContain('secret');
  });

  it('2 when the configuration is wrong, with all that is wrong at once', async () => {
    const { exitCode, stderr } = await runInProcess(['tenants', 'list'], {
      env: { DATABASE_URL: 'x', DATABASE_SSL: 'maybe' },
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('DATABASE_URL');
    expect(stderr).toContain('DATABASE_SSL');
  });
});
