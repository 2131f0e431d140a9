import type { Fetch } from './http/fetch.js';
import { DEFAULT_RETRY, type RetryPolicy, withGiven } from './http/retry.js';
import { Transport } from './http/transport.js';
import { Accounts } from './routes/accounts.js';
import { Commands } from './routes/commands.js';
import { CreditTypes } from './routes/credit-types.js';
import { Grants } from './routes/grants.js';
import { Holds } from './routes/holds.js';
import { Schedules } from './routes/schedules.js';

export interface CreditbusOptions extends Partial<RetryPolicy> {
  /** Where the gateway is, for example `https://credits.example.com`. */
  readonly baseUrl: string;
  /** API key of a tenant. */
  readonly apiKey: string;
  /** Instead of the global fetch. */
  readonly fetch?: Fetch | undefined;
}

/**
 * Client of a Creditbus gateway. Needs nothing but `fetch`; has no connection to open or close; one instance serves a
 * whole process.
 *
 * Every call that writes has an idempotency key, so that it is sent again after 429, 503 and network errors without
 * ever counting twice. A refused command is thrown as `CommandRejected`, all other failures as `CreditbusError`.
 */
export class Creditbus {
  readonly commands: Commands;
  readonly accounts: Accounts;
  readonly grants: Grants;
  readonly holds: Holds;
  readonly schedules: Schedules;
  readonly creditTypes: CreditTypes;

  /** @throws TypeError for a base URL or a key that can't be one */
  constructor(options: CreditbusOptions) {
    const { baseUrl, apiKey, fetch = globalThis.fetch, ...given } = options;
    const policy = withGiven(DEFAULT_RETRY, given);
    const transport = new Transport(rootOf(baseUrl), checkedKey(apiKey), fetch, policy);
    this.commands = new Commands(transport);
    this.accounts = new Accounts(transport);
    this.grants = new Grants(transport);
    this.holds = new Holds(transport);
    this.schedules = new Schedules(transport);
    this.creditTypes = new CreditTypes(transport);
  }
}

function rootOf(baseUrl: string): string {
  let url: URL;
  try {
    url = new URL(baseUrl);
  } catch {
    throw new TypeError('baseUrl is no URL: expected one such as https://credits.example.com');
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new TypeError(`baseUrl begins with ${url.protocol}: expected http: or https:`);
  }
  // fetch refuses credentials in a URL with an error that shows them.
  if (url.username !== '' || url.password !== '') throw new TypeError('baseUrl holds credentials: give an apiKey');
  return url.origin + url.pathname.replace(/\/+$/, '');
}

/** A key that can't be a header value would be shown by fetch's own error. */
function checkedKey(apiKey: unknown): string {
  if (typeof apiKey !== 'string' || !/^[\x21-\x7e]{8,1024}$/.test(apiKey)) {
    throw new TypeError('apiKey is not 8 to 1024 visible ASCII characters: is it set, without quotes and line breaks?');
  }
  return apiKey;
}
