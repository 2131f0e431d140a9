import type { Chunk, ChunkSignal, Fence } from '@app/messaging';
import { CommandFailed, type CommandResult, type Ledger } from '@app/store';
import type { DecodedRecord } from './decoded-record.js';
import { loggedCommands } from './decoded-record.js';

/** A record of the chunk and what became of it. */
export interface RecordResult extends DecodedRecord {
  readonly result: CommandResult;
}

/** Half-open range of indices into the chunk's records. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Applies the records of a chunk in order; in the normal case in one transaction. When one command can't be
 * processed (`CommandFailed`), the chunk is split to find it: what lies before is applied, the command is tried
 * alone in its transaction with freshly read state, and only then becomes a dead letter; the rest goes on (P7).
 *
 * The progress row moves with each part, so a crash in between is an ordinary redelivery.
 * @throws whatever `Ledger.apply` throws, `CommandFailed` apart.
 */
export async function applyIsolating(
  ledger: Ledger,
  chunk: Chunk,
  records: readonly DecodedRecord[],
  signal: ChunkSignal,
): Promise<readonly RecordResult[]> {
  const done: RecordResult[] = [];
  const pending: Range[] = [{ from: 0, to: records.length }];
  let fence = chunk.fence;

  for (let range = pending.pop(); range !== undefined; range = pending.pop()) {
    await signal.heartbeat();
    const part = records.slice(range.from, range.to);
    const toOffset = records[range.to]?.record.offset ?? chunk.toOffset;
    const { commands, recordIndices } = loggedCommands(part);
    const apply = (selected: typeof commands): Promise<readonly CommandResult[]> =>
      ledger.apply({
        topic: chunk.topic,
        partition: chunk.partition,
        fence,
        toOffset,
        commands: selected,
      });

    let results: readonly CommandResult[];
    try {
      results = await apply(commands);
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      if (part.length > 1) {
        const failed = error.index === undefined ? undefined : recordIndices[error.index];
        pending.push(...split(range, failed).reverse());
        continue;
      }
      await apply([]);
      results = [
        {
          kind: 'dead-letter',
          reason: 'PROCESSING_FAILED',
          message: error.message,
        },
      ];
    }
    done.push(...merge(part, results));
    fence = advanced(fence, toOffset);
  }
  return done;
}

/** Around the failed record when it is known, else in halves. Indices of the range's records, in order. */
function split({ from, to }: Range, failed: number | undefined): Range[] {
  const cuts = failed === undefined ? [from + ((to - from) >> 1)] : [from + failed, from + failed + 1];
  const borders = [from, ...cuts, to];
  return borders
    .slice(1)
    .map((end, index) => ({ from: borders[index] as number, to: end }))
    .filter((range) => range.from < range.to);
}

function advanced(fence: Fence, toOffset: bigint): Fence {
  return toOffset > fence.nextOffset ? { owner: fence.owner, nextOffset: toOffset } : fence;
}

/** Puts the results of the commands, and the dead letters of what could not be decoded, back in record order. */
function merge(part: readonly DecodedRecord[], results: readonly CommandResult[]): RecordResult[] {
  let next = 0;
  return part.map(({ record, decoded }) => {
    if (!decoded.ok) {
      const { code, message, pointer } = decoded;
      return {
        record,
        decoded,
        result: {
          kind: 'dead-letter',
          reason: code,
          message,
          ...(pointer !== undefined && { pointer }),
        },
      };
    }
    const result = results[next++];
    if (result === undefined) throw new Error('the ledger returned fewer results than commands');
    return { record, decoded, result };
  });
}
