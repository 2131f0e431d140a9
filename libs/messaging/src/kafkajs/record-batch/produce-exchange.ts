import type { Exchange } from './kafkajs-cluster.js';

/** An encoded record batch on its way to one partition. */
export interface PartitionBatch {
  readonly topic: string;
  readonly partition: number;
  readonly batch: Buffer;
}

/** What the broker said of one partition; 0: acknowledged. */
export interface PartitionAck {
  readonly topic: string;
  readonly partition: number;
  readonly errorCode: number;
}

const PRODUCE = 0;
const VERSION = 7;
const ACKS_ALL_IN_SYNC = -1;

/**
 * Produce request version 7 with acks=all: at most one batch per partition, as the protocol demands.
 * @param ackTimeoutMs how long the leader waits for its in-sync replicas.
 */
export function produceExchange(batches: readonly PartitionBatch[], ackTimeoutMs: number): Exchange<PartitionAck[]> {
  return {
    request: {
      apiKey: PRODUCE,
      apiVersion: VERSION,
      apiName: 'Produce',
      expectResponse: () => true,
      encode: () => {
        const buffer = encodeRequest(batches, ackTimeoutMs);
        return Promise.resolve({ buf: buffer, buffer });
      },
    },
    response: {
      decode: (payload) => Promise.resolve(decodeResponse(payload)),
      parse: (acks) => Promise.resolve(acks),
    },
  };
}

function encodeRequest(batches: readonly PartitionBatch[], ackTimeoutMs: number): Buffer {
  const byTopic = new Map<string, PartitionBatch[]>();
  for (const batch of batches) {
    const sameTopic = byTopic.get(batch.topic);
    if (sameTopic === undefined) byTopic.set(batch.topic, [batch]);
    else sameTopic.push(batch);
  }
  const parts: Buffer[] = [];
  const head = Buffer.alloc(12);
  head.writeInt16BE(-1, 0); // no transactional id
  head.writeInt16BE(ACKS_ALL_IN_SYNC, 2);
  head.writeInt32BE(ackTimeoutMs, 4);
  head.writeInt32BE(byTopic.size, 8);
  parts.push(head);
  for (const [topic, topicBatches] of byTopic) {
    const nameBytes = Buffer.byteLength(topic);
    const topicHead = Buffer.alloc(2 + nameBytes + 4);
    topicHead.writeInt16BE(nameBytes, 0);
    topicHead.write(topic, 2);
    topicHead.writeInt32BE(topicBatches.length, 2 + nameBytes);
    parts.push(topicHead);
    for (const { partition, batch } of topicBatches) {
      const partitionHead = Buffer.alloc(8);
      partitionHead.writeInt32BE(partition, 0);
      partitionHead.writeInt32BE(batch.length, 4);
      parts.push(partitionHead, batch);
    }
  }
  return Buffer.concat(parts);
}

/** Partition, error code, base offset, append time, log start offset. */
const ACK_BYTES = 4 + 2 + 8 + 8 + 8;

function decodeResponse(payload: Buffer): PartitionAck[] {
  const acks: PartitionAck[] = [];
  let at = 4;
  for (let topics = payload.readInt32BE(0); topics > 0; topics--) {
    const nameBytes = payload.readInt16BE(at);
    const topic = payload.toString('utf8', at + 2, at + 2 + nameBytes);
    at += 2 + nameBytes;
    let partitions = payload.readInt32BE(at);
    for (at += 4; partitions > 0; partitions--, at += ACK_BYTES) {
      acks.push({ topic, partition: payload.readInt32BE(at), errorCode: payload.readInt16BE(at + 4) });
    }
  }
  return acks;
}
