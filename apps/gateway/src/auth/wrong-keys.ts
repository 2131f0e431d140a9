import { Injectable } from '@nestjs/common';

import { Problem } from '../http/problem.js';

/** Wrong keys that an address may send in a minute before it is told 429 for them. */
export const WRONG_KEYS_MAX = 20;
const WINDOW_MS = 60_000;

/** Addresses counted, and wrong keys remembered, at most; the oldest go first. */
const ADDRESSES_MAX = 10_000;
const REMEMBERED_MAX = 10_000;

interface Window {
  count: number;
  readonly untilMs: number;
}

/**
 * Counts the wrong keys of each address, and remembers them for a while, so that the same wrong key is not looked up
 * again and guessing is slow. Who sends a right key from such an address is served as ever.
 */
@Injectable()
export class WrongKeys {
  private readonly windows = new Map<string, Window>();
  private readonly remembered = new Map<string, number>();

  /** Whether this hash, in hexadecimal, was found to be nobody's key just now. */
  isKnown(hash: string, nowMs = Date.now()): boolean {
    return (this.remembered.get(hash) ?? 0) > nowMs;
  }

  /** That hash is nobody's key until then, as far as we know. */
  remember(hash: string, untilMs: number): void {
    this.remembered.delete(hash);
    this.remembered.set(hash, untilMs);
    dropOldest(this.remembered, REMEMBERED_MAX);
  }

  /** Counts one. @throws Problem 429 when the address has sent too many */
  count(address: string, nowMs = Date.now()): void {
    const network = networkOf(address);
    const current = this.windows.get(network);
    const window = current && current.untilMs > nowMs ? current : { count: 0, untilMs: nowMs + WINDOW_MS };
    window.count += 1;
    if (window !== current) {
      this.windows.delete(network);
      this.windows.set(network, window);
      dropOldest(this.windows, ADDRESSES_MAX);
    }
    if (window.count <= WRONG_KEYS_MAX) return;
    const seconds = Math.max(1, Math.ceil((window.untilMs - nowMs) / 1000));
    const detail = `more than ${WRONG_KEYS_MAX} wrong API keys came from this address within a minute; retry in ${seconds} s`;
    throw new Problem(429, 'RATE_LIMITED', detail, { headers: { 'Retry-After': String(seconds) } });
  }
}

/** An address of IPv4; of IPv6 the network of 64 bits that one customer has. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  return [...before, ...Array<string>(zeros).fill('0'), ...after].slice(0, 4).join(':');
}

function dropOldest(map: Map<string, unknown>, max: number): void {
  for (const key of map.keys()) {
    if (map.size <= max) return;
    map.delete(key);
  }
}
