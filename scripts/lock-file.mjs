// @ts-check
// npm leaves an optional package out of package-lock.json when the registry at hand does not offer it (a mirror
// without the binaries of other systems, for example), and `npm ci` then refuses the lock file everywhere. This adds
// the missing entries: version, system and processor as their names say. Run it after `npm install`; `--check` only
// tells what is missing.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './stack/paths.mjs';

const file = join(root, 'package-lock.json');

/**
 * @typedef {object} Entry
 * @property {string} [version]
 * @property {Record<string, string>} [optionalDependencies]
 * @property {boolean} [dev]
 * @property {boolean} [optional]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 * @property {Record<string, string>} [engines]
 */

/** @type {{ packages: Record<string, Entry> }} */
const lock = JSON.parse(readFileSync(file, 'utf8'));

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'];

/** @type {Record<string, Entry>} */
const missing = {};
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isPresent(path, name)) continue;
    const words = (name.split('/').at(-1) ?? '').split('-');
    const os = systems.find((system) => words.includes(system));
    const cpu = processors.find((processor) => words.includes(processor));
    if (os === undefined || cpu === undefined || !/^\d/.test(version)) {
      throw new Error(
        `${name}@${version}, optional for ${path}, is missing and its name does not say for which system it is`,
      );
    }
    missing[`node_modules/${name}`] = {
      version,
      cpu: [cpu],
      ...(entry.dev === true ? { dev: true } : {}),
      optional: true,
      os: [os],
    };
  }
}

/** Where Node would find it from there. @param {string} path @param {string} name */
function isPresent(path, name) {
  for (let base = path; ; base = base.slice(0, Math.max(0, base.lastIndexOf('node_modules/') - 1))) {
    if (lock.packages[`${base === '' ? '' : `${base}/`}node_modules/${name}`] !== undefined) return true;
    if (base === '') return false;
  }
}

const names = Object.keys(missing);
if (process.argv.includes('--check')) {
  for (const name of names) console.error(`package-lock.json lacks ${name}: run node scripts/lock-file.mjs`);
  process.exitCode = names.length === 0 ? 0 : 1;
} else if (names.length > 0) {
  const sorted = Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
  console.log(`added ${names.length} entries to package-lock.json`);
}
