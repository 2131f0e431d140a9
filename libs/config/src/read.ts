import { ConfigError, type ConfigProblem } from './config-error.js';
import type { Values, Variable, Variables } from './variable.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A rule over several variables: adds what is wrong. Values that are wrong by themselves are undefined. */
export type CrossCheck<V extends Variables> = (values: Partial<Values<V>>) => readonly ConfigProblem[];

/**
 * Reads all variables of an app at once. An empty variable counts as not set.
 * @throws ConfigError naming every variable that is missing or wrong
 */
export function readVariables<V extends Variables>(
  app: string,
  variables: V,
  env: Environment,
  crossChecks: readonly CrossCheck<V>[] = [],
): Values<V> {
  const problems: ConfigProblem[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries(variables)) {
    const given = env[name] === '' ? undefined : env[name];
    const text = given ?? variable.default;
    if (text === undefined) {
      if (!variable.optional) problems.push({ variable: name, value: '(not set)', allowed: variable.allowed });
      continue;
    }
    const result = variable.schema.safeParse(text);
    if (result.success) {
      values[name] = result.data;
    } else {
      const reason = result.error.issues.find(({ code }) => code === 'custom')?.message;
      const allowed =
        reason === undefined || reason === 'Invalid input' ? variable.allowed : `${variable.allowed}; ${reason}`;
      problems.push({ variable: name, value: shown(variable, text), allowed });
    }
  }
  for (const check of crossChecks) problems.push(...check(values as Partial<Values<V>>));
  if (problems.length > 0) throw new ConfigError(app, problems);
  return values as Values<V>;
}

/** A value as it may appear in a message. */
export function shown(variable: Variable<unknown>, text: string): string {
  if (variable.secret) return '(hidden)';
  const value = variable.show === undefined ? text : variable.show(text);
  return `"${value.length > 80 ? `${value.slice(0, 77)}...` : value}"`;
}

/** Freezes a configuration with everything in it. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
