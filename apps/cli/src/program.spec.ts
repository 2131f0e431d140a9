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

/** Words as a shell makes them, up to a pipe or a redirection. */
function wordsOf(line: string): readonly string[] {
  const words = [...line.matchAll(/'([^']*)'|((?:[^\s"']|"[^"]*")+)/g)].map(
    ([, quoted, plain = '']) => quoted ?? plain.replaceAll('"', ''),
  );
  const end = words.findIndex((word) => ['|', '<', '>', '&&'].includes(word));
  return end === -1 ? words : words.slice(0, end);
}

/** The command that a line would run, without running it. */
async function parsed(line: string): Promise<string | undefined> {
  const program = buildProgram(context, { quiet: true });
  let reached: string | undefined;
  for (const leaf of program.leaves) {
    leaf.action(() => {
      reached = leaf.path;
    });
  }
  await program.parseAsync([...wordsOf(line)], { from: 'user' });
  return reached;
}

describe('every example', () => {
  it.each(all.flatMap((command) => command.examples.map(({ line }) => [line, command.path] as const)))(
    '%s is a line of its command',
    async (line, path) => {
      expect(await parsed(line)).toBe(path);
    },
  );

  it.each(buildProgram(context).examples.map(({ line }) => [line]))(
    '%s in the first help is understood',
    async (line) => {
      expect(await parsed(line)).not.toBeUndefined();
    },
  );

  it('is judged by the test: a wrong one is refused', async () => {
    await expect(parsed('credits delta key_1 three')).rejects.toThrow('is no amount');
  });
});

describe('every command', () => {
  it.each(all.map((command) => [command.path, command] as const))(
    '%s has a summary, a description, --output, --config and an example',
    (_path, command) => {
      expect(command.summary()).not.toBe('');
      expect(command.description()).toMatch(/\.$/);
      expect(command.options.map(({ long }) => long)).toEqual(expect.arrayContaining(['--output', '--config']));
      expect(command.examples.length).toBeGreaterThan(0);
    },
  );

  it('explains each argument and option', () => {
    for (const command of all) {
      for (const { description } of [...command.options, ...command.registeredArguments]) {
        expect([command.path, description]).toEqual([command.path, expect.stringMatching(/\S/)]);
      }
    }
  });

  it('calls the same thing by the same name: an option that two commands have takes the same kind of value', () => {
    const kinds = new Map<string, Set<string>>();
    // Below `api` Unkey gives the names.
    for (const { options } of all.filter(({ path }) => !path.startsWith('api '))) {
      for (const { long, flags, variadic } of options) {
        const kind = `${/[<[](.*)[>\]]/.exec(flags)?.[1] ?? 'flag'}${variadic ? ' …' : ''}`;
        kinds.set(long ?? flags, (kinds.get(long ?? flags) ?? new Set()).add(kind));
      }
    }
    const different = [...kinds].filter(([, names]) => names.size > 1).map(([name, names]) => [name, ...names]);
    expect(different).toEqual([]);
  });

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
    expect(stdout).toContain('Exit codes: 0 done, 1 refused');
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
    [['keys', 'create', '--tenant', 'a', '--name', ' ']],
    [['keys', 'create', '--tenant', 'a', '--name', 'x', '--expires-at', '2020-01-01']],
    [['credits', 'delta', 'k', '1', '--actor', '']],
    [['migrate', 'down']],
  ])('2 for %j, and stderr says why', async (args) => {
    const { exitCode, stdout, stderr } = await runInProcess(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).not.toBe('');
  });

  it('2 as JSON when JSON was asked for, whichever way', async () => {
    for (const [args, env] of [
      [['accounts', 'lst', '-o', 'json'], {}],
      [['accounts', 'list', '--nonsense', '--output=json'], {}],
      [['accounts', 'list', '--nonsense'], { CREDITBUS_OUTPUT: 'json' }],
    ] as const) {
      const { exitCode, stderr } = await runInProcess(args, { env });
      expect(exitCode).toBe(2);
      expect(JSON.parse(stderr)).toMatchObject({
        error: { code: 'USAGE', message: expect.stringContaining('unknown') },
      });
    }
  });

  it('2 with the nearest name and the help to look into', async () => {
    expect((await runInProcess(['acounts'])).stderr).toContain('Did you mean accounts?');
    expect((await runInProcess(['credits', 'dleta'])).stderr).toContain('Did you mean delta?');
    expect((await runInProcess(['credits', 'delta'])).stderr).toContain('creditbus credits delta --help');
  });

  it('0 for the version', async () => {
    expect(await runInProcess(['--version'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^\d+\.\d+/),
    });
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
