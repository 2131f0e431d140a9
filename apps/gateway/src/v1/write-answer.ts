import type { Outcome } from '@app/contracts';
import type { FastifyReply } from 'fastify';

import type { Submitted } from '../commands/commands.js';
import { rejectionStatus } from '../commands/rejection-status.js';
import { Problem } from '../http/problem.js';

/** Body of 202: the broker has the command, its outcome comes later. */
export interface Accepted {
  readonly commandId: string;
  readonly status: 'accepted';
}

/** Where a command's outcome can be read. */
export function commandLocation(commandId: string): string {
  return `/v1/commands/${encodeURIComponent(commandId)}`;
}

/**
 * Status, headers and body of a write (gateway, "Writing"): 202, or 200 with the outcome.
 * @throws Problem for a rejection by its code, for a dead letter 422.
 */
export function writeAnswer(
  reply: FastifyReply,
  submitted: Submitted,
  waitSeconds: number | undefined,
): Accepted | Outcome {
  const commandId = submitted.kind === 'applied' ? submitted.outcome.commandId : submitted.commandId;
  const headers: Record<string, string> = { Location: commandLocation(commandId) };
  if (waitSeconds !== undefined) headers['Preference-Applied'] = `wait=${waitSeconds}`;
  if ('replayed' in submitted && submitted.replayed) headers['Idempotent-Replayed'] = 'true';

  switch (submitted.kind) {
    case 'accepted':
      void reply.status(202).headers(headers);
      return { commandId, status: 'accepted' };
    case 'applied':
      void reply.status(200).headers(headers);
      return submitted.outcome;
    case 'rejected': {
      const { code, message, outcome } = submitted;
      throw new Problem(rejectionStatus(code), code, message, { commandId, outcome, headers });
    }
    case 'dead-lettered':
      throw new Problem(422, submitted.code, submitted.message, { commandId, headers });
  }
}
