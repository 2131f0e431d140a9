import { ApiKeyStore } from '@app/store';

import { withDatabase } from '../../admin/database.js';
import { requireTenant } from '../../admin/require-tenant.js';
import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { tenantId } from '../../input/tenant-id.js';
import { note, print, withOutput, type OutputOptions } from '../../output/printer.js';
import { table } from '../../output/table.js';
import { keyJson } from './key-json.js';

/** `keys list` */
export function addList(parent: CliCommand, context: CliContext): void {
  withOutput(
    parent
      .command('list')
      .summary('list API keys')
      .description('Lists the API keys of a tenant, newest first, without their secrets.')
      .requiredOption('--tenant <tenantId>', 'the tenant', tenantId),
  )
    .example('Keys of a tenant', 'keys list --tenant acme')
    .action(async (options: OutputOptions & { readonly tenant: string }) => {
      const keys = await withDatabase(context, async (dataSource) => {
        const found = await new ApiKeyStore(dataSource).list(options.tenant);
        if (found.length === 0) await requireTenant(dataSource, options.tenant);
        return found;
      });
      const data = keys.map((key) => keyJson(key));
      print(context, options, {
        json: { data },
        text: () =>
          table(
            [
              { title: 'NAME', value: (key) => key.name },
              { title: 'KEY', value: (key) => `${key.shown}…` },
              { title: 'STATE', value: (key) => key.state },
              { title: 'SCOPES', value: (key) => key.scopes.join(',') },
              { title: 'ACCOUNTS', value: (key) => (key.accountPrefix === null ? null : `${key.accountPrefix}*`) },
              { title: 'GROUP', value: (key) => key.group },
              { title: 'EXPIRES', value: (key) => key.expiresAt },
              { title: 'LAST USED', value: (key) => key.lastUsedAt },
              { title: 'CREATED', value: (key) => key.createdAt },
            ],
            data,
          ),
      });
      if (options.output === 'table' && data.length === 0) note(context, 'The tenant has no keys.');
    });
}
