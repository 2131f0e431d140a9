/** Bounds of what a publisher may send (contracts, "Command record"; domain rules, "Limits"). */
export const LIMITS = {
  /** Value of one command record, in bytes. */
  valueBytesMax: 64 * 1024,
  /** Objects and arrays within each other; the command itself is the first. */
  depthMax: 32,
  /** Ids that the publisher chooses: command, account, external and group ids. All lengths are Unicode code points. */
  idCharactersMax: 255,
  tenantIdCharactersMax: 64,
  creditTypeCharactersMax: 64,
  reasonCharactersMax: 64,
  descriptionCharactersMax: 1024,
  sourceCharactersMax: 255,
  actorTypeCharactersMax: 64,
  occurredAtCharactersMax: 64,
  metadataPairsMax: 50,
  metadataKeyCharactersMax: 40,
  metadataValueCharactersMax: 500,
  /** An amount as a decimal string, sign and point included. */
  amountCharactersMax: 64,
  /** Names, and the period of a reset. */
  nameCharactersMax: 255,
  /** What one and several of a credit type are called. */
  unitNameCharactersMax: 512,
  iconCharactersMax: 1024,
  currencyCharactersMax: 16,
  timeZoneCharactersMax: 64,
  /** Signed 32-bit; lower is drawn first. */
  priorityMin: -(2 ** 31),
  priorityMax: 2 ** 31 - 1,
  scaleMax: 9,
  /** Grants of one reset. */
  resetGrantsMax: 1_000,
  pricesMax: 50,
  /** Counts of periods and of units of expiry. */
  calendarCountMax: 10_000,
  /** Largest `expectedVersion`: versions are signed 64-bit integers. */
  versionMax: 2n ** 63n - 1n,
} as const;

/**
 * Whether a text has between min and max characters, counted as Unicode code points like `maxLength` of JSON Schema
 * and `varchar(n)` of Postgres. The text must have no lone surrogates.
 */
export function isLengthWithin(text: string, min: number, max: number): boolean {
  // A code point has one or two UTF-16 units, so most texts are decided by their length alone.
  if (text.length <= max) return text.length >= min;
  if (text.length > 2 * max) return false;
  let characters = 0;
  for (const _ of text) characters += 1;
  return characters <= max;
}
