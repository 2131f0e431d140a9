/**
 * A NestJS service that meters usage: whoever rendered images reports them here, and their credits are taken.
 *
 *   POST /renderings  { "renderingId": "r-1", "keyId": "key_1", "images": 3 }
 *
 * The command's id is made of the rendering's: reporting it again, after a timeout or a restart, has no second
 * effect. 202 means that all in-sync replicas have the command; after anything else the caller reports again.
 */
import 'reflect-metadata';
import {
  BadRequestException,
  Body,
  Controller,
  HttpCode,
  Inject,
  Injectable,
  Module,
  type OnModuleInit,
  Post,
  ServiceUnavailableException,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type ClientKafka, ClientsModule, Transport } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Partitioners } from 'kafkajs';
import { firstValueFrom } from 'rxjs';

const {
  KAFKA_BROKERS = '127.0.0.1:9092',
  CREDITS_TOPIC = 'credits.commands.v1',
  CREDITS_TENANT = 'acme',
  PORT = '4001',
} = process.env;

interface Rendering {
  readonly renderingId: string;
  readonly keyId: string;
  readonly images: number;
}

@Injectable()
export class UsagePublisher implements OnModuleInit {
  constructor(@Inject('KAFKA') private readonly kafka: ClientKafka) {}

  async onModuleInit(): Promise<void> {
    await this.kafka.connect();
  }

  /** Resolves when the command is on the log. */
  async publish({ renderingId, keyId, images }: Rendering): Promise<void> {
    // All of it comes from the rendering: a repeat with other contents would be a conflict, not a repeat.
    const command = {
      type: 'credit.delta',
      id: `rendering:${renderingId}`,
      tenantId: CREDITS_TENANT,
      accountId: keyId,
      delta: String(-images),
      // The images are there already, so their credits are taken even where too few are left.
      onInsufficient: 'allow',
      reason: 'usage',
      description: `${images} images`,
    };
    // The key keeps the commands of an account in order. Without { key, value } Nest would send some commands cut.
    const record = { key: `${CREDITS_TENANT}:${keyId}`, value: command };
    await firstValueFrom(this.kafka.emit(CREDITS_TOPIC, record));
  }
}

@Controller('renderings')
export class RenderingsController {
  constructor(private readonly usage: UsagePublisher) {}

  @Post()
  @HttpCode(202)
  async report(@Body() body?: Partial<Rendering>): Promise<{ reported: string }> {
    const { renderingId, keyId, images } = body ?? {};
    if (!renderingId || !keyId || !images || !Number.isSafeInteger(images) || images < 1) {
      throw new BadRequestException('expected renderingId, keyId and a number of images');
    }
    try {
      await this.usage.publish({ renderingId, keyId, images });
    } catch (error) {
      throw new ServiceUnavailableException('report it again: it may not have been counted', { cause: error });
    }
    return { reported: renderingId };
  }
}

@Module({
  imports: [
    ClientsModule.register([
      {
        name: 'KAFKA',
        transport: Transport.KAFKA,
        options: {
          client: { clientId: 'usage-publisher', brokers: KAFKA_BROKERS.split(',') },
          producer: { allowAutoTopicCreation: false, createPartitioner: Partitioners.DefaultPartitioner },
          producerOnlyMode: true,
        },
      },
    ]),
  ],
  controllers: [RenderingsController],
  providers: [UsagePublisher],
})
export class UsageModule {}

async function main(): Promise<void> {
  const app = await NestFactory.create<NestFastifyApplication>(UsageModule, new FastifyAdapter());
  app.enableShutdownHooks();
  await app.listen(Number(PORT), '127.0.0.1');
}

void main();
