import type { EpochMs } from '../command.js';

/** Time at which every scenario begins. */
export const START: EpochMs = Date.UTC(2026, 0, 31, 12);
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
