import { startFailure } from './start-failure.js';

class Known extends Error {}

describe('what a process says that can not start', () => {
  test('is one sentence when an operator can mend it', () => {
    expect(startFailure(new Known('set X'), Known)).toBe('set X');
    const taken = Object.assign(new Error('listen EADDRINUSE: address already in use 127.0.0.1:1'), {
      syscall: 'listen',
    });
    expect(startFailure(taken, Known)).toBe(taken.message);
  });

  test('has the stack when it is a bug', () => {
    expect(startFailure(new TypeError('x is undefined'), Known)).toMatch(/^TypeError: x is undefined\n +at /);
    expect(startFailure('thrown text', Known)).toBe('thrown text');
  });
});
