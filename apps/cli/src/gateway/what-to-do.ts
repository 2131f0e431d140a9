import type { RejectionCode } from '@app/domain';

/** What a person may do about a refusal, by its code; codes whose message says it all are not here. */
export const WHAT_TO_DO: Readonly<Partial<Record<RejectionCode | 'COMMAND_NOT_RECORDED', string>>> = {
  ACCOUNT_NOT_FOUND:
    '`creditbus accounts list` shows what is there, `creditbus accounts open` opens one; for another credit type give --credit-type.',
  ACCOUNT_EXISTS: '`creditbus accounts configure` changes its settings, `creditbus credits set` what is available.',
  ACCOUNT_FROZEN: '`creditbus accounts configure <account> --status active` thaws it.',
  ACCOUNT_UNLIMITED: '`creditbus credits set <account> <value>` makes it limited.',
  INSUFFICIENT_CREDITS:
    '`creditbus accounts get <account>` shows what is there; --on-insufficient clamp (a hold: --partial) takes only that.',
  VERSION_CONFLICT: 'Look at it again, and send a new command (with another --id) if it still should be.',
  COMMAND_CONFLICT: '`creditbus commands get <id>` shows what the id did; give a new --id.',
  CREDIT_TYPE_NOT_FOUND: '`creditbus credit-types list` shows them, `creditbus credit-types put` makes one.',
  GRANT_NOT_FOUND: '`creditbus grants list <account>` shows them.',
  HOLD_NOT_FOUND: '`creditbus holds list <account>` shows them.',
  HOLD_OPEN: '`creditbus holds list <account> --status open` shows them, `creditbus holds release` ends one.',
  HOLD_EXCEEDED: '--charge-overage takes what is beyond the hold from the account.',
  SCHEDULE_NOT_FOUND: '`creditbus schedules list <account>` shows them, with --template those of plans and addons.',
  COMMAND_NOT_RECORDED: 'It was not applied yet, or never sent: ask again in a moment.',
};
