import type { PlaceQuery } from './shapes.js';

/**
 * How many rows a list by place looks at, at most, over all accounts that it is about: an offset has to read what it
 * skips, and a total what it counts. Lists by cursor have no such end.
 */
export const REACH_MAX = 10_000;

/** A place in a list beyond the rows that it looks at. */
export class BeyondReach extends Error {
  override readonly name = 'BeyondReach';
  readonly code = 'BEYOND_REACH';

  constructor(offset: number) {
    super(
      `offset ${offset} is beyond what a list with an offset looks at (${REACH_MAX} items); ` +
        'narrow it by time, or read the native list, which goes on by cursor',
    );
  }
}

/** @throws BeyondReach where the list would have to go on with what it doesn't look at */
export function checkReach({ offset }: PlaceQuery, matching: number, beyond: number): void {
  if (offset > 0 && offset >= matching && beyond > 0) throw new BeyondReach(offset);
}
