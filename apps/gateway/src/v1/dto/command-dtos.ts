import type { CommandType, DueCommand } from '@app/domain';
import { ActorDto } from './common-fields.dto.js';
import { ConfigureAccountDto } from './configure-account.dto.js';
import { DeleteCreditTypeDto, PriceDto, PutCreditTypeDto } from './credit-type.dto.js';
import { DeltaDto, SetBalanceDto } from './credit.dto.js';
import { CreateGrantDto, UpdateGrantDto, VoidGrantDto } from './grant.dto.js';
import { CaptureHoldDto, CreateHoldDto, ExtendHoldDto, ReleaseHoldDto } from './hold.dto.js';
import { OpenAccountDto } from './open-account.dto.js';
import { RefillAccountDto } from './refill-account.dto.js';
import { RefillDto } from './refill.dto.js';
import { ResetAccountDto, ResetGrantDto } from './reset.dto.js';
import { ReverseEntryDto } from './reversal.dto.js';
import { CreateScheduleDto, EndScheduleDto, UpdateScheduleDto } from './schedule.dto.js';
import { CostBasisDto, ExpiryDto, RolloverDto } from './settings.dto.js';

/** Types of commands that publishers send as such. */
export type PublisherCommandType = Exclude<CommandType, DueCommand['type']>;

/** Types of commands that the gateway can publish: publishers', and the refill, which has a route of its own. */
export type GatewayCommandType = PublisherCommandType | 'account.refill';

/** The class of every publishers' command, as `POST /v1/commands` takes it. */
export const COMMAND_DTOS = {
  'account.open': OpenAccountDto,
  'account.configure': ConfigureAccountDto,
  'credit.delta': DeltaDto,
  'credit.set': SetBalanceDto,
  'credit.reverse': ReverseEntryDto,
  'account.reset': ResetAccountDto,
  'grant.create': CreateGrantDto,
  'grant.update': UpdateGrantDto,
  'grant.void': VoidGrantDto,
  'schedule.create': CreateScheduleDto,
  'schedule.update': UpdateScheduleDto,
  'schedule.end': EndScheduleDto,
  'hold.create': CreateHoldDto,
  'hold.capture': CaptureHoldDto,
  'hold.extend': ExtendHoldDto,
  'hold.release': ReleaseHoldDto,
  'credit-type.put': PutCreditTypeDto,
  'credit-type.delete': DeleteCreditTypeDto,
} as const satisfies Readonly<Record<PublisherCommandType, new () => object>>;

/** A validated command as the gateway publishes it. */
export type CommandDto = InstanceType<(typeof COMMAND_DTOS)[PublisherCommandType]> | RefillAccountDto;

/** The class of a command; undefined for those that only the scheduler sends. */
export function dtoOf(type: CommandType): (new () => CommandDto) | undefined {
  return type === 'account.refill' ? RefillAccountDto : isPublisherType(type) ? COMMAND_DTOS[type] : undefined;
}

function isPublisherType(type: CommandType): type is PublisherCommandType {
  return Object.hasOwn(COMMAND_DTOS, type);
}

/** Fields whose objects, or lists of objects, have a class of their own. */
export const NESTED_DTOS: Readonly<Record<string, new () => object>> = {
  actor: ActorDto,
  refill: RefillDto,
  rollover: RolloverDto,
  defaultRollover: RolloverDto,
  expiry: ExpiryDto,
  defaultExpiry: ExpiryDto,
  costBasis: CostBasisDto,
  grants: ResetGrantDto,
  prices: PriceDto,
};
