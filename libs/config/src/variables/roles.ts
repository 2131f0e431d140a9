import { anyText } from '../kinds.js';
import { optional } from '../variable.js';

/** What `creditbus migrate` gives the two database roles. */
export const ROLE_VARIABLES = {
  WORKER_DATABASE_PASSWORD: optional(
    anyText,
    'Password that `creditbus migrate` gives to the role `creditbus_worker`; without it the role keeps its own.',
    { secret: true },
  ),
  GATEWAY_DATABASE_PASSWORD: optional(
    anyText,
    'Password that `creditbus migrate` gives to the role `creditbus_gateway`; without it the role keeps its own.',
    { secret: true },
  ),
} as const;

export interface RolePasswords {
  readonly worker: string | undefined;
  readonly gateway: string | undefined;
}
