import type { DeadLetterCode, LedgerEntry } from '@app/domain';
import type { EncodedRecord } from './headers.js';
import { encodeOutcome, type OutcomeOptions } from './outcome.js';
import { REPLY_HEADERS, type ReplyAddress } from './reply-address.js';

/** Answer to a command that became a dead letter. */
export interface DeadLetterReply {
  readonly status: 'dead-lettered';
  readonly code: DeadLetterCode;
  readonly message: string;
  readonly commandId?: string;
}

/** The reply to an applied or rejected command: its outcome, for Nest never an error. */
export function outcomeReply(to: ReplyAddress, entry: LedgerEntry, options?: OutcomeOptions): EncodedRecord {
  return reply(to, encodeOutcome(entry, options));
}

/** The reply to a dead letter. */
export function deadLetterReply(to: ReplyAddress, letter: Omit<DeadLetterReply, 'status'>): EncodedRecord {
  const { code, message, commandId } = letter;
  const answer: DeadLetterReply = {
    status: 'dead-lettered',
    code,
    message,
    ...(commandId !== undefined && { commandId }),
  };
  return reply(to, JSON.stringify(answer));
}

function reply(to: ReplyAddress, value: string): EncodedRecord {
  return {
    key: null,
    value,
    headers: { [REPLY_HEADERS.correlationId]: to.correlationId, [REPLY_HEADERS.isDisposed]: '1' },
    ...(to.partition !== undefined && { partition: to.partition }),
  };
}
