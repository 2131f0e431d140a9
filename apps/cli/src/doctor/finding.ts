/** What the doctor found about one invariant. */
export interface Finding {
  readonly invariant: string;
  readonly rule: string;
  readonly verdict: 'holds' | 'violated' | 'not checked';
  /** What was looked at, with numbers; or why nothing was. */
  readonly checked: string;
  readonly violations: number;
  /** The first violations, for people. */
  readonly examples: readonly string[];
}

const RULES = {
  I1: 'the sum of what was applied is the balance, and entries link up',
  I2: 'base and open grants are the balance, open holds are what is held',
  I3: 'a command and a record have one entry',
  I4: 'versions of an account are 1..n',
  I5: 'each entry has its event',
  I6: 'each event has its entry',
  I7: 'the log is being applied',
} as const;

export type Invariant = keyof typeof RULES;

/** @param examples of which the first are kept */
export function finding(
  invariant: Invariant,
  checked: string,
  violations: number,
  examples: readonly string[] = [],
): Finding {
  const verdict = violations === 0 ? 'holds' : 'violated';
  return { invariant, rule: RULES[invariant], verdict, checked, violations, examples: examples.slice(0, 10) };
}

export function notChecked(invariant: Invariant, why: string): Finding {
  return { invariant, rule: RULES[invariant], verdict: 'not checked', checked: why, violations: 0, examples: [] };
}
