import { Controller, UseFilters, UsePipes, ValidationPipe } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { CreditCommandDto } from './credit-command.dto.js';
import { CreditsService } from './credits.service.js';
import { EventsService } from './events.service.js';
import { MalformedCommandFilter } from './malformed-command.filter.js';
import { topics } from './topics.js';

@Controller()
@UseFilters(MalformedCommandFilter)
@UsePipes(new ValidationPipe({ transform: true, whitelist: true }))
export class CommandsController {
  constructor(
    private readonly credits: CreditsService,
    private readonly events: EventsService,
  ) {}

  /** The offset moves on when this resolves: after the commit and the acknowledgement of both events. */
  @EventPattern(topics.commands)
  async handle(@Payload() command: CreditCommandDto): Promise<void> {
    const change = await this.credits.apply(command);
    if (change !== null) await this.events.emit(change);
  }
}
