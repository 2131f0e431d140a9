/**
 * What a process says that can't start: a sentence about what an operator must mend (errors of the `known` types, a
 * port that is taken); anything else is a bug and shows its stack.
 */
export function startFailure(error: unknown, ...known: readonly (abstract new (...args: never[]) => Error)[]): string {
  if (!(error instanceof Error)) return String(error);
  const canBeMended = known.some((type) => error instanceof type) || Reflect.get(error, 'syscall') === 'listen';
  return canBeMended ? error.message : (error.stack ?? error.message);
}
