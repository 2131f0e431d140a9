import { execFile } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

const ROOT = join(__dirname, '../../..');
const run = promisify(execFile);

const README = readFileSync(join(ROOT, 'libs/client/README.md'), 'utf8');
/** The programs of the README. */
const examples = [...README.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');

interface Failed {
  readonly stdout: string;
  readonly stderr: string;
}

/** Builds the package, and installs it where a service outside of this repository would have it. */
describe('the package as it is published', () => {
  let folder: string;
  let built: string;
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  const node = async (...args: string[]): Promise<string> =>
    (await run(process.execPath, args, { cwd: folder })).stdout.trim();

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'creditbus-client-')));
    const modules = join(folder, 'node_modules');
    built = join(modules, '@creditbus', 'client');
    await run(process.execPath, [join(ROOT, 'scripts/build-client.mjs'), built]);
    mkdirSync(join(modules, '@types'), { recursive: true });
    for (const name of ['@types/node', 'undici-types', 'kafkajs']) {
      symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
    }
  }, 300_000);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is imported by ES modules and required by CommonJS, each in its own kind', async () => {
    const names = 'Creditbus, BalanceCache, CreditbusError, CommandRejected, followWithKafkaJs, readBalancesOf';
    const print = `console.log([${names}].map((item) => typeof item).join());`;
    write(
      'consumer.mjs',
      `import { ${names} } from '@creditbus/client'; ${print} console.log(import.meta.resolve('@creditbus/client'));`,
    );
    write(
      'consumer.cjs',
      `const { ${names} } = require('@creditbus/client'); ${print} console.log(require.resolve('@creditbus/client'));`,
    );
    for (const [file, kind] of [
      ['consumer.mjs', 'esm'],
      ['consumer.cjs', 'cjs'],
    ] as const) {
      const [types, place] = (await node(file)).split('\n');
      expect(types).toBe(Array(6).fill('function').join());
      expect(place).toMatch(new RegExp(`@creditbus/client/${kind}/index\\.js$`));
    }
  }, 60_000);

  it('needs no other package at run time', () => {
    const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(built, 'package.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect([dependencies, peerDependencies]).toEqual([undefined, undefined]);
    const files = readdirSync(built, { recursive: true }).map(String);
    const imports = files
      .filter((name) => name.endsWith('.js'))
      .flatMap((name) => [
        ...readFileSync(join(built, name), 'utf8').matchAll(/^(?:import|export).* from '(.+)'|require\("(.+)"\)/gm),
      ])
      .map((match) => match[1] ?? match[2]);
    expect(imports.length).toBeGreaterThan(50);
    expect(imports.filter((name) => name?.startsWith('.') !== true)).toEqual([]);
  });

  describe('is compiled against', () => {
    let errors: string;
    beforeAll(async () => {
      examples.forEach((text, index) => {
        write(`example-${index}.mts`, text);
        write(`example-${index}.cts`, withoutTopLevelAwait(text));
      });
      const begin = `import type { Creditbus } from '@creditbus/client';\nexport const call = (c: Creditbus) => `;
      write('digits.mts', `${begin}c.accounts.applyDelta('key_1', { delta: -3n });`);
      write('number.mts', `${begin}c.accounts.applyDelta('key_1', { delta: -3 });`);
      write('field.cts', `${begin}c.accounts.applyDelta('key_1', { delta: '-3', amounts: '1' });`);
      errors = await compile(readdirSync(folder).filter((name) => /\.[mc]ts$/.test(name)));
    }, 300_000);

    it('by the programs of its README, as ES modules and as CommonJS', () => {
      expect(examples.length).toBeGreaterThanOrEqual(6);
      expect(errors).not.toContain('example-');
    });

    it('by tools that know no "exports", and take "main" and "types"', async () => {
      const [, charge = ''] = examples;
      write('classic.ts', charge);
      const options = ['--module', 'commonjs', '--moduleResolution', 'node10'];
      expect(await compile(['classic.ts'], options)).toBe('');
      write('classic-wrong.ts', charge.replace('applyDelta', 'applyDeltas'));
      expect(await compile(['classic-wrong.ts'], options)).toContain("'applyDeltas' does not exist");
    }, 120_000);

    it('but not with a number as an amount, nor with a field that does not exist', () => {
      expect(errors.match(/^\S+?(?=\()/gm)?.sort()).toEqual(['field.cts', 'number.mts']);
    });
  });

  it('has a quick start that runs in both module systems', async () => {
    const seen: string[] = [];
    const server = await gateway(seen);
    try {
      const env = {
        CREDITS_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        CREDITS_API_KEY: 'cb_live_key_of_a_test',
      };
      const compilerOptions = { target: ScriptTarget.ES2022 };
      const [quickStart = ''] = examples;
      const forEsm = transpileModule(quickStart, {
        compilerOptions: { ...compilerOptions, module: ModuleKind.ESNext },
      });
      write('quick-start.mjs', forEsm.outputText);
      const forCjs = withoutTopLevelAwait(quickStart);
      const required = transpileModule(forCjs, {
        compilerOptions: { ...compilerOptions, module: ModuleKind.CommonJS },
      });
      write('quick-start.cjs', `${required.outputText}\nvoid example();`);
      for (const file of ['quick-start.mjs', 'quick-start.cjs']) {
        const { stdout } = await run(process.execPath, [file], { cwd: folder, env: { ...process.env, ...env } });
        expect(stdout.trim()).toBe('97');
      }
      const calls = ['POST /v1/accounts', 'POST /v1/accounts/key_1/deltas'];
      expect(seen).toEqual([...calls, ...calls]);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  }, 60_000);

  /** What the compiler has against these files. */
  async function compile(files: string[], modules = ['--module', 'nodenext']): Promise<string> {
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
    const options = ['--noEmit', '--strict', '--target', 'es2022', ...modules, '--types', 'node'];
    const checks = ['--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--pretty', 'false'];
    return run(process.execPath, [compiler, ...options, ...checks, ...files], { cwd: folder }).then(
      ({ stdout }) => stdout,
      (error: unknown) => (error as Failed).stdout,
    );
  }
});

/** CommonJS has no await outside of functions: the program becomes one, its imports stay in front. */
function withoutTopLevelAwait(text: string): string {
  if (/^export /m.test(text)) return text;
  const lines = text.split('\n');
  const imports = lines.filter((line) => line.startsWith('import '));
  const rest = lines.filter((line) => !line.startsWith('import '));
  return `${imports.join('\n')}\nexport async function example(): Promise<void> {\n${rest.join('\n')}\n}\n`;
}

/** Answers every write with an outcome, and notes what was asked. */
async function gateway(seen: string[]): Promise<Server> {
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    const after = { balance: '97', held: '0', available: '97', unlimited: false };
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json', connection: 'close' });
      response.end(JSON.stringify({ commandId: 'c', status: 'applied', code: 'APPLIED', after }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
