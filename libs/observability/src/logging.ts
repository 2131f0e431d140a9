import pino, { type DestinationStream, type Logger, type LoggerOptions } from 'pino';

export type LogLevelName = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** Paths whose values never reach the log, wherever an object with them is logged. */
const SECRET_PATHS = [
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["x-api-key"]',
  'req.headers["x-schematic-api-key"]',
  'res.headers["set-cookie"]',
  'authorization',
  'password',
  '*.password',
  'apiKey',
  '*.apiKey',
  'secret',
  '*.secret',
  'sasl',
  '*.sasl',
  'databaseUrl',
  '*.databaseUrl',
  'connectionString',
  '*.connectionString',
];

/** Passwords inside URLs, as drivers like to put them into messages. */
const URL_PASSWORD = /\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s@/]+@/gi;

/** The text with the passwords of URLs in it hidden. */
export function withoutUrlPasswords(text: string): string {
  return text.replace(URL_PASSWORD, '$1:***@');
}

/** Options of an app's logger: JSON lines, times in ISO 8601, level as a word, secrets removed. */
export function loggerOptions(app: string, level: LogLevelName): LoggerOptions {
  return {
    level,
    base: { app, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: SECRET_PATHS, censor: '(hidden)' },
    serializers: { err: serializeError, error: serializeError },
  };
}

/** An app's logger. Writes to standard output unless told otherwise. */
export function createLogger(app: string, level: LogLevelName, destination?: DestinationStream): Logger {
  return destination === undefined ? pino(loggerOptions(app, level)) : pino(loggerOptions(app, level), destination);
}

/** An error with its cause chain as plain data; passwords in messages hidden. */
function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: withoutUrlPasswords(error.message),
    ...(code === undefined ? {} : { code }),
    ...(error.stack === undefined ? {} : { stack: withoutUrlPasswords(error.stack) }),
    ...(error.cause === undefined ? {} : { cause: serializeError(error.cause) }),
  };
}
