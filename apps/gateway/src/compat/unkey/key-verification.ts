import { Injectable } from '@nestjs/common';
import { NumberText } from '@app/contracts';
import type { AccountView } from '@app/store';

import { hasAccess } from '../../auth/principal.js';
import type { JsonObject } from '../../http/json-body.js';
import { Problem, type ProblemCode } from '../../http/problem.js';
import { remainingOf } from './credits.js';
import { identityJson, keyFieldsOf, tagsMetadata } from './key-metadata.js';
import { requireForAnyApi } from './permissions.js';
import type { VerifyKeyBody } from './requests.js';
import { type UnkeyCall, UnkeyCalls } from './unkey-calls.js';

type VerifyCode = 'VALID' | 'NOT_FOUND' | 'DISABLED' | 'EXPIRED' | 'USAGE_EXCEEDED';

/** What came of a verification; `remaining` null: unlimited. */
interface Verdict {
  readonly code: VerifyCode;
  readonly remaining: NumberText | null;
}

/** What a refused command means for a verification; the account may have changed since it was read. */
const VERDICTS: Partial<Record<ProblemCode, VerifyCode>> = {
  INSUFFICIENT_CREDITS: 'USAGE_EXCEEDED',
  ACCOUNT_UNLIMITED: 'VALID',
  ACCOUNT_FROZEN: 'DISABLED',
  ACCOUNT_CLOSED: 'DISABLED',
};

/** `keys.verifyKey`: finds the account by the secret's hash and takes the cost, all or nothing. */
@Injectable()
export class KeyVerification {
  constructor(private readonly calls: UnkeyCalls) {}

  async verify(call: UnkeyCall, body: VerifyKeyBody): Promise<JsonObject> {
    requireForAnyApi(call.caller, 'verify_key');
    const view = await this.calls.keyBySecret(call, body.key);
    // A key of another API is told like a missing one: 200, so that nobody can probe for keys.
    if (!view || !hasAccess(call.caller, view.account)) return { valid: false, code: 'NOT_FOUND' };
    const { code, remaining } = unusable(view) ?? (await this.charge(call, view, body));
    const { name, meta, expires, externalId } = keyFieldsOf(view.account.metadata);
    return {
      valid: code === 'VALID',
      code,
      keyId: view.account.accountId,
      name,
      meta,
      expires,
      credits: remaining ?? undefined,
      enabled: code !== 'DISABLED',
      identity: identityJson(externalId),
    };
  }

  /** What costs nothing, and what is unlimited, needs no command. */
  private async charge(call: UnkeyCall, view: AccountView, { credits, tags }: VerifyKeyBody): Promise<Verdict> {
    const cost = credits?.cost ?? '1';
    if (cost === '0' || view.account.unlimited) return { code: 'VALID', remaining: remainingOf(view) };
    const fields = {
      type: 'credit.delta',
      delta: `-${cost}`,
      onInsufficient: 'reject',
      reason: 'keys.verifyKey',
      ...(tags?.length && { metadata: tagsMetadata(tags) }),
    };
    try {
      const { after } = await this.calls.run(call, fields, view.account.accountId);
      return { code: 'VALID', remaining: numberOf(after?.available) };
    } catch (error) {
      return refused(error, view);
    }
  }
}

function unusable(view: AccountView): Verdict | undefined {
  const { enabled, expires } = keyFieldsOf(view.account.metadata);
  const remaining = remainingOf(view);
  if (!enabled || view.account.status !== 'active') return { code: 'DISABLED', remaining };
  return expires !== undefined && Date.now() >= expires ? { code: 'EXPIRED', remaining } : undefined;
}

function refused(error: unknown, view: AccountView): Verdict {
  const code = error instanceof Problem ? VERDICTS[error.code] : undefined;
  if (!(error instanceof Problem) || code === undefined) throw error;
  if (code === 'VALID') return { code, remaining: null };
  const { before } = (error.extras.outcome ?? {}) as { before?: { available: string | null } };
  return { code, remaining: before ? numberOf(before.available) : remainingOf(view) };
}

function numberOf(amount: string | null | undefined): NumberText | null {
  return amount === undefined || amount === null ? null : new NumberText(amount);
}
