import { CommanderError } from 'commander';

import { CliError, Refused, Unreachable } from './errors.js';
import { EXIT } from './exit-codes.js';

const NOT_REACHED = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
]);

interface ErrorLike {
  readonly name?: string;
  readonly message?: string;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
  readonly driverError?: unknown;
}

/** What anything thrown means for the person at the terminal: message, hint and exit code. */
export function explain(thrown: unknown): CliError {
  if (thrown instanceof CliError) return thrown;
  if (thrown instanceof CommanderError) {
    return new CliError(thrown.message.replace(/^error: /, ''), commanderExit(thrown), { code: 'USAGE' });
  }
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) }) as ErrorLike;
  return (
    explainPostgres(error) ??
    explainNetwork(error) ??
    explainTenant(error) ??
    new Refused(messageOf(error), { code: nameCode(error), cause: thrown })
  );
}

/** Help and version were asked for; everything else that commander throws is a command line it can't understand. */
function commanderExit(error: CommanderError): typeof EXIT.ok | typeof EXIT.usage {
  return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
}

/** Errors of Postgres that have a way out, by SQLSTATE. */
function explainPostgres(error: ErrorLike): CliError | undefined {
  const state = sqlState(error);
  switch (state) {
    case undefined:
      return undefined;
    case '28P01':
    case '28000':
      return new Unreachable(`Postgres refused the login: ${messageOf(error)}`, {
        hint: 'Check user and password in DATABASE_URL.',
        code: state,
        cause: error,
      });
    case '3D000':
      return new Unreachable(`Postgres has no such database: ${messageOf(error)}`, {
        hint: 'Create the database, or correct its name in DATABASE_URL.',
        code: state,
        cause: error,
      });
    case '42P01':
    case '42703':
    case '3F000':
      return new Refused(`The database's schema is missing or older than this program: ${messageOf(error)}`, {
        hint: 'Run `creditbus migrate`.',
        code: state,
        cause: error,
      });
    case '42501':
      return new Refused(`The database user may not do this: ${messageOf(error)}`, {
        hint: 'Administration needs the owner of the schema in DATABASE_URL, not the role of the gateway or worker.',
        code: state,
        cause: error,
      });
    default:
      return /^(?:08|57P0|53)/.test(state)
        ? new Unreachable(`Postgres is not available: ${messageOf(error)}`, { code: state, cause: error })
        : new Refused(`Postgres refused it (${state}): ${messageOf(error)}`, { code: state, cause: error });
  }
}

function explainTenant(error: ErrorLike): CliError | undefined {
  if (error.code !== 'UNKNOWN_TENANT') return undefined;
  return new Refused(messageOf(error), {
    hint: '`creditbus tenants create` makes one.',
    code: 'UNKNOWN_TENANT',
    cause: error,
  });
}

function explainNetwork(error: ErrorLike): CliError | undefined {
  if ((error.name ?? '').startsWith('KafkaJS')) {
    return new Unreachable(`Kafka: ${messageOf(error)}`, {
      hint: 'Check that KAFKA_BROKERS names running brokers and that TLS and SASL settings fit.',
      cause: error,
    });
  }
  const reached = chain(error).find((link) => typeof link.code === 'string' && NOT_REACHED.has(link.code));
  if (reached === undefined) return undefined;
  return new Unreachable(messageOf(reached), { code: 'UNREACHABLE', cause: error });
}

/** The error and what caused it, aggregates opened, at most ten links. */
function chain(error: ErrorLike): readonly ErrorLike[] {
  const links: ErrorLike[] = [];
  const queue: unknown[] = [error];
  while (queue.length > 0 && links.length < 10) {
    const link = queue.shift();
    if (typeof link !== 'object' || link === null) continue;
    const one = link as ErrorLike;
    links.push(one);
    queue.push(...(Array.isArray(one.errors) ? (one.errors as readonly unknown[]) : []), one.driverError, one.cause);
  }
  return links;
}

function sqlState(error: ErrorLike): string | undefined {
  const code = chain(error).find((link) => typeof link.code === 'string' && /^[0-9A-Z]{5}$/.test(link.code))?.code;
  // EPIPE is a code of the operating system that looks like a SQLSTATE.
  return typeof code === 'string' && code !== 'EPIPE' ? code : undefined;
}

function messageOf(error: ErrorLike): string {
  if (error.message !== undefined && error.message !== '') return error.message;
  const inner = chain(error).find((link) => link.message !== undefined && link.message !== '');
  return inner?.message ?? (typeof error.code === 'string' ? error.code : 'unknown error');
}

/** Errors of our libraries carry a stable code. */
function nameCode(error: ErrorLike): string {
  return typeof error.code === 'string' ? error.code : (error.name ?? 'ERROR');
}
