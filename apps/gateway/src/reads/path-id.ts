import { isLengthWithin, LIMITS } from '@app/contracts';

import { invalidField } from '../http/problem.js';

/** An id as a path gives it. @throws Problem 400 for a text that nothing can be called. */
export function pathId(id: string, name: string, what: string): string {
  if (isLengthWithin(id, 1, LIMITS.idCharactersMax) && !id.includes('\0')) return id;
  throw invalidField(`{${name}}`, `${what} has 1–${LIMITS.idCharactersMax} characters without U+0000`);
}
