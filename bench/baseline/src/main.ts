import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { type MicroserviceOptions, Transport } from '@nestjs/microservices';
import { AppModule } from './app.module.js';
import { readSettings } from './settings.js';

/** The baseline of the benchmark: see README.md in the folder above. */
async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(AppModule, {
    logger: ['error', 'warn'],
    transport: Transport.KAFKA,
    options: {
      client: { clientId: 'baseline', brokers: settings.brokers },
      consumer: { groupId: settings.groupId, allowAutoTopicCreation: false },
      subscribe: { fromBeginning: true },
      run: { partitionsConsumedConcurrently: settings.partitionsConsumedConcurrently },
    },
  });
  app.enableShutdownHooks();
  await app.listen();
}

void main();
