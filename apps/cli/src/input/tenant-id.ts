import { InvalidArgumentError } from 'commander';

/** 1–64 of `A–Z a–z 0–9 _ -` (contracts, "Command record"). */
const TENANT_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** @throws InvalidArgumentError saying what is allowed */
export function tenantId(text: string): string {
  if (!TENANT_ID.test(text)) {
    throw new InvalidArgumentError(`${JSON.stringify(text)} is no tenant id: allowed are 1 to 64 of A-Z a-z 0-9 _ -.`);
  }
  return text;
}
