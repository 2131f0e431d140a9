import type { CliCommand } from '../../command.js';
import type { CliContext } from '../../context.js';
import { objectPath } from '../../gateway/object-path.js';
import { gatewayOf, withGateway, type GatewayOptions } from '../../gateway/options.js';
import { print } from '../../output/printer.js';
import { holdText, type HoldShown } from './hold-text.js';

/** `holds get <holdId>` */
export function addGet(parent: CliCommand, context: CliContext): void {
  withGateway(
    parent
      .command('get')
      .summary('show a hold')
      .description('Shows a hold: what it reserves, from where, and what was captured.')
      .argument('<holdId>', 'id of the hold'),
  )
    .example('What is left of it', 'holds get job-42')
    .action(async (holdId: string, options: GatewayOptions) => {
      const hold = (await gatewayOf(context, options).read(objectPath('holds', holdId))) as HoldShown;
      print(context, options, { json: hold, text: () => holdText(hold) });
    });
}
