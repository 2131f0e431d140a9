import { InvalidArgumentError } from 'commander';

/** A decimal as the contract has it: no exponent, no leading zeros or plus, no blanks. `-0` is looked for apart. */
const DECIMAL = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;
const NEGATIVE_ZERO = /^-0(?:\.0*)?$/;

/**
 * An amount from the command line, kept as text: it never becomes a float.
 * @throws InvalidArgumentError saying what is allowed
 */
export function amount(text: string): string {
  if (!DECIMAL.test(text) || NEGATIVE_ZERO.test(text)) {
    throw new InvalidArgumentError(
      `${JSON.stringify(text)} is no amount: allowed are decimals like 5, -3 or 0.25, without exponent, leading "+" or zeros.`,
    );
  }
  return text;
}

/** An amount, or `unlimited`, which is null. For arguments; an option needs `nullable`. */
export function amountOrUnlimited(text: string): string | null {
  return text === 'unlimited' ? null : amount(text);
}

const POLICIES = ['reject', 'clamp', 'allow'] as const;

/** A floor policy: a word, or `downTo:<amount>`. */
export type Policy = (typeof POLICIES)[number] | { readonly downTo: string };

/** @throws InvalidArgumentError */
export function floorPolicy(text: string): Policy {
  const word = POLICIES.find((policy) => policy === text);
  if (word !== undefined) return word;
  if (text.startsWith('downTo:')) return { downTo: amount(text.slice('downTo:'.length)) };
  throw new InvalidArgumentError(
    `${JSON.stringify(text)} is no policy: allowed are ${POLICIES.join(', ')} and downTo:<amount>, for example downTo:-100.`,
  );
}
