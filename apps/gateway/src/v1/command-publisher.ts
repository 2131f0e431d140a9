import { Inject, Injectable } from '@nestjs/common';
import type { Outcome } from '@app/contracts';
import type { CommandType } from '@app/domain';
import type { FastifyReply } from 'fastify';

import type { Principal } from '../auth/principal.js';
import { Commands } from '../commands/commands.js';
import { CommandIntake } from '../commands/command-intake.js';
import { GATEWAY_OPTIONS, type GatewayOptions } from '../gateway-options.js';
import { waitSecondsOf } from '../http/prefer.js';
import { invalidField, Problem } from '../http/problem.js';
import { chosenCreditType } from '../reads/account-address.js';
import { AccountDirectory } from '../reads/account-directory.js';
import { type NamedObject, ObjectDirectory } from '../reads/object-directory.js';
import { pathId } from '../reads/path-id.js';
import type { CommandRequest } from './command-request.js';
import type { GivenFields } from './dto/index.js';
import { creditTypeQuery } from './query.js';
import { type Accepted, writeAnswer } from './write-answer.js';

/** The way of every native request that publishes one command: prepare, check access, submit, answer. */
@Injectable()
export class CommandPublisher {
  constructor(
    private readonly directory: AccountDirectory,
    private readonly objects: ObjectDirectory,
    private readonly intake: CommandIntake,
    private readonly commands: Commands,
    @Inject(GATEWAY_OPTIONS) private readonly options: GatewayOptions,
  ) {}

  /** A command whose account, if it has one, is in its body. @throws Problem */
  publish(
    caller: Principal,
    request: CommandRequest,
    given: Omit<GivenFields, 'id' | 'tenantId'>,
    reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    return this.publishGiven(caller, request, () => Promise.resolve(given), reply);
  }

  /** A command for the account that the path names. @throws Problem */
  publishFor(
    caller: Principal,
    request: CommandRequest,
    target: { readonly type: CommandType; readonly account: string; readonly query: unknown },
    reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    const creditType = chosenCreditType(creditTypeQuery(target.query), request.body.creditType);
    const given = async (): Promise<GivenFields> => ({
      type: target.type,
      ...(await this.directory.nameForCommand(caller, target.account, creditType)),
    });
    return this.publishGiven(caller, request, given, reply);
  }

  /**
   * A command for the grant, hold, schedule or command that the path names. Its account is looked up, unless the body
   * names it: then the command is published at once, behind the one that may not be recorded yet.
   * @throws Problem 404 by the object's code, with nothing published.
   */
  publishAbout(
    caller: Principal,
    request: CommandRequest,
    target: { readonly type: CommandType; readonly named: NamedObject; readonly id: string; readonly query: unknown },
    reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    const { type, named, id, query } = target;
    const { body } = request;
    const creditType = chosenCreditType(creditTypeQuery(query), body.creditType);
    const given = async (): Promise<GivenFields> => {
      const fields = { type, [FIELD_OF[named]]: pathId(id, 'id', 'an id'), creditType };
      if (body.accountId !== undefined) return fields;
      const owner = await this.objects.ownerOf(caller, named, id);
      if (creditType !== undefined && creditType !== owner.creditType) {
        throw invalidField('creditType', `the account is one of creditType ${JSON.stringify(owner.creditType)}`);
      }
      const accountId = owner.accountId === '' ? undefined : owner.accountId;
      return { ...fields, accountId, creditType: owner.creditType };
    };
    return this.publishGiven(caller, request, given, reply);
  }

  private async publishGiven(
    caller: Principal,
    request: CommandRequest,
    given: () => Promise<GivenFields>,
    reply: FastifyReply,
  ): Promise<Accepted | Outcome> {
    const { body, commandId, traceparent } = request;
    const waitSeconds = waitSecondsOf(request.prefer, this.options.waitMaxSeconds);
    try {
      const prepared = await this.intake.take(caller, body, { ...(await given()), id: commandId });
      const waitMs = waitSeconds === undefined ? undefined : waitSeconds * 1000;
      const submitted = await this.commands.submit(prepared, { waitMs, traceparent });
      return writeAnswer(reply, await this.intake.told(caller, prepared, submitted), waitSeconds);
    } catch (error) {
      throw withCommandId(error, commandId);
    }
  }
}

/** The field of a command that says what the path names. */
const FIELD_OF = {
  grant: 'grantId',
  hold: 'holdId',
  schedule: 'scheduleId',
  original: 'reverses',
} as const satisfies Record<NamedObject, keyof GivenFields>;

/** A made id must reach the caller even when nothing was published, so that a retry can reuse it. */
function withCommandId(error: unknown, commandId: string | undefined): unknown {
  if (!(error instanceof Problem) || commandId === undefined) return error;
  const { status, code, detail, extras } = error;
  return new Problem(status, code, detail, { ...extras, commandId });
}
