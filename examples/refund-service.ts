/**
 * A NestJS service for support: gives back what a rendering took, all or in part, and tells the balance.
 *
 *   POST /refunds  { "ticket": "T-17", "renderingId": "r-1", "keyId": "key_1", "images": 1 }
 *
 * It reverses the command that the usage publisher sent, so the credits go back to the very grants they were taken
 * from. The ticket is the command's id: one ticket is one refund, however often the button is pressed.
 */
import 'reflect-metadata';
import {
  BadRequestException,
  Body,
  ConflictException,
  Controller,
  GatewayTimeoutException,
  HttpCode,
  Inject,
  Injectable,
  Module,
  type OnModuleInit,
  Post,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type ClientKafka, ClientsModule, Transport } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Partitioners } from 'kafkajs';
import { firstValueFrom, timeout } from 'rxjs';

const {
  KAFKA_BROKERS = '127.0.0.1:9092',
  CREDITS_TOPIC = 'credits.commands.v1',
  CREDITS_TENANT = 'acme',
  PORT = '4002',
} = process.env;

interface Refund {
  readonly ticket: string;
  readonly renderingId: string;
  readonly keyId: string;
  /** Absent: all that has not been given back yet. */
  readonly images?: number;
}

/** What this service reads of a command's outcome. */
interface Outcome {
  readonly status: 'applied' | 'rejected' | 'dead-lettered';
  readonly code: string;
  readonly message?: string;
  readonly applied?: string;
  readonly after?: { readonly balance: string | null };
}

@Injectable()
export class Refunds implements OnModuleInit {
  constructor(@Inject('KAFKA') private readonly kafka: ClientKafka) {}

  async onModuleInit(): Promise<void> {
    this.kafka.subscribeToResponseOf(CREDITS_TOPIC);
    await this.kafka.connect();
  }

  /** Waits for the outcome. A repeat of a ticket gets its first outcome again. */
  give({ ticket, renderingId, keyId, images }: Refund): Promise<Outcome> {
    const command = {
      type: 'credit.reverse',
      id: `refund:${ticket}`,
      tenantId: CREDITS_TENANT,
      accountId: keyId,
      reverses: `rendering:${renderingId}`,
      ...(images !== undefined && { amount: String(images) }),
      reason: 'refund',
      description: `ticket ${ticket}`,
    };
    const record = { key: `${CREDITS_TENANT}:${keyId}`, value: command };
    return firstValueFrom(this.kafka.send<Outcome>(CREDITS_TOPIC, record).pipe(timeout(10_000)));
  }
}

@Controller('refunds')
export class RefundsController {
  constructor(private readonly refunds: Refunds) {}

  @Post()
  @HttpCode(200)
  async refund(@Body() body?: Partial<Refund>): Promise<{ refunded?: string; balance?: string | null }> {
    const outcome = await this.refunds.give(refundIn(body)).catch((error: unknown) => {
      throw new GatewayTimeoutException('not known yet whether it is refunded: ask again with this ticket', {
        cause: error,
      });
    });
    if (outcome.status !== 'applied') throw new ConflictException(`${outcome.code}: ${outcome.message ?? ''}`);
    return { refunded: outcome.applied, balance: outcome.after?.balance };
  }
}

/** Whatever is missing here would be missing in the command's id: two tickets would be one. */
function refundIn({ ticket, renderingId, keyId, images }: Partial<Refund> = {}): Refund {
  const isNamed = [ticket, renderingId, keyId].every((name) => typeof name === 'string' && name !== '');
  const isCounted = images === undefined || (Number.isSafeInteger(images) && images > 0);
  if (!isNamed || !isCounted) {
    throw new BadRequestException('expected ticket, renderingId, keyId and, for a part, a number of images');
  }
  return { ticket, renderingId, keyId, images } as Refund;
}

@Module({
  imports: [
    ClientsModule.register([
      {
        name: 'KAFKA',
        transport: Transport.KAFKA,
        options: {
          client: { clientId: 'refund-service', brokers: KAFKA_BROKERS.split(',') },
          // Of the reply topic's partitions each process of this group is given some, and asks for replies there.
          consumer: { groupId: 'refund-service', allowAutoTopicCreation: false },
          producer: { allowAutoTopicCreation: false, createPartitioner: Partitioners.DefaultPartitioner },
        },
      },
    ]),
  ],
  controllers: [RefundsController],
  providers: [Refunds],
})
export class RefundsModule {}

async function main(): Promise<void> {
  const app = await NestFactory.create<NestFastifyApplication>(RefundsModule, new FastifyAdapter());
  app.enableShutdownHooks();
  await app.listen(Number(PORT), '127.0.0.1');
}

void main();
