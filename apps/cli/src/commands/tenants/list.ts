import { TenantStore } from '@app/store';

import { withDatabase } from '../../admin/database.js';
import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { isoTime, print, withOutput, type OutputOptions } from '../../output/printer.js';
import { table } from '../../output/table.js';

/** `tenants list` */
export function addList(parent: CliCommand, context: CliContext): void {
  withOutput(parent.command('list').summary('list tenants').description('Lists all tenants by id.'))
    .example('All tenants', 'tenants list')
    .action(async (options: OutputOptions) => {
      const tenants = await withDatabase(context, (dataSource) => new TenantStore(dataSource).list());
      print(context, options, {
        json: { data: tenants.map((tenant) => ({ ...tenant, createdAt: isoTime(tenant.createdAt) })) },
        text: () =>
          table(
            [
              { title: 'TENANT', value: (tenant) => tenant.tenantId },
              { title: 'NAME', value: (tenant) => tenant.name },
              { title: 'CREATED', value: (tenant) => isoTime(tenant.createdAt) },
            ],
            tenants,
          ),
      });
    });
}
