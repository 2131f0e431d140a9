// @ts-check
// `npm run generate`: writes the files that are made from code. `--check` only compares, for `npm run check`.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { generateClientFiles } from './client/openapi-types.mjs';
import { buildWhenStale, installWhenMissing } from './stack/install.mjs';
import { root } from './stack/paths.mjs';

const onlyCheck = process.argv.includes('--check');
installWhenMissing(console.log);
buildWhenStale(console.log);

const require = createRequire(import.meta.url);
/** @param {string} path below dist/ */
const built = (path) => require(join(root, 'dist', path));

/** Path below the checkout → text. @type {Record<string, string>} */
const files = {};

const { configurationDocument, environmentExample } = built('libs/config/src/index.js');
files['docs/configuration.md'] = configurationDocument();
files['.env.example'] = environmentExample();

const { generateContractFiles } = built('libs/contracts/src/generate.js');
Object.assign(files, await generateContractFiles());

const { generateCliDocs } = built('apps/cli/src/docs.js');
Object.assign(files, generateCliDocs());

const { generateOpenApi } = built('apps/gateway/src/openapi.js');
const openApi = await generateOpenApi();
files['docs/openapi.json'] = `${JSON.stringify(openApi, null, 2)}\n`;
Object.assign(files, await generateClientFiles(openApi));

const outdated = Object.entries(files).filter(([path, text]) => {
  const file = join(root, path);
  return !existsSync(file) || readFileSync(file, 'utf8') !== text;
});
if (onlyCheck) {
  for (const [path] of outdated) console.error(`${path} is not what the code says: run npm run generate`);
  process.exitCode = outdated.length === 0 ? 0 : 1;
} else {
  for (const [path, text] of outdated) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
  if (outdated.length === 0) console.log('everything is up to date');
}
