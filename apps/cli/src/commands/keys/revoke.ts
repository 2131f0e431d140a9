import { ApiKeyStore } from '@app/store';

import { withDatabase } from '../../admin/database.js';
import { requireTenant } from '../../admin/require-tenant.js';
import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { Refused } from '../../errors.js';
import { tenantId } from '../../input/tenant-id.js';
import { print, withOutput, type OutputOptions } from '../../output/printer.js';

/** `keys revoke <key>` */
export function addRevoke(parent: CliCommand, context: CliContext): void {
  withOutput(
    parent
      .command('revoke')
      .summary('revoke API keys')
      .description(
        'Revokes the keys of a tenant with this name, or with these first characters as `keys list` shows them. They stop working within 5 seconds, for ever.',
      )
      .argument('<key>', 'name, or first characters')
      .requiredOption('--tenant <tenantId>', 'the tenant', tenantId),
  )
    .example('Revoke a key by its name', 'keys revoke billing --tenant acme')
    .action(async (key: string, options: OutputOptions & { readonly tenant: string }) => {
      // Copied from the list it ends in the sign for "and so on".
      const wanted = key.replace(/…$/, '');
      const revoked = await withDatabase(context, async (dataSource) => {
        const count = await new ApiKeyStore(dataSource).revoke(options.tenant, wanted);
        if (count === 0) await requireTenant(dataSource, options.tenant);
        return count;
      });
      if (revoked === 0) {
        throw new Refused(`tenant ${options.tenant} has no key ${JSON.stringify(wanted)} that could be revoked.`, {
          code: 'KEY_NOT_FOUND',
          hint: `See \`creditbus keys list --tenant ${options.tenant}\`.`,
        });
      }
      print(context, options, {
        json: { tenantId: options.tenant, key: wanted, revoked },
        text: () => `Revoked ${revoked} ${revoked === 1 ? 'key' : 'keys'}.`,
      });
    });
}
