import { Problem } from '../../http/problem.js';
import type { CommandIdentity } from './compatible-calls.js';

/**
 * Goes on with a request whose first command has been applied. Clients repeat any 5xx by themselves, and without an
 * idempotency key that would count twice: then an outage is told as 409.
 */
export async function afterEffect<T>(identity: CommandIdentity, go: () => Promise<T>): Promise<T> {
  try {
    return await go();
  } catch (error) {
    if (identity.repeatable || (error instanceof Problem && error.status < 500)) throw error;
    const { id } = identity;
    const detail = `the request was applied, but not all of its answer can be told now: see GET /v1/commands/${encodeURIComponent(id)}`;
    throw new Problem(409, 'COMMAND_NOT_RECORDED', detail, { commandId: id, cause: error });
  }
}
