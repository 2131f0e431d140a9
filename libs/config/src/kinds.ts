import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';
import type { Kind } from './variable.js';

/** Digits only: no sign but a leading minus, no blanks, no exponent. */
const WHOLE_NUMBER = /^-?\d{1,15}$/;

/** A whole number within bounds (both included). `unit` is named in messages. */
export function whole(min: number, max: number, unit = ''): Kind<number> {
  return {
    schema: z.string().regex(WHOLE_NUMBER).transform(Number).pipe(z.number().min(min).max(max)),
    allowed: `a whole number from ${grouped(min)} to ${grouped(max)}${unit === '' ? '' : ` (${unit})`}`,
  };
}

/** A TCP port. */
export const port: Kind<number> = {
  ...whole(0, 65_535),
  allowed: 'a port from 1 to 65535, or 0 for any free one',
};

export const flag: Kind<boolean> = {
  schema: z.enum(['true', 'false']).transform((value) => value === 'true'),
  allowed: '`true` or `false`',
};

export function oneOf<const T extends string>(values: readonly [T, ...T[]]): Kind<T> {
  return {
    schema: z.string().refine((value): value is T => (values as readonly string[]).includes(value)),
    allowed: values.map((value) => `\`${value}\``).join(', '),
  };
}

/** Some of these names, separated by commas; `none` alone is an empty list. */
export function listOf<const T extends string>(values: readonly [T, ...T[]]): Kind<readonly T[]> {
  const known: readonly string[] = values;
  return {
    schema: z.string().transform((value, context) => {
      const names = value.trim() === 'none' ? [] : value.split(',').map((name) => name.trim());
      if (!names.every((name) => known.includes(name))) context.addIssue({ code: 'custom', message: 'unknown name' });
      return [...new Set(names)] as T[];
    }),
    allowed: `some of ${values.map((value) => `\`${value}\``).join(', ')}, separated by commas, or \`none\``,
  };
}

/** Text that a pattern describes; `allowed` says the same in words. */
export function text(pattern: RegExp, allowed: string): Kind<string> {
  return { schema: z.string().regex(pattern), allowed };
}

/** Any text that is not empty. */
export const anyText: Kind<string> = { schema: z.string().min(1), allowed: 'text' };

const HOST_AND_PORT = /^(\[[0-9A-Fa-f:.]+\]|[^\s:,/[\]]+):(\d{1,5})$/;

/** `host:port`, one or more, separated by commas. */
export const hostsAndPorts: Kind<readonly string[]> = {
  schema: z
    .string()
    .transform((value) => value.split(',').map((address) => address.trim()))
    .refine((addresses) => addresses.every(isHostAndPort)),
  allowed: '`host:port`, or several separated by commas',
};

function isHostAndPort(address: string): boolean {
  const portNumber = Number(HOST_AND_PORT.exec(address)?.[2] ?? 0);
  return portNumber >= 1 && portNumber <= 65_535;
}

/** Addresses and networks, separated by commas; `none` alone is an empty list. */
export const addresses: Kind<readonly string[]> = {
  schema: z
    .string()
    .transform((value) => (value.trim() === 'none' ? [] : value.split(',').map((address) => address.trim())))
    .refine((values) => values.every(isAddressOrNetwork)),
  allowed: 'addresses and networks such as `10.0.0.0/8`, `::1`, separated by commas, or `none`',
};

/** An IP address, perhaps with the length of a network's prefix; not the whole internet. */
function isAddressOrNetwork(text: string): boolean {
  const [, address = '', prefix] = /^([^/]+)(?:\/([1-9]\d{0,2}))?$/.exec(text) ?? [];
  const version = isIP(address);
  return version !== 0 && (prefix === undefined || Number(prefix) <= (version === 4 ? 32 : 128));
}

/** A Postgres URL. Its password is never shown. */
export const postgresUrl: Kind<string> = {
  schema: z.string().refine((value) => {
    const url = parseUrl(value);
    return url !== undefined && ['postgres:', 'postgresql:'].includes(url.protocol) && url.pathname.length > 1;
  }),
  allowed: '`postgres://user:password@host:port/database`',
  show: withoutPassword,
};

/** The URL without its password; what is no URL is not shown at all, since it may hold one anywhere. */
export function withoutPassword(value: string): string {
  const url = parseUrl(value);
  if (url === undefined) return '(hidden: not a URL)';
  if (url.password !== '') url.password = '***';
  for (const name of [...url.searchParams.keys()]) {
    if (/password|secret|token/i.test(name)) url.searchParams.set(name, '***');
  }
  return url.href;
}

function parseUrl(value: string): URL | undefined {
  try {
    return new URL(value);
  } catch {
    return undefined;
  }
}

/** A path to a PEM file, read now: the value is its content. */
export const pemFile: Kind<string> = {
  schema: z.string().transform((path, context) => {
    try {
      const content = readFileSync(path, 'utf8');
      if (content.includes('-----BEGIN ')) return content;
      context.addIssue({ code: 'custom', message: 'the file holds no PEM block' });
    } catch (error) {
      // The error's own message repeats the path, and somebody may have put the key itself there.
      context.addIssue({
        code: 'custom',
        message: `the file can't be read (${(error as NodeJS.ErrnoException).code})`,
      });
    }
    return z.NEVER;
  }),
  allowed: 'path of a readable PEM file',
};

function grouped(value: number): string {
  return value.toLocaleString('en-US');
}
