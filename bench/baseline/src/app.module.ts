import { Module } from '@nestjs/common';
import { ClientsModule, Transport } from '@nestjs/microservices';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CommandsController } from './commands.controller.js';
import { CreditsService } from './credits.service.js';
import { dataSourceOptions } from './data-source-options.js';
import { EVENTS_CLIENT, EventsService } from './events.service.js';
import { readSettings } from './settings.js';

const settings = readSettings(process.env);

@Module({
  imports: [
    TypeOrmModule.forRoot(dataSourceOptions(settings.databaseUrl, settings.partitionsConsumedConcurrently)),
    ClientsModule.register([
      {
        name: EVENTS_CLIENT,
        transport: Transport.KAFKA,
        options: {
          client: { clientId: 'baseline-events', brokers: settings.brokers },
          producer: { allowAutoTopicCreation: false },
          producerOnlyMode: true,
          send: { acks: -1 },
        },
      },
    ]),
  ],
  controllers: [CommandsController],
  providers: [CreditsService, EventsService],
})
export class AppModule {}
