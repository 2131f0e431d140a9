export const WAIT_S_DEFAULT = 10;
/** The gateway waits no longer (gateway, "Writing"). */
export const WAIT_S_MAX = 30;
