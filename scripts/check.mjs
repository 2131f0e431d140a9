// @ts-check
// `npm run check`: everything about the code that needs no running server. All steps run, also after one failed, so
// that one look shows all there is to do.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildWhenStale, installWhenMissing } from './stack/install.mjs';
import { root } from './stack/paths.mjs';

installWhenMissing(console.log);
buildWhenStale(console.log);

const bin = (/** @type {string[]} */ ...path) => join(root, 'node_modules', ...path);
/** @type {[name: string, script: string, args: string[]][]} */
const steps = [
  ['format', bin('prettier', 'bin', 'prettier.cjs'), ['--check', '--log-level', 'warn', '.']],
  ['types', bin('typescript', 'bin', 'tsc'), ['--noEmit', '-p', 'tsconfig.json']],
  ['types of scripts', bin('typescript', 'bin', 'tsc'), ['--noEmit', '-p', 'scripts/tsconfig.json']],
  ['lint', bin('eslint', 'bin', 'eslint.js'), ['--max-warnings', '0', '.']],
  [
    'dependency rules',
    bin('dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
    ['--config', '.dependency-cruiser.cjs', 'apps', 'libs', 'bench', 'test', 'examples'],
  ],
  ['generated files', join(root, 'scripts', 'generate.mjs'), ['--check']],
  ['lock file', join(root, 'scripts', 'lock-file.mjs'), ['--check']],
  ['compose file', join(root, 'scripts', 'check-compose.mjs'), []],
];

/** @param {string} script @param {string[]} args @returns {Promise<{ code: number, output: string }>} */
function run(script, args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--max-old-space-size=4096', script, ...args], { cwd: root });
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('exit', (code) => resolve({ code: code ?? 1, output }));
  });
}

let failed = 0;
for (const [name, script, args] of steps) {
  const startedAt = Date.now();
  const { code, output } = await run(script, args);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
  if (code !== 0) {
    failed += 1;
    console.log(output.trimEnd());
  }
}
console.log(failed === 0 ? 'check: everything is in order' : `check: ${failed} of ${steps.length} steps failed`);
process.exitCode = failed === 0 ? 0 : 1;
