import { TenantStore } from '@app/store';

import { withDatabase } from '../../admin/database.js';
import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { tenantId } from '../../input/tenant-id.js';
import { print, withOutput, type OutputOptions } from '../../output/printer.js';

interface Options extends OutputOptions {
  readonly name?: string;
}

/** `tenants create <tenantId>` */
export function addCreate(parent: CliCommand, context: CliContext): void {
  withOutput(
    parent
      .command('create')
      .summary('make a tenant')
      .description('Makes a tenant. One that exists is left as it is, so this may be run again.')
      .argument('<tenantId>', '1 to 64 of A-Z a-z 0-9 _ -', tenantId)
      .option('--name <name>', 'name for people'),
  )
    .example('Make a tenant and a key for it', 'tenants create acme --name "Acme Ltd"')
    .action(async (id: string, options: Options) => {
      const created = await withDatabase(context, (dataSource) => new TenantStore(dataSource).create(id, options.name));
      print(context, options, {
        json: { tenantId: id, created },
        text: () => (created ? `Made tenant ${id}.` : `Tenant ${id} is there already; nothing was changed.`),
      });
    });
}
