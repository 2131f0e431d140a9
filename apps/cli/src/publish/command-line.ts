import { newCommandId } from '../input/command-id.js';

/** A command as it will be sent: its own text, so that no number passes through a float. */
export interface FileCommand {
  readonly line: number;
  readonly text: string;
  readonly bytes: number;
  /** Undefined when the line has an id that is none: the gateway says what is wrong with it. */
  readonly commandId?: string;
  /** Commands of one account must stay in order. */
  readonly accountId: string;
}

/** A line that was not accepted, and why. */
export interface Refusal {
  readonly line: number;
  readonly commandId?: string;
  readonly code: string;
  readonly message: string;
}

/** The largest command there is (contracts, "Command record"). */
export const COMMAND_BYTES_MAX = 64 * 1024;

/**
 * Reads one line. A command without an id gets one before it is sent the first time: `<prefix><line number>`, which
 * is the same when the file is published again, or a new one.
 */
export function parseCommandLine(line: number, text: string | undefined, idPrefix?: string): FileCommand | Refusal {
  if (text === undefined) return { line, code: 'NOT_JSON', message: 'the line is not UTF-8' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { line, code: 'NOT_JSON', message: `the line is no JSON: ${(error as Error).message}` };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { line, code: 'NOT_JSON', message: 'the line is no JSON object' };
  }
  const fields = value as Record<string, unknown>;
  const own = fields.id;
  const made = own === undefined ? (idPrefix === undefined ? newCommandId() : `${idPrefix}${line}`) : undefined;
  const sent = made === undefined ? text : withId(text, made, Object.keys(fields).length === 0);
  const commandId = made ?? (typeof own === 'string' ? own : undefined);
  const bytes = Buffer.byteLength(sent);
  if (bytes > COMMAND_BYTES_MAX) {
    return {
      line,
      commandId,
      code: 'TOO_LARGE',
      message: `the command has ${bytes} bytes; at most ${COMMAND_BYTES_MAX} are allowed`,
    };
  }
  return {
    line,
    text: sent,
    bytes,
    commandId,
    accountId: typeof fields.accountId === 'string' ? fields.accountId : '',
  };
}

/** True for what `parseCommandLine` could not read. */
export function isRefusal(result: FileCommand | Refusal): result is Refusal {
  return 'code' in result;
}

function withId(text: string, id: string, isEmpty: boolean): string {
  return `{"id":${JSON.stringify(id)}${isEmpty ? '' : ','}${text.slice(text.indexOf('{') + 1)}`;
}
