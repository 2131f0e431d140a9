import type { Readable } from 'node:stream';

import { CliError } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import type { GatewayClient } from '../gateway/client.js';
import { isRefusal, parseCommandLine, type FileCommand } from './command-line.js';
import { Lane, laneOf, type BatchLimits } from './lane.js';
import { readLines } from './lines.js';
import type { PublishReport } from './report.js';

export interface PublisherOptions {
  readonly limits: BatchLimits;
  /** Requests at a time. */
  readonly concurrency: number;
  readonly idPrefix?: string;
  /** How long single commands that the gateway could not take now are sent again, milliseconds. */
  readonly timeoutMs: number;
  /** Called with each line that was not accepted, with its id. */
  readonly onRest?: (text: string) => void;
  /** Called as things proceed, with the bytes that were read. */
  readonly onProgress?: (bytesRead: number) => void;
}

interface ItemAnswer {
  readonly commandId?: string;
  readonly status?: string | number;
  readonly code?: string;
  readonly detail?: string;
  readonly title?: string;
  readonly errors?: readonly { readonly pointer?: string; readonly message?: string }[];
}

const BACK_OFF_MS = [100, 300, 1000, 3000] as const;

/**
 * Publishes the commands of a stream, one per line, through the gateway in batches. An account's commands keep the
 * order of the file. One bad line does not stop the others; a gateway that is gone, or refuses the API key, does.
 */
export class Publisher {
  private failure: CliError | undefined;

  constructor(
    private readonly gateway: GatewayClient,
    private readonly report: PublishReport,
    private readonly options: PublisherOptions,
  ) {}

  /** Resolves when everything was answered; with the failure that stopped it, when one did. */
  async publish(stream: Readable): Promise<CliError | undefined> {
    const { concurrency, limits, idPrefix, onProgress } = this.options;
    const lanes = Array.from({ length: concurrency }, () => new Lane(limits, (batch) => this.send(batch)));
    for await (const line of readLines(stream)) {
      this.report.lines += 1;
      const command = parseCommandLine(line.number, line.text, idPrefix);
      if (isRefusal(command)) {
        this.report.refuse(command);
        if (line.text !== undefined) this.options.onRest?.(line.text);
      } else {
        if (idPrefix === undefined && command.text !== line.text) this.report.newIds += 1;
        // Round robin would be faster for one hot account, and would break its order.
        await lanes[laneOf(command.accountId, concurrency)]?.add(command);
      }
      onProgress?.(line.endByte);
      // Only who wants the rest of a file must read it to its end.
      if (this.failure !== undefined && this.options.onRest === undefined) break;
    }
    await Promise.all(lanes.map((lane) => lane.drain()));
    return this.failure;
  }

  private async send(batch: readonly FileCommand[]): Promise<void> {
    const deadline = Date.now() + this.options.timeoutMs;
    let left = batch;
    for (let attempt = 0; left.length > 0; attempt += 1) {
      if (this.failure !== undefined) return void this.giveBack(left);
      let answers: readonly ItemAnswer[];
      try {
        answers = await this.request(left);
      } catch (error) {
        this.failure =
          error instanceof CliError ? error : new CliError(String(error), EXIT.unreachable, { cause: error });
        return void this.giveBack(left);
      }
      left = this.settle(left, answers, Date.now() < deadline);
      if (left.length > 0) await new Promise((done) => setTimeout(done, BACK_OFF_MS[Math.min(attempt, 3)]));
    }
  }

  private async request(batch: readonly FileCommand[]): Promise<readonly ItemAnswer[]> {
    const body = `{"commands":[${batch.map((command) => command.text).join(',')}]}`;
    const answer = await this.gateway.write({ method: 'POST', path: '/v1/commands/batch', body });
    const results = (answer.body as { results?: readonly ItemAnswer[] } | undefined)?.results;
    if (results?.length !== batch.length) {
      throw new CliError("the gateway's answer does not have one result per command.", EXIT.unreachable, {
        code: 'BAD_ANSWER',
      });
    }
    return results;
  }

  /** Notes the answers and returns the commands that are to be sent again, in order. */
  private settle(
    batch: readonly FileCommand[],
    answers: readonly ItemAnswer[],
    mayTryAgain: boolean,
  ): readonly FileCommand[] {
    const again: FileCommand[] = [];
    batch.forEach((command, index) => {
      const answer = answers[index] ?? {};
      if (answer.status === 'accepted') {
        this.report.accepted += 1;
      } else if (mayTryAgain && (answer.status === 503 || answer.status === 429)) {
        again.push(command);
      } else {
        this.report.refuse({
          line: command.line,
          commandId: command.commandId ?? answer.commandId,
          code: answer.code ?? `HTTP_${answer.status ?? 'UNKNOWN'}`,
          message: messageOf(answer),
        });
        this.options.onRest?.(command.text);
      }
    });
    return again;
  }

  private giveBack(batch: readonly FileCommand[]): void {
    this.report.notSent += batch.length;
    for (const command of batch) this.options.onRest?.(command.text);
  }
}

function messageOf(answer: ItemAnswer): string {
  const summary = answer.detail ?? answer.title ?? 'refused';
  // Pointers count from the beginning of the request, which means nothing to who wrote the file.
  const others = (answer.errors ?? []).map(({ message = '' }) => message).filter((message) => message !== summary);
  return [summary, ...others].join('; ');
}
