/**
 * Limits of the domain, with units (domain rules, "Limits"). Beyond them a command is `LIMIT_EXCEEDED`.
 * Limits of single fields (lengths, counts) are the decoder's.
 */

/** Grants of one account that still have credits, pending ones included. */
export const OPEN_GRANTS_MAX = 1_000;

/** Open holds of one account. */
export const OPEN_HOLDS_MAX = 1_000;

const MINUTE_MS = 60_000;
export const DAY_MS = 24 * 60 * MINUTE_MS;

/** How long a hold lasts that does not say. */
export const HOLD_DEFAULT_MS = 5 * MINUTE_MS;

/** The furthest that a hold's expiry may lie ahead, at its creation and at every extension. */
export const HOLD_MAX_MS = DAY_MS;

/** How long the credits last that a reversal gives back for an expired grant, unless configured. */
export const ADJUSTMENT_DAYS = 30;
