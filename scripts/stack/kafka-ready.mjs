// @ts-check
import { connect } from 'node:net';

/**
 * Asks a broker for its metadata, by hand: an open port says nothing, because a KRaft broker listens before it is
 * part of its cluster. True when it names at least one live broker.
 * @param {string} address host:port
 * @param {number} [timeoutMs]
 * @returns {Promise<boolean>}
 */
export function kafkaAnswers(address, timeoutMs = 1_000) {
  const separator = address.lastIndexOf(':');
  const host = address.slice(0, separator);
  const port = Number(address.slice(separator + 1));
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    /** @param {boolean} answer */
    const finish = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    let received = Buffer.alloc(0);
    socket.setTimeout(timeoutMs, () => finish(false));
    socket.once('error', () => finish(false));
    socket.once('close', () => finish(false));
    socket.once('connect', () => socket.write(metadataRequest()));
    socket.on('data', (data) => {
      received = Buffer.concat([received, data]);
      // size int32, correlation id int32, number of brokers int32
      if (received.length >= 12) finish(received.readInt32BE(8) > 0);
    });
  });
}

/** Metadata, version 1, of no topic. */
function metadataRequest() {
  const clientId = Buffer.from('creditbus-start');
  const body = Buffer.alloc(2 + 2 + 4 + 2 + clientId.length + 4);
  body.writeInt16BE(3, 0);
  body.writeInt16BE(1, 2);
  body.writeInt32BE(1, 4);
  body.writeInt16BE(clientId.length, 8);
  clientId.copy(body, 10);
  body.writeInt32BE(0, 10 + clientId.length);
  const size = Buffer.alloc(4);
  size.writeInt32BE(body.length, 0);
  return Buffer.concat([size, body]);
}
