import { Readable } from 'node:stream';

import { isRefusal, parseCommandLine, type FileCommand, type Refusal } from './command-line.js';
import { Lane, laneOf } from './lane.js';
import { LINE_BYTES_MAX, readLines } from './lines.js';

async function linesOf(...parts: readonly (string | Buffer)[]) {
  const lines = [];
  for await (const line of readLines(Readable.from(parts.map((part) => Buffer.from(part))))) lines.push(line);
  return lines;
}

describe('lines of a file', () => {
  it('are counted as an editor does, whatever the line ends and chunk borders are', async () => {
    expect(await linesOf('{"a"', ':1}\r\n\n  \n{"b":2}\n{"c', '":3}')).toEqual([
      { number: 1, text: '{"a":1}', endByte: 9 },
      { number: 4, text: '{"b":2}', endByte: 21 },
      { number: 5, text: '{"c":3}', endByte: 28 },
    ]);
  });

  it('a byte order mark at the beginning is no part of the first one', async () => {
    expect((await linesOf('\ufeff{}\n'))[0]?.text).toBe('{}');
  });

  it('one that is not UTF-8 has no text', async () => {
    expect(await linesOf(Buffer.from([0xff, 0xfe, 10]), '{}\n')).toEqual([
      { number: 1, text: undefined, endByte: 3 },
      { number: 2, text: '{}', endByte: 6 },
    ]);
  });

  it('one without end is refused before it fills memory', async () => {
    await expect(linesOf('x'.repeat(LINE_BYTES_MAX), 'y')).rejects.toThrow('line 1 is longer than');
  });

  it('an empty file has none', async () => {
    expect(await linesOf('')).toEqual([]);
  });
});

describe('a command in a file', () => {
  const read = (text: string | undefined, prefix?: string) => parseCommandLine(7, text, prefix);

  it('is sent as it is written: no number passes through a float', () => {
    const text = '{"id":"a","accountId":"k","delta":9007199254740993, "x": 1e400}';
    expect(read(text)).toEqual({ line: 7, text, bytes: text.length, commandId: 'a', accountId: 'k' });
  });

  it('without an id gets a new one, in front of what is written', () => {
    const command = read('{"accountId":"k","delta":0.10}') as FileCommand;
    expect(command.commandId).toMatch(/^[0-9a-f-]{36}$/);
    expect(command.text).toBe(`{"id":"${command.commandId}","accountId":"k","delta":0.10}`);
    expect(command.bytes).toBe(command.text.length);
  });

  it('without an id gets prefix and line number when there is a prefix', () => {
    expect(read('{}', 'gift-')).toMatchObject({ commandId: 'gift-7', text: '{"id":"gift-7"}', accountId: '' });
    expect(read('{"id":"own"}', 'gift-')).toMatchObject({ commandId: 'own' });
  });

  it('with an id that is none is left to the gateway to judge', () => {
    expect(read('{"id":5}')).toMatchObject({ text: '{"id":5}', commandId: undefined });
    expect(read('{"id":null}')).toMatchObject({ text: '{"id":null}', commandId: undefined });
  });

  it.each([[undefined], ['no'], ['[1]'], ['null'], ['"x"'], ['{"a":1']])('%s is refused here', (text) => {
    const refusal = read(text) as Refusal;
    expect(isRefusal(refusal)).toBe(true);
    expect(refusal).toMatchObject({ line: 7, code: 'NOT_JSON' });
  });

  it('above 64 KiB is refused here', () => {
    expect(read(`{"id":"a","description":"${'x'.repeat(65_536)}"}`)).toMatchObject({
      code: 'TOO_LARGE',
      commandId: 'a',
    });
  });
});

describe('lanes', () => {
  const command = (line: number): FileCommand => ({ line, text: '{}', bytes: 2, accountId: 'k' });

  it('a lane sends one batch after the other, in order, and no larger than allowed', async () => {
    const sent: number[][] = [];
    let inFlight = 0;
    const lane = new Lane({ commandsMax: 2, bytesMax: 1000 }, async (batch) => {
      inFlight += 1;
      expect(inFlight).toBe(1);
      await new Promise((done) => setTimeout(done, 2));
      sent.push(batch.map(({ line }) => line));
      inFlight -= 1;
    });
    for (let line = 1; line <= 5; line += 1) await lane.add(command(line));
    await lane.drain();
    expect(sent).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('a batch is sent before it has more bytes than allowed', async () => {
    const sizes: number[] = [];
    const lane = new Lane({ commandsMax: 100, bytesMax: 7 }, async (batch) => {
      sizes.push(batch.length);
      await Promise.resolve();
    });
    for (let line = 1; line <= 5; line += 1) await lane.add(command(line));
    await lane.drain();
    expect(sizes).toEqual([2, 2, 1]);
  });

  it('what comes slowly is sent without waiting for a full batch', async () => {
    const sent: number[] = [];
    const lane = new Lane({ commandsMax: 100, bytesMax: 1000 }, async (batch) => {
      sent.push(...batch.map(({ line }) => line));
      await Promise.resolve();
    });
    await lane.add(command(1));
    await new Promise((done) => setTimeout(done, 150));
    expect(sent).toEqual([1]);
    await lane.drain();
  });

  it('an account always has the same lane, and accounts are spread', () => {
    expect(laneOf('key_1', 4)).toBe(laneOf('key_1', 4));
    const used = new Set(Array.from({ length: 100 }, (_, index) => laneOf(`key_${index}`, 4)));
    expect(used.size).toBe(4);
  });
});
