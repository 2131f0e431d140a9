import { chosenCommandId, idempotencyKeyOf as keyOf } from './command-id.js';
import { Problem } from './problem.js';

const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** What Node makes of these header lines. */
function idempotencyKeyOf(...lines: readonly string[]): string | undefined {
  const rawHeaders = lines.flatMap((line) => ['Idempotency-Key', line]);
  return keyOf({
    headers: lines.length === 0 ? {} : { 'idempotency-key': lines.join(', ') },
    raw: { rawHeaders: ['Host', 'gateway', ...rawHeaders] },
  });
}

describe('Idempotency-Key', () => {
  it('is there once: two that differ are refused, the same twice is one', () => {
    expect(() => idempotencyKeyOf('a', 'b')).toThrow(expect.objectContaining({ status: 400, code: 'INVALID_FIELD' }));
    expect(idempotencyKeyOf('a, b', 'a, b')).toBe('a, b');
  });

  it('is the command id, byte for byte, read as UTF-8', () => {
    expect(idempotencyKeyOf('job:acme/1')).toBe('job:acme/1');
    expect(idempotencyKeyOf(latin1('zahlung-äöü-🙂'))).toBe('zahlung-äöü-🙂');
    expect(idempotencyKeyOf()).toBeUndefined();
  });

  it('has 1–255 characters, counted as code points', () => {
    expect(idempotencyKeyOf('x'.repeat(255))).toHaveLength(255);
    expect(idempotencyKeyOf(latin1('🙂'.repeat(255)))).toBe('🙂'.repeat(255));
    for (const bad of ['', 'x'.repeat(256), latin1('🙂'.repeat(256)), '\xff']) {
      expect(() => idempotencyKeyOf(bad)).toThrow(Problem);
    }
  });
});

describe('the command id', () => {
  it('comes from the header, or from the body instead', () => {
    expect(chosenCommandId('h', undefined)).toBe('h');
    expect(chosenCommandId(undefined, 'b')).toBe('b');
    expect(chosenCommandId('same', 'same')).toBe('same');
    expect(chosenCommandId(undefined, undefined)).toBeUndefined();
  });

  it('is refused with 400 when header and body differ', () => {
    expect(() => chosenCommandId('h', 'b')).toThrow(expect.objectContaining({ status: 400, code: 'INVALID_FIELD' }));
  });

  it('is refused with 400 when it begins with ~, wherever it comes from', () => {
    expect(() => chosenCommandId('~x', undefined)).toThrow(expect.objectContaining({ status: 400 }));
    expect(() => chosenCommandId(undefined, '~x')).toThrow(expect.objectContaining({ status: 400 }));
  });
});
