import { ApiKeyStore, SCOPES, type NewApiKey, type Scope } from '@app/store';

import { Option } from 'commander';

import { withDatabase } from '../../admin/database.js';
import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { UsageError } from '../../errors.js';
import { tenantId } from '../../input/tenant-id.js';
import { instantOrDuration } from '../../input/time.js';
import { listOf, nonBlank } from '../../input/words.js';
import { note, print, withOutput, type OutputOptions } from '../../output/printer.js';
import { record } from '../../output/table.js';
import { keyJson } from './key-json.js';

interface Options extends OutputOptions {
  readonly tenant: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt?: number;
  readonly accountPrefix?: string;
  readonly group?: string;
}

/** What the scopes mean to the Unkey-compatible routes (seed APIs, "Unkey"). */
const UNKEY_PERMISSIONS = `Permissions in the Unkey-compatible API:
  credits:read   api.<group>.read_key
  credits:write  api.<group>.update_key, create_key and verify_key
  admin          both
  Without --group the key has them for every API (api.*.update_key …), with it for that one only.`;

const DEFAULT_SCOPES: readonly Scope[] = ['credits:read', 'credits:write'];

/** `keys create` */
export function addCreate(parent: CliCommand, context: CliContext): void {
  withOutput(
    parent
      .command('create')
      .summary('make an API key')
      .description('Makes an API key of a tenant. The key is shown this once: only its SHA-256 is stored.')
      .requiredOption('--tenant <tenantId>', 'the tenant that it belongs to', tenantId)
      .requiredOption('--name <name>', 'what it is for; `keys revoke` finds it by this name', nonBlank)
      .addOption(
        new Option('--scopes <list>', `comma-separated, of ${SCOPES.join(', ')} (admin: all)`)
          .argParser(listOf(SCOPES))
          .default(DEFAULT_SCOPES, DEFAULT_SCOPES.join(',')),
      )
      .option('--expires-at <time>', 'RFC 3339, or from now such as 90d (default: never)', instantOrDuration(1))
      .option('--account-prefix <text>', 'only accounts whose id begins with it', nonBlank)
      .option('--group <group>', 'only accounts of this API group', nonBlank),
  )
    .example('A key that reads and writes credits', 'keys create --tenant acme --name billing')
    .example('Read only, for 90 days', 'keys create --tenant acme --name report --scopes credits:read --expires-at 90d')
    .example('Only keys of one API, as Unkey calls them', 'keys create --tenant acme --name unkey --group api_123')
    .remark(UNKEY_PERMISSIONS)
    .example('Only the key, for a script', 'keys create --tenant acme --name ci --output json | jq -r .key')
    .action(async (options: Options) => {
      if (options.expiresAt !== undefined && options.expiresAt <= Date.now()) {
        throw new UsageError('--expires-at is in the past.', 'Give a later time, or a duration such as 90d.');
      }
      const wanted: NewApiKey = {
        tenantId: options.tenant,
        name: options.name,
        scopes: options.scopes,
        ...(options.accountPrefix === undefined ? {} : { accountPrefix: options.accountPrefix }),
        ...(options.group === undefined ? {} : { group: options.group }),
        ...(options.expiresAt === undefined ? {} : { expiresAt: options.expiresAt }),
      };
      const made = await withDatabase(context, (dataSource) => new ApiKeyStore(dataSource).create(wanted));
      const json = keyJson(made.apiKey);
      print(context, options, {
        json: { key: made.secret, ...json },
        text: () =>
          record([
            ['key', made.secret],
            ['tenant', json.tenantId],
            ['name', json.name],
            ['scopes', json.scopes],
            ['account prefix', json.accountPrefix ?? undefined],
            ['group', json.group ?? undefined],
            ['expires', json.expiresAt ?? 'never'],
          ]),
      });
      if (options.output === 'table') note(context, 'Keep the key now: it can not be shown again.');
    });
}
