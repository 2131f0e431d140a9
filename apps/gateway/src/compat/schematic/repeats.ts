import { createHash } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import { type Outcome, outcomeOf } from '@app/contracts';
import type { RejectionCode } from '@app/domain';
import { EntryReader } from '@app/store';
import type { FastifyRequest } from 'fastify';

import type { Principal } from '../../auth/principal.js';
import type { CallersFields } from '../../commands/command-intake.js';
import { rejectionStatus } from '../../commands/rejection-status.js';
import { uuidV7 } from '../../commands/uuid-v7.js';
import type { JsonObject } from '../../http/json-body.js';
import { Problem } from '../../http/problem.js';
import { AccountDirectory } from '../../reads/account-directory.js';
import { databaseRead } from '../../reads/database-read.js';
import { exactJson } from '../adapter/exact-json.js';
import { type CommandIdentity, CompatibleCalls } from '../adapter/compatible-calls.js';
import { isProblem } from './errors.js';

/** A request that may come again with the same key. */
export interface Asked {
  readonly identity: CommandIdentity;
  /** What was asked: kept as the command's `source`, so that a repeat is told from another request with its key. */
  readonly source: string;
}

/**
 * Commands whose fields depend on what was read before (what a credit keeps, when a grant expires, which lease is
 * the next), so that a repeat would describe another one. Their repeats are known by what was asked.
 */
@Injectable()
export class RepeatedCommands {
  constructor(
    private readonly calls: CompatibleCalls,
    private readonly entries: EntryReader,
    private readonly accounts: AccountDirectory,
  ) {}

  /** @throws Problem 400 for a malformed key */
  asked(request: FastifyRequest, body: unknown): Asked {
    const text = `${request.method} ${request.url} ${exactJson(body)}`;
    const digest = createHash('sha256').update(text).digest('hex');
    return { identity: this.calls.identify(request), source: `schematic:${digest}` };
  }

  /**
   * What became of the same request when it came before, or undefined.
   * @throws Problem by the code of its rejection, 409 when the key was used for another request
   */
  async earlier(caller: Principal, { identity, source }: Asked): Promise<Outcome | undefined> {
    if (!identity.repeatable) return undefined;
    const entry = await databaseRead(() => this.entries.findByCommandId(caller.tenantId, identity.id));
    // What the key isn't let at it has not asked for before: the command itself will be refused.
    if (!entry || !(await this.accounts.reaches(caller, entry))) return undefined;
    if (entry.source !== source) {
      const detail = `the idempotency key ${JSON.stringify(identity.id)} was used before for another request`;
      throw new Problem(409, 'COMMAND_CONFLICT', detail, { commandId: identity.id });
    }
    if (entry.status === 'applied') return outcomeOf(entry);
    const code = entry.code as RejectionCode;
    throw new Problem(rejectionStatus(code), code, entry.message ?? code, { outcome: outcomeOf(entry) });
  }

  /** Publishes and waits. The same request at the same moment may have been faster: then its outcome. */
  async run(caller: Principal, asked: Asked, fields: JsonObject, given: Omit<CallersFields, 'id'>): Promise<Outcome> {
    try {
      return await this.calls.run(caller, { ...fields, source: asked.source }, given, asked.identity);
    } catch (error) {
      const faster = isProblem(error, 'COMMAND_CONFLICT') ? await this.earlier(caller, asked) : undefined;
      if (faster) return faster;
      throw error;
    }
  }

  /** The same request tried again with another command (0: the first), because somebody else was faster. */
  attempt({ identity, source }: Asked, count: number): Asked {
    if (count === 0) return { identity, source };
    const derived = createHash('sha256').update(`${count} ${identity.id}`).digest('hex');
    return { identity: { ...identity, id: identity.repeatable ? derived : uuidV7() }, source };
  }
}
