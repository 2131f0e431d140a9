import type { DecodeResult } from '@app/contracts';
import type { LogRecord } from '@app/messaging';
import type { LoggedCommand } from '@app/store';

/** A record of the log with what the decoder made of it. */
export interface DecodedRecord {
  readonly record: LogRecord;
  readonly decoded: DecodeResult;
}

/** The commands among the records, and for each the index of its record. */
export function loggedCommands(records: readonly DecodedRecord[]): {
  commands: LoggedCommand[];
  recordIndices: number[];
} {
  const commands: LoggedCommand[] = [];
  const recordIndices: number[] = [];
  records.forEach(({ record, decoded }, index) => {
    if (!decoded.ok) return;
    recordIndices.push(index);
    commands.push({
      command: decoded.command,
      fingerprint: decoded.fingerprint,
      earlierFingerprint: decoded.earlierFingerprint,
      offset: record.offset,
      appendedAt: record.timestampMs,
    });
  });
  return { commands, recordIndices };
}
