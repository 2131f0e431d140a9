import { redrivenRecord } from '@app/contracts';
import type { LogProducer } from '@app/messaging';

import { Unreachable } from '../errors.js';
import type { DeadLetter } from './dead-letter.js';

const RECORDS_PER_SEND = 500;

/** What a redrive sends back, and what it leaves out. */
export interface RedrivePlan {
  /** By partition and offset of the dead-letter topic, so that commands of an account keep their order. */
  readonly letters: readonly DeadLetter[];
  /** Of the same original record as one of `letters`. */
  readonly repeats: number;
  /** Their values were cut, so they are not the originals. */
  readonly cut: readonly DeadLetter[];
}

/** Orders what was chosen, once each. */
export function planRedrive(chosen: readonly DeadLetter[]): RedrivePlan {
  const byPosition = [...chosen].sort((a, b) => a.partition - b.partition || (a.offset < b.offset ? -1 : 1));
  // Of a repeat the last one counts: a later redrive knows its number.
  const once = new Map(byPosition.map((letter) => [letter.original, letter]));
  const kept = byPosition.filter((letter) => once.get(letter.original) === letter);
  return {
    letters: kept.filter(({ isCut }) => !isCut),
    repeats: chosen.length - kept.length,
    cut: kept.filter(({ isCut }) => isCut),
  };
}

/**
 * Sends the original key, value and headers back to the commands topic, with the count of redrives raised by one.
 * Whatever is sent twice has one effect: the command's id keeps it single.
 * @throws Unreachable saying how many the brokers had acknowledged
 */
export async function redrive(producer: LogProducer, topic: string, letters: readonly DeadLetter[]): Promise<void> {
  for (let sent = 0; sent < letters.length; sent += RECORDS_PER_SEND) {
    const records = letters.slice(sent, sent + RECORDS_PER_SEND).map(({ record }) => redrivenRecord(record));
    await producer.send([{ topic, records }]).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new Unreachable(`${sent} of ${letters.length} were sent back, then Kafka refused: ${why}`, {
        hint: 'Run it again: what is sent twice has one effect.',
        cause: error,
      });
    });
  }
}
