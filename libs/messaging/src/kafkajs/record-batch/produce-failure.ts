/** UNKNOWN_TOPIC_OR_PARTITION: from a broker it may only mean that its metadata is old, so that is retried. */
export const UNKNOWN_PARTITION = 3;

/** Errors of the Kafka protocol that the same records would meet again: sending them anew is pointless. */
const REFUSED: ReadonlyMap<number, string> = new Map([
  [10, 'MESSAGE_TOO_LARGE'],
  [17, 'INVALID_TOPIC_EXCEPTION'],
  [18, 'RECORD_LIST_TOO_LARGE'],
  [29, 'TOPIC_AUTHORIZATION_FAILED'],
  [87, 'INVALID_RECORD'],
]);

/** The broker refused records of one partition for what they are, or because of its rights; not retried. */
export class ProduceRefused extends Error {
  override readonly name = 'ProduceRefused';
  constructor(
    readonly topic: string,
    readonly partition: number,
    /** Number in the Kafka protocol's table of error codes. */
    readonly errorCode: number,
  ) {
    super(`the broker refused records for ${topic}/${partition}: ${nameOf(errorCode)}`);
  }
}

/** Not every record was acknowledged in time; those that were are on the log, so sending again may repeat them. */
export class ProduceTimeout extends Error {
  override readonly name = 'ProduceTimeout';
}

function nameOf(errorCode: number): string {
  if (errorCode === UNKNOWN_PARTITION) return 'there is no such partition';
  return REFUSED.get(errorCode) ?? `error ${errorCode}`;
}

export function isRefusal(errorCode: number): boolean {
  return REFUSED.has(errorCode);
}
