import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { BatchConsumerStrategy } from './batch-consumer-strategy.js';

class EmptyModule {}
Module({})(EmptyModule);

describe('BatchConsumerStrategy', () => {
  function fakeConsumer() {
    const calls: string[] = [];
    return {
      calls,
      start: () => Promise.resolve(void calls.push('start')),
      stop: () => Promise.resolve(calls.push('stop') > 0),
    };
  }

  it('starts the consumer when Nest listens and drains it when Nest closes', async () => {
    const consumer = fakeConsumer();
    const app = await NestFactory.createMicroservice(EmptyModule, {
      strategy: new BatchConsumerStrategy(consumer),
      logger: false,
    });
    await app.listen();
    expect(consumer.calls).toEqual(['start']);
    await app.close();
    expect(consumer.calls).toEqual(['start', 'stop']);
  });

  it('hands the reason to Nest when the consumer refuses to start', async () => {
    const strategy = new BatchConsumerStrategy({
      start: () => Promise.reject(new Error('topics are missing')),
      stop: () => Promise.resolve(true),
    });
    const error = await new Promise((resolve) => strategy.listen(resolve));
    expect(error).toEqual(new Error('topics are missing'));
  });
});
