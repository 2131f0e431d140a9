import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What `npm start` writes about the running local stack; values are strings. */
export interface RunningStack {
  readonly baseUrl: string;
  readonly workerUrl: string;
  readonly apiKey: string;
  readonly tenantId: string;
  readonly kafkaBrokers: string;
  readonly databaseUrl: string;
  /** Process id of the worker, when the stack tells it. */
  readonly workerPid?: string;
}

const REQUIRED = ['baseUrl', 'workerUrl', 'apiKey', 'tenantId', 'kafkaBrokers', 'databaseUrl'] as const;

/** The checkout that this file was built in: dist/apps/cli/src lies four folders below it. */
const checkout = resolve(__dirname, '..', '..', '..', '..');

/** Where a running stack describes itself. */
export function stackFilePath(): string {
  return join(checkout, '.creditbus', 'stack.json');
}

/** The running stack, or undefined when there is none or its file is of another version. */
export function readStackFile(path = stackFilePath()): RunningStack | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  return parseStack(text);
}

/** @internal for tests */
export function parseStack(text: string): RunningStack | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = value as Record<string, unknown>;
  return REQUIRED.every((name) => typeof fields[name] === 'string') ? (fields as unknown as RunningStack) : undefined;
}
