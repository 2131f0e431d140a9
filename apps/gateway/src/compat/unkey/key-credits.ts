import { Injectable } from '@nestjs/common';
import { NumberText } from '@app/contracts';

import type { JsonObject } from '../../http/json-body.js';
import { type CreditsJson, refillOf } from './credits.js';
import { badRequest } from './errors.js';
import { requireForAnyApi } from './permissions.js';
import type { UpdateCreditsBody } from './requests.js';
import { type UnkeyCall, UnkeyCalls } from './unkey-calls.js';

const NO_VALUE = 'When specifying an increment or decrement operation, a value must be provided.';

/** `keys.updateCredits`: one command. */
@Injectable()
export class KeyCredits {
  constructor(private readonly calls: UnkeyCalls) {}

  /**
   * The key is read before the command: a read that fails afterwards would be answered 5xx, which the client repeats
   * by itself, and an increment would count twice. What remains is the command's own outcome.
   */
  async update(call: UnkeyCall, body: UpdateCreditsBody): Promise<CreditsJson> {
    requireForAnyApi(call.caller, 'update_key');
    const command = commandOf(body);
    const view = await this.calls.key(call, body.keyId, 'update_key');
    const { after } = await this.calls.run(call, { ...command, reason: 'keys.updateCredits' }, body.keyId);
    const available = after?.available ?? null;
    if (available === null) return { remaining: null };
    return { remaining: new NumberText(available), ...refillOf(view) };
  }
}

/** Without a value, `set` makes unlimited; `decrement` takes what is there when it is less. */
function commandOf({ operation, value }: UpdateCreditsBody): JsonObject {
  if (operation === 'set') return { type: 'credit.set', value: value ?? null };
  if (value === undefined || value === null) throw badRequest(NO_VALUE);
  if (operation === 'increment') return { type: 'credit.delta', delta: value };
  return { type: 'credit.delta', delta: value === '0' ? '0' : `-${value}`, onInsufficient: 'clamp' };
}
