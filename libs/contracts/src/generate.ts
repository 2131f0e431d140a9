import { stringify } from 'yaml';
import { asyncApiDocument } from './asyncapi.js';
import { CATALOG_CHANGE_SCHEMA } from './catalog-schemas.js';
import { COMMAND_TYPES } from './command-table.js';
import { referencePage } from './reference-page.js';
import type { JsonSchema } from './json-schema.js';
import {
  CACHE_INVALIDATION_SCHEMA,
  commandSchema,
  DEAD_LETTER_HEADERS_SCHEMA,
  DEAD_LETTER_REPLY_SCHEMA,
  EVENT_SCHEMAS,
  OUTCOME_SCHEMA,
} from './message-schemas.js';

/** Path from the repository's root → content of every file that is made from the contracts. */
export function generateContractFiles(): Record<string, string> {
  const files: Record<string, string> = {
    'docs/asyncapi.yaml':
      '# Made by `npm run generate` from libs/contracts; changes here are lost.\n' +
      stringify(asyncApiDocument(), { lineWidth: 120, aliasDuplicateObjects: false }),
    'docs/contracts.md': referencePage(),
  };
  for (const [name, schema] of Object.entries(schemaFiles())) {
    const file: JsonSchema = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema };
    files[`docs/schemas/${name}.json`] = `${JSON.stringify(file, null, 2)}\n`;
  }
  return files;
}

function schemaFiles(): Record<string, JsonSchema> {
  const commands = COMMAND_TYPES.map((type): [string, JsonSchema] => [
    `command.${type}`,
    { $id: `urn:creditbus:schema:command:${type}:v1`, ...commandSchema(type) },
  ]);
  const events = Object.entries(EVENT_SCHEMAS).map(([type, schema]): [string, JsonSchema] => [
    `event.${type}`,
    { $id: `urn:creditbus:schema:event:${type}`, ...schema },
  ]);
  return {
    ...Object.fromEntries(commands),
    ...Object.fromEntries(events),
    outcome: OUTCOME_SCHEMA,
    'cache-invalidation': CACHE_INVALIDATION_SCHEMA,
    'catalog-change': CATALOG_CHANGE_SCHEMA,
    'dead-letter-reply': { $id: 'urn:creditbus:schema:dead-letter-reply:v1', ...DEAD_LETTER_REPLY_SCHEMA },
    'dead-letter-headers': { $id: 'urn:creditbus:schema:dead-letter-headers:v1', ...DEAD_LETTER_HEADERS_SCHEMA },
  };
}
