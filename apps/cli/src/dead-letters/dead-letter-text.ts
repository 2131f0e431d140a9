import { isoTime } from '../output/printer.js';
import { table } from '../output/table.js';
import type { DeadLetter } from './dead-letter.js';

const MESSAGE_CHARACTERS_MAX = 80;

/** For people; all of a message is in the JSON. */
export function deadLettersText(letters: readonly DeadLetter[]): string {
  return table(
    [
      { title: 'FAILED', value: ({ failedAtMs }) => isoTime(failedAtMs) },
      { title: 'PARTITION', value: ({ partition }) => partition, align: 'right' },
      { title: 'OFFSET', value: ({ offset }) => offset, align: 'right' },
      { title: 'REASON', value: ({ reason }) => reason },
      { title: 'TENANT', value: ({ tenantId }) => tenantId },
      { title: 'ACCOUNT', value: ({ accountId }) => accountId },
      { title: 'TYPE', value: ({ commandType }) => commandType },
      { title: 'COMMAND', value: ({ commandId }) => commandId },
      { title: 'REDRIVES', value: ({ redrives }) => redrives, align: 'right' },
      { title: 'MESSAGE', value: ({ message, isCut }) => `${isCut ? '(value cut) ' : ''}${shortened(message)}` },
    ],
    letters,
  );
}

function shortened(message: string): string {
  return message.length <= MESSAGE_CHARACTERS_MAX ? message : `${message.slice(0, MESSAGE_CHARACTERS_MAX - 1)}…`;
}
