import { gunzipSync } from 'node:zlib';
import { compress } from 'snappyjs';
import { CompressionCodecs, CompressionTypes } from 'kafkajs';
import { registerCodecs } from './codecs.js';
import { lz4Frame } from './lz4-frame.js';
import { unsnappy } from './xerial-snappy.js';

const TEXT = 'plain incompressible 0123456789';

describe('codecs for what publishers compress', () => {
  it('lz4: reads linked blocks with block checksums and content size, over several blocks', () => {
    // lz4 -B4 -BD --content-size -BX, gzipped to be short here.
    const frame = gunzipSync(
      Buffer.from(
        'H4sIAAAAAAACA2NR8pWIcYjgZ2IAASdhRgaG+YlJySmpaekZ1pwM/0c4uB8ADooTaw02cQGDhv/nSA+Q/y8CwMkjuljTSgmYYuaD0glYBCOxuAWAE5F569OdoLS1/82EuwDH8p4nbgIAAA==',
        'base64',
      ),
    );
    expect(lz4Frame(frame).toString()).toBe('abcdefgh;'.repeat(15_000));
  });

  it('lz4: reads blocks that were stored because they don’t compress', () => {
    const frame = 'BCJNGGRApx8AAIBwbGFpbiBpbmNvbXByZXNzaWJsZSAwMTIzNDU2Nzg5AAAAAKAMBao=';
    expect(lz4Frame(Buffer.from(frame, 'base64')).toString()).toBe(TEXT);
  });

  it('lz4: refuses what isn’t a frame', () => {
    expect(() => lz4Frame(Buffer.from(TEXT))).toThrow('not an LZ4 frame');
    expect(() => lz4Frame(Buffer.from('BCJNGGRwpx8AAIBw', 'base64').fill(0xff, 4, 6))).toThrow('unknown version');
  });

  it('snappy: reads one raw stream, as other clients than Java’s write it', () => {
    expect(unsnappy(compress(Buffer.from(TEXT))).toString()).toBe(TEXT);
  });

  it('snappy: reads snappy-java’s framing, with several blocks and concatenated frames', () => {
    const header = Buffer.from('82534e4150505900' + '00000001' + '00000001', 'hex');
    const block = (text: string) => {
      const bytes = compress(Buffer.from(text));
      const length = Buffer.alloc(4);
      length.writeInt32BE(bytes.length);
      return Buffer.concat([length, bytes]);
    };
    const framed = Buffer.concat([header, block('first '), block('second '), header, block('third')]);
    expect(unsnappy(framed).toString()).toBe('first second third');
  });

  it('zstd: reads a frame', async () => {
    registerCodecs();
    const frame = Buffer.from('KLUv/QRY+QAAcGxhaW4gaW5jb21wcmVzc2libGUgMDEyMzQ1Njc4OQ+RjSE=', 'base64');
    const codec: { decompress(bytes: Buffer): Promise<Buffer> } = CompressionCodecs[CompressionTypes.ZSTD]();
    expect((await codec.decompress(frame)).toString()).toBe(TEXT);
  });

  it('writing compressed is refused, since nothing here does it', async () => {
    registerCodecs();
    const codec: { compress(): Promise<Buffer> } = CompressionCodecs[CompressionTypes.Snappy]();
    await expect(codec.compress()).rejects.toThrow('Creditbus reads snappy but does not write it.');
  });
});
