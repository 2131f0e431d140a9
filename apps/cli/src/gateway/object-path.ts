import { Option } from 'commander';

import type { CliCommand } from '../command.js';

/** Option of commands that name a grant, a hold, a schedule or an earlier command, not an account. */
export interface AccountOfObject {
  readonly account?: string;
}

/** Path of what has an id of its own, with what is done to it. */
export function objectPath(kind: 'grants' | 'holds' | 'schedules' | 'commands', id: string, action = ''): string {
  return `/v1/${kind}/${encodeURIComponent(id)}${action}`;
}

/** Adds `--account`, which saves the gateway the look-up. */
export function withAccountOf<C extends CliCommand>(command: C): C {
  return command.addOption(
    new Option(
      '--account <accountId>',
      'id of its account; needed only right behind a command that was not waited for (default: looked up)',
    ),
  );
}
