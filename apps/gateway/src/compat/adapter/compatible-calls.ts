import { Inject, Injectable } from '@nestjs/common';
import { asTraceparent, type Outcome } from '@app/contracts';
import type { FastifyReply } from 'fastify';

import { Authenticator } from '../../auth/authenticator.js';
import { KeyRateLimit } from '../../auth/key-rate-limit.js';
import type { Principal } from '../../auth/principal.js';
import { CommandIntake, type CallersFields } from '../../commands/command-intake.js';
import { Commands, type Submitted } from '../../commands/commands.js';
import { rejectionStatus } from '../../commands/rejection-status.js';
import { uuidV7 } from '../../commands/uuid-v7.js';
import { GATEWAY_OPTIONS, type GatewayOptions } from '../../gateway-options.js';
import { chosenCommandId, idempotencyKeyOf, type KeyedRequest } from '../../http/command-id.js';
import type { JsonObject } from '../../http/json-body.js';
import { Problem } from '../../http/problem.js';

/** How a request of a compatible API names its command. */
export interface CommandIdentity {
  readonly id: string;
  /** The caller chose the id, so that it may send the same request again. */
  readonly repeatable: boolean;
  readonly traceparent: string | undefined;
}

/**
 * What every compatible route does between its own request and its own answer: tell who calls, publish a command,
 * wait for its outcome.
 */
@Injectable()
export class CompatibleCalls {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly rateLimit: KeyRateLimit,
    private readonly intake: CommandIntake,
    private readonly commands: Commands,
    @Inject(GATEWAY_OPTIONS) private readonly options: GatewayOptions,
  ) {}

  /** @throws Problem 401 for a secret that is not valid, 429 above the key's limit, 503 when that can't be told. */
  async authenticate(secret: string, reply: FastifyReply): Promise<Principal> {
    const caller = await this.authenticator.authenticate(secret);
    await this.rateLimit.consume(caller, reply);
    return caller;
  }

  /**
   * The command's id is the `Idempotency-Key` header's, else the one in the body if its system has such a field,
   * else a made one.
   * @throws Problem 400 for a malformed key, or two that differ
   */
  identify(request: KeyedRequest, keyInBody?: string): CommandIdentity {
    const chosen = chosenCommandId(idempotencyKeyOf(request), keyInBody);
    const traceparent = asTraceparent(request.headers.traceparent);
    return { id: chosen ?? uuidV7(), repeatable: chosen !== undefined, traceparent };
  }

  /**
   * Publishes a command and waits for its outcome as long as the gateway lets anybody wait.
   * @param fields of the command as JSON, numbers as sent or as `NumberText`
   * @returns the outcome of an applied command, a repeat's included
   * @throws Problem by the code of a rejection; 422 for a dead letter; what `CommandIntake.take` throws. When the
   * outcome is not known in time: 503 when the caller may send the request again, else 409, since the clients of
   * these systems repeat any 5xx by themselves and a repeat without an idempotency key would count twice.
   */
  async run(
    caller: Principal,
    fields: JsonObject,
    given: Omit<CallersFields, 'id'>,
    identity: CommandIdentity,
  ): Promise<Outcome> {
    const submitted = await this.submit(caller, fields, given, identity);
    switch (submitted.kind) {
      case 'applied':
        return submitted.outcome;
      case 'rejected': {
        const { code, message, commandId, outcome } = submitted;
        throw new Problem(rejectionStatus(code), code, message, { commandId, outcome });
      }
      case 'dead-lettered':
        throw new Problem(422, submitted.code, submitted.message, { commandId: submitted.commandId });
      case 'accepted':
        throw this.unknown(identity);
    }
  }

  private async submit(
    caller: Principal,
    fields: JsonObject,
    given: Omit<CallersFields, 'id'>,
    identity: CommandIdentity,
  ): Promise<Submitted> {
    const { id, traceparent } = identity;
    const prepared = await this.intake.take(caller, fields, { ...given, id });
    const waitMs = this.options.waitMaxSeconds * 1000;
    const submitted = await this.commands.submit(prepared, { waitMs, traceparent }).catch((error: unknown) => {
      if (error instanceof Problem && error.extras.maybePublished === true) throw this.unknown(identity, error);
      throw error;
    });
    return this.intake.told(caller, prepared, submitted);
  }

  private unknown({ id, repeatable }: CommandIdentity, cause?: unknown): Problem {
    const where = `its outcome is not known yet: GET /v1/commands/${encodeURIComponent(id)} will tell it`;
    const extras = { commandId: id, cause };
    if (!repeatable) return new Problem(409, 'COMMAND_NOT_RECORDED', `the command was sent and ${where}`, extras);
    const detail = `the command was sent and ${where}, or send the same request again`;
    return new Problem(503, 'UNAVAILABLE', detail, { ...extras, headers: { 'Retry-After': '1' } });
  }
}
