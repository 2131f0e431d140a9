import type { z } from 'zod';

/** What a kind of value accepts, and how to say so to a person. */
export interface Kind<T> {
  readonly schema: z.ZodType<T, string>;
  /** Completes "allowed: …", without a full stop. */
  readonly allowed: string;
  /** How a bad value may be shown; default: as it is. */
  readonly show?: (value: string) => string;
}

/** One environment variable: the single source of its check, its line in `.env.example` and its row in the docs. */
export interface Variable<T> extends Kind<T> {
  /** One sentence for people: what it does, with units. */
  readonly meaning: string;
  /** As it would be written in the environment. Absent: required, unless `optional`. */
  readonly default?: string;
  readonly optional: boolean;
  /** Never shown anywhere. */
  readonly secret: boolean;
}

/** Variables by name. */
export type Variables = Readonly<Record<string, Variable<unknown>>>;

/** What reading gives for each of them. */
export type Values<V extends Variables> = {
  readonly [K in keyof V]: V[K] extends Variable<infer T> ? T : never;
};

/** Has to be set. */
export function required<T>(kind: Kind<T>, meaning: string, flags: { secret?: boolean } = {}): Variable<T> {
  return { ...kind, meaning, optional: false, secret: flags.secret ?? false };
}

/** Takes this value, written as in the environment, when it is not set. */
export function withDefault<T>(kind: Kind<T>, value: string, meaning: string): Variable<T> {
  return { ...kind, meaning, default: value, optional: false, secret: false };
}

/** May be left out: undefined. */
export function optional<T>(kind: Kind<T>, meaning: string, flags: { secret?: boolean } = {}): Variable<T | undefined> {
  return { ...kind, meaning, optional: true, secret: flags.secret ?? false };
}
