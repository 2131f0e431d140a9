import { DEAD_LETTER_CODES, REJECTION_CODES } from '@app/domain';

import { buildProgram } from '../program.js';
import type { CliContext } from '../context.js';
import { problemError } from './problem.js';
import { WHAT_TO_DO } from './what-to-do.js';

const asked = { baseUrl: 'http://g', keyNames: '--api-key' };
const context = { stdout: process.stdout, stderr: process.stderr, env: {}, stack: () => undefined };

describe('a refusal', () => {
  it('exits with 1 when it is final, with 3 when it may pass another time', () => {
    expect([400, 401, 403, 404, 409, 413, 422].map((status) => problemError(status, {}, asked).exitCode)).toEqual(
      Array<number>(7).fill(1),
    );
    expect([429, 500, 502, 503, 504].map((status) => problemError(status, {}, asked).exitCode)).toEqual(
      Array<number>(5).fill(3),
    );
  });

  it('names each field that is wrong, in both shapes', () => {
    const errors = [{ pointer: '/delta', message: 'is no amount' }];
    expect(problemError(400, { detail: 'malformed', errors }, asked).message).toBe('malformed; /delta is no amount');
    const unkey = {
      meta: {},
      error: { detail: 'malformed', errors: [{ location: 'body.value', message: 'too big' }] },
    };
    expect(problemError(400, unkey, asked).message).toBe('malformed; body.value too big');
  });

  it('of something that is no problem document is told by its status', () => {
    for (const body of [undefined, null, 'text', [], { error: 'text' }]) {
      expect(problemError(502, body, asked).message).toBe('the gateway answered 502');
    }
  });

  it('says what to do only with codes and commands that there are', () => {
    const codes: readonly string[] = [...REJECTION_CODES, ...DEAD_LETTER_CODES, 'COMMAND_NOT_RECORDED'];
    const paths = buildProgram(context as unknown as CliContext).leaves.map(({ path }) => path);
    for (const [code, text] of Object.entries(WHAT_TO_DO)) {
      expect(codes).toContain(code);
      for (const [, line = ''] of text.matchAll(/`creditbus ([^`]+)`/g)) {
        expect(paths.some((path) => line === path || line.startsWith(`${path} `))).toBe(true);
      }
    }
  });
});
