/** Path of an account: its id, `ext:<external id>` or its system id `acct_…`. */
export function accountPath(account: string): string {
  return `/v1/accounts/${encodeURIComponent(account)}`;
}

export const ACCOUNT_ARGUMENT = 'account id, ext:<external id>, or system id (acct_…)';
