import { hash } from 'node:crypto';

/**
 * SHA-256 of several texts as 64 lower-case hex digits. The texts are joined by U+0000, which no id may contain
 * (contracts, "Command record"), so two different tuples never hash the same text.
 */
export function sha256Hex(...parts: readonly string[]): string {
  return hash('sha256', parts.join('\0'), 'hex');
}
