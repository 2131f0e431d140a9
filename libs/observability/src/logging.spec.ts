import { Writable } from 'node:stream';
import { createLogger, withoutUrlPasswords } from './logging.js';

function capture(write: (log: ReturnType<typeof createLogger>) => void): Record<string, unknown> {
  let text = '';
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  write(createLogger('worker', 'info', stream));
  return JSON.parse(text) as Record<string, unknown>;
}

describe('logging', () => {
  it('writes JSON lines with the app, an ISO time and the level as a word', () => {
    const line = capture((log) => log.info('hello'));
    expect(line).toMatchObject({ app: 'worker', level: 'info', msg: 'hello' });
    expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  it('hides what is secret by name', () => {
    const line = capture((log) =>
      log.info({
        req: { headers: { authorization: 'Bearer s3cret' } },
        kafka: { sasl: { password: 's3cret' } },
        apiKey: 's3cret',
      }),
    );
    expect(JSON.stringify(line)).not.toContain('s3cret');
  });

  it('hides passwords of URLs in errors and their causes', () => {
    const cause = new Error('connect postgres://user:s3cret@host/db failed');
    const line = capture((log) => log.error({ err: new Error('outer', { cause }) }, 'failed'));
    expect(JSON.stringify(line)).not.toContain('s3cret');
    expect(line.err).toMatchObject({
      message: 'outer',
      cause: { message: 'connect postgres://user:***@host/db failed' },
    });
    expect(withoutUrlPasswords('http://host:80/path@x')).toBe('http://host:80/path@x');
  });
});
