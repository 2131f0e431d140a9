import { z } from 'zod';

import {
  apiId,
  emptyList,
  expires,
  int64,
  keyId,
  meta,
  name,
  NO_REFILL_WITHOUT_REMAINING,
  onlyFalse,
  ownerId,
  refill,
} from './fields.js';

/*
 * Bodies of Unkey's requests; unknown fields are refused. Amounts come out as digits. What would be dropped although
 * it protects (rate limits, permissions) is refused, not ignored.
 */

export const updateCreditsBody = z.strictObject({
  keyId,
  operation: z.enum(['set', 'increment', 'decrement']),
  value: int64(0).nullish(),
});
export type UpdateCreditsBody = z.infer<typeof updateCreditsBody>;

export const getKeyBody = z.strictObject({
  keyId,
  decrypt: onlyFalse('only hashes of keys are kept, so that none can be decrypted: must be false').optional(),
});
export type GetKeyBody = z.infer<typeof getKeyBody>;

export const createKeyBody = z.strictObject({
  apiId,
  prefix: z
    .string()
    .min(1)
    .max(16)
    .regex(/^[A-Za-z0-9_]+$/)
    .optional(),
  name: name.optional(),
  byteLength: z.number().int().min(16).max(255).default(16),
  externalId: ownerId.optional(),
  meta: meta.optional(),
  roles: emptyList('roles').optional(),
  permissions: emptyList('permissions').optional(),
  expires: expires.optional(),
  credits: z
    .strictObject({ remaining: int64(0).nullable(), refill: refill.optional() })
    .refine((credits) => credits.remaining !== null || credits.refill === undefined, {
      path: ['refill'],
      message: NO_REFILL_WITHOUT_REMAINING,
    })
    .optional(),
  ratelimits: emptyList('rate limits of keys').optional(),
  enabled: z.boolean().default(true),
  recoverable: onlyFalse('only hashes of keys are kept: must be false').optional(),
});
export type CreateKeyBody = z.infer<typeof createKeyBody>;

/** Absent keeps, null clears, a value replaces. */
export const updateKeyBody = z.strictObject({
  keyId,
  name: name.nullish(),
  externalId: ownerId.nullish(),
  meta: meta.nullish(),
  expires: expires.nullish(),
  credits: z
    .strictObject({ remaining: int64(0).nullish(), refill: refill.nullish() })
    .refine((credits) => credits.remaining !== null || !credits.refill, {
      path: ['refill'],
      message: NO_REFILL_WITHOUT_REMAINING,
    })
    .nullish(),
  ratelimits: emptyList('rate limits of keys').nullish(),
  enabled: z.boolean().optional(),
  roles: emptyList('roles').optional(),
  permissions: emptyList('permissions').optional(),
});
export type UpdateKeyBody = z.infer<typeof updateKeyBody>;

export const verifyKeyBody = z.strictObject({
  key: z.string().min(1).max(512),
  tags: z.array(z.string().min(1).max(128)).max(20).optional(),
  permissions: z.never('Creditbus does not check permissions of keys: must be absent').optional(),
  credits: z.strictObject({ cost: int64(0) }).optional(),
  ratelimits: emptyList('rate limits of keys').optional(),
  migrationId: z.string().max(256).optional(),
});
export type VerifyKeyBody = z.infer<typeof verifyKeyBody>;
