import { Injectable } from '@nestjs/common';

import { CommandAccess } from '../auth/command-access.js';
import type { Principal } from '../auth/principal.js';
import type { JsonObject } from '../http/json-body.js';
import { Problem } from '../http/problem.js';
import { Metrics } from '../metrics/metrics.js';
import type { Submitted } from './commands.js';
import { type KnownFields, type PreparedCommand, prepareCommand } from './prepared-command.js';

/** What a caller says of a command outside its body; the tenant is the key's. */
export type CallersFields = Omit<KnownFields, 'tenantId'>;

/** Makes a caller's fields a command that may be published. */
@Injectable()
export class CommandIntake {
  constructor(
    private readonly access: CommandAccess,
    private readonly metrics: Metrics,
  ) {}

  /** @throws Problem 400 or 413 for what is malformed, 403 and 404 for what the key isn't let at. */
  async take(caller: Principal, body: JsonObject, given: CallersFields): Promise<PreparedCommand> {
    let type: string = given.type ?? 'unknown';
    try {
      const prepared = prepareCommand(body, { ...given, tenantId: caller.tenantId });
      type = prepared.command.type;
      await this.access.check(caller, prepared.command);
      return prepared;
    } catch (error) {
      const refused = error instanceof Problem && error.status < 500;
      if (refused) this.metrics.gateway.commands.inc({ type, result: 'refused' });
      throw error;
    }
  }
  /** What a caller may be told of a published command: that it was accepted, where the outcome isn't its to see. */
  async told(caller: Principal, { command }: PreparedCommand, submitted: Submitted): Promise<Submitted> {
    const hasOutcome = submitted.kind === 'applied' || submitted.kind === 'rejected';
    if (!hasOutcome || (await this.access.mayShow(caller, command))) return submitted;
    return { kind: 'accepted', commandId: command.id };
  }
}
