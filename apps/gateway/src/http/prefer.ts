/**
 * Seconds of `Prefer: wait=<seconds>` (RFC 7240), at most `secondsMax`; undefined when it is absent or not understood, since
 * a preference is never a reason to refuse a request. The first `wait` counts.
 */
export function waitSecondsOf(prefer: string | readonly string[] | undefined, secondsMax: number): number | undefined {
  if (prefer === undefined) return undefined;
  const header = typeof prefer === 'string' ? prefer : prefer.join(',');
  for (const preference of header.split(',')) {
    const match = /^\s*wait\s*=\s*(?:"([^"]*)"|([^\s;"]+))\s*(?:;.*)?$/i.exec(preference);
    if (!match) continue;
    const seconds = match[1] ?? match[2] ?? '';
    return /^\d{1,9}$/.test(seconds) ? Math.min(Number(seconds), secondsMax) : undefined;
  }
  return undefined;
}
