import { CompressionCodecs, CompressionTypes } from 'kafkajs';
import { decompress as unzstd } from 'fzstd';
import { lz4Frame } from './lz4-frame.js';
import { unsnappy } from './xerial-snappy.js';

/** kafkajs asks for a codec by record batch; Creditbus itself writes uncompressed. */
interface ReadingCodec {
  compress(): Promise<Buffer>;
  decompress(bytes: Buffer): Promise<Buffer>;
}

let registered = false;

/** Lets every consumer of this process read snappy, lz4 and zstd; gzip is built into kafkajs. */
export function registerCodecs(): void {
  if (registered) return;
  registered = true;
  CompressionCodecs[CompressionTypes.Snappy] = () => reading('snappy', unsnappy);
  CompressionCodecs[CompressionTypes.LZ4] = () => reading('lz4', lz4Frame);
  CompressionCodecs[CompressionTypes.ZSTD] = () => reading('zstd', (bytes) => asBuffer(unzstd(bytes)));
}

function reading(name: string, decompress: (bytes: Buffer) => Buffer): ReadingCodec {
  return {
    compress: () => Promise.reject(new Error(`Creditbus reads ${name} but does not write it.`)),
    decompress: (bytes) => Promise.resolve(decompress(bytes)),
  };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
