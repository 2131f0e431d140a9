// @ts-check
// `npm run build:client [-- <folder>]`: the package @creditbus/client as it is published, for ES modules and for
// CommonJS, each with its types. Default folder: dist/packages/client; then `npm publish dist/packages/client`.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from './stack/paths.mjs';

const source = join(root, 'libs', 'client');
const target = resolve(process.argv[2] ?? join(root, 'dist', 'packages', 'client'));

/** Folder → compiler options and the kind of module that Node takes its files for. */
const formats = {
  esm: { type: 'module', options: ['--module', 'esnext', '--moduleResolution', 'bundler'] },
  cjs: { type: 'commonjs', options: ['--module', 'commonjs', '--moduleResolution', 'node10'] },
};

rmSync(target, { recursive: true, force: true });
for (const [folder, { type, options }] of Object.entries(formats)) {
  const outDir = join(target, folder);
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const project = join(source, 'tsconfig.build.json');
  const { status } = spawnSync(process.execPath, [compiler, '-p', project, '--outDir', outDir, ...options], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) {
    console.error(`the client does not compile as ${folder}`);
    process.exit(1);
  }
  mkdirSync(outDir, { recursive: true });
  writeFileSync(join(outDir, 'package.json'), `${JSON.stringify({ type }, null, 2)}\n`);
}
for (const name of ['package.json', 'README.md']) copyFileSync(join(source, name), join(target, name));
copyFileSync(join(root, 'LICENSE'), join(target, 'LICENSE'));
console.log(`built ${target}`);
