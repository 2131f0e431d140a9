import { Injectable } from '@nestjs/common';
import { asTraceparent } from '@app/contracts';
import type { FastifyRequest } from 'fastify';

import type { Principal } from '../auth/principal.js';
import { Commands } from '../commands/commands.js';
import { CommandIntake } from '../commands/command-intake.js';
import type { PreparedCommand } from '../commands/prepared-command.js';
import { uuidV7 } from '../commands/uuid-v7.js';
import { chosenCommandId } from '../http/command-id.js';
import { isJsonObject, type JsonObject } from '../http/json-body.js';
import { invalidField, Problem, type ProblemBody, problemBody } from '../http/problem.js';
import { problemOf } from '../http/problem.filter.js';
import type { Accepted } from './write-answer.js';

/** Commands in one request at most (domain rules, "Limits"). */
export const BATCH_COMMANDS_MAX = 1_000;

/** One result per command, in order. */
export interface BatchAnswer {
  readonly results: readonly (Accepted | ProblemBody)[];
}

/** Publishes many commands at once; each is accepted or refused by itself. */
@Injectable()
export class BatchPublisher {
  constructor(
    private readonly intake: CommandIntake,
    private readonly commands: Commands,
  ) {}

  /**
   * @throws Problem 400 when the body is no batch; 503 when none could be published because the broker is away (with
   * the results, so that a retry can reuse made ids).
   */
  async publish(caller: Principal, body: JsonObject, request: FastifyRequest): Promise<BatchAnswer> {
    if (request.headers['idempotency-key'] !== undefined) {
      throw invalidField('Idempotency-Key', 'each command of a batch has its own id; send it as its "id"');
    }
    const traceparent = asTraceparent(request.headers.traceparent);
    const prepared = await Promise.all(batchItems(body).map((item, index) => this.prepare(caller, item, index)));
    // Only now, and all at once: whatever the checks took, commands of one account are published in their order.
    const settled = await Promise.all(prepared.map((item, index) => this.submit(item, index, traceparent)));
    const path = request.url.split('?', 1)[0] ?? '';
    const results = settled.map((result) =>
      result instanceof Problem ? problemBody(result, path, request.id) : result,
    );
    if (results.every((result) => result.status === 503)) {
      throw new Problem(503, 'UNAVAILABLE', 'no command could be published; send them again with the same ids', {
        headers: { 'Retry-After': '1' },
        results,
        cause: settled[0],
      });
    }
    return { results };
  }

  private async prepare(caller: Principal, item: unknown, index: number): Promise<PreparedCommand | Problem> {
    let commandId: string | undefined;
    try {
      if (!isJsonObject(item)) throw invalidField('', 'a command must be a JSON object');
      commandId = chosenCommandId(undefined, item.id) ?? uuidV7();
      return await this.intake.take(caller, item, { id: commandId });
    } catch (error) {
      return problemWithin(index, error, commandId);
    }
  }

  private async submit(
    prepared: PreparedCommand | Problem,
    index: number,
    traceparent: string | undefined,
  ): Promise<Accepted | Problem> {
    if (prepared instanceof Problem) return prepared;
    const commandId = prepared.command.id;
    try {
      await this.commands.submit(prepared, { traceparent });
      return { commandId, status: 'accepted' };
    } catch (error) {
      return problemWithin(index, error, commandId);
    }
  }
}

/** @throws Problem 400 */
function batchItems(body: JsonObject): readonly unknown[] {
  const { commands, ...others } = body;
  const [unknownField] = Object.keys(others);
  if (unknownField !== undefined) throw invalidField(`/${unknownField}`, 'a batch has only the field commands');
  if (!Array.isArray(commands) || commands.length < 1 || commands.length > BATCH_COMMANDS_MAX) {
    const given = Array.isArray(commands) ? `has ${commands.length} commands` : 'is not an array';
    throw invalidField('/commands', `commands ${given}; allowed is an array of 1–${BATCH_COMMANDS_MAX}`);
  }
  return commands;
}

/** The problem of one command, its pointers into the batch. */
function problemWithin(index: number, error: unknown, commandId: string | undefined): Problem {
  const { status, code, detail, extras } = problemOf(error);
  const errors = extras.errors?.map(({ pointer, message }) => ({ pointer: `/commands/${index}${pointer}`, message }));
  return new Problem(status, code, detail, { commandId, ...extras, errors });
}
