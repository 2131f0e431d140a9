import { InvalidArgumentError } from 'commander';

/** A parser of one of the words. */
export function oneOf<const Word extends string>(words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const word = words.find((candidate) => candidate === text);
    if (word === undefined) {
      throw new InvalidArgumentError(`${JSON.stringify(text)} is not allowed here: give one of ${words.join(', ')}.`);
    }
    return word;
  };
}

/** A text with something in it. */
export function nonBlank(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('it is empty: give a text.');
  return text;
}

/** A parser of a comma-separated list of the words, without repeats. */
export function listOf<const Word extends string>(words: readonly Word[]): (text: string) => readonly Word[] {
  const parse = oneOf(words);
  return (text) => [...new Set(text.split(',').map((part) => parse(part.trim())))];
}

/** Collects `--metadata key=value`, given any number of times. */
export function collectPairs(text: string, soFar: Record<string, string> | undefined): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) {
    throw new InvalidArgumentError(`${JSON.stringify(text)} is no pair: give key=value, for example plan=gold.`);
  }
  const key = text.slice(0, at);
  if (soFar !== undefined && Object.hasOwn(soFar, key)) {
    throw new InvalidArgumentError(`the key ${JSON.stringify(key)} is given twice; give each key once.`);
  }
  // Without a prototype a key such as __proto__ is a key like any other.
  return Object.assign(Object.create(null) as Record<string, string>, soFar, { [key]: text.slice(at + 1) });
}
