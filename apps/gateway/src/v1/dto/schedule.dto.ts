import { LIMITS } from '@app/contracts';
import {
  GRANT_KINDS,
  type GrantKind,
  type Metadata,
  SCHEDULE_CADENCES,
  SCHEDULE_PERIODS,
  SCHEDULE_SCOPES,
  type ScheduleCadence,
  type SchedulePeriod,
  type ScheduleScope,
} from '@app/domain';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { API_AMOUNT_ABOVE_0, API_INSTANT, API_METADATA } from './api-types.js';
import { CommonFieldsDto } from './common-fields.dto.js';
import {
  Characters,
  hasCharacters,
  IsAmount,
  IsInstant,
  IsIntegerWithin,
  IsMetadata,
  IsObjectOf,
  IsTimeZoneName,
  MayBeAbsent,
  MayBeNull,
  Rule,
} from './field-decorators.js';
import { IsCommandType, IsId } from './identity-decorators.js';
import { ExpiryDto, RolloverDto } from './settings.dto.js';

/** Body of `POST /v1/accounts/{id}/schedules`, and of `POST /v1/schedules` for templates. */
export class CreateScheduleBodyDto extends CommonFieldsDto {
  @ApiPropertyOptional({ description: 'Unique per tenant; absent: derived from the command.', maxLength: 255 })
  @MayBeAbsent()
  @Characters(1, LIMITS.idCharactersMax)
  scheduleId?: string;

  @ApiPropertyOptional({ type: 'string', nullable: true, minLength: 1, maxLength: LIMITS.nameCharactersMax })
  @MayBeAbsent()
  @MayBeNull()
  @Characters(1, LIMITS.nameCharactersMax)
  name?: string | null;

  @ApiPropertyOptional({
    description: 'Only account acts; plan and addon are templates, which have no account.',
    enum: SCHEDULE_SCOPES,
    default: 'account',
  })
  @MayBeAbsent()
  @IsIn(SCHEDULE_SCOPES)
  scope?: ScheduleScope;

  @ApiProperty({ description: 'How much each period gives.', ...API_AMOUNT_ABOVE_0, example: '1000' })
  @IsAmount('above 0')
  amount!: string | number;

  @ApiProperty({ enum: SCHEDULE_CADENCES })
  @IsIn(SCHEDULE_CADENCES)
  cadence!: ScheduleCadence;

  @ApiPropertyOptional({ description: 'Length of a period; required when recurring.', enum: SCHEDULE_PERIODS })
  @Rule<CreateScheduleBodyDto>(
    'isPeriod',
    `one of ${SCHEDULE_PERIODS.join(', ')}; absent only for a one-time schedule`,
    (period, { cadence }) =>
      period === undefined ? cadence !== 'recurring' : SCHEDULE_PERIODS.some((known) => known === period),
  )
  period?: SchedulePeriod;

  @ApiPropertyOptional({
    description: 'A period is that many times as long.',
    type: 'integer',
    minimum: 1,
    maximum: LIMITS.calendarCountMax,
    default: 1,
  })
  @MayBeAbsent()
  @IsIntegerWithin(1, LIMITS.calendarCountMax)
  periodCount?: number;

  @ApiPropertyOptional({ description: 'From where periods are counted; absent: start.', ...API_INSTANT })
  @MayBeAbsent()
  @IsInstant()
  anchor?: string;

  @ApiPropertyOptional({ description: 'No period starts before it; absent: now.', ...API_INSTANT })
  @MayBeAbsent()
  @IsInstant()
  start?: string;

  @ApiPropertyOptional({
    description: 'No period starts at or after it; null: no end.',
    ...API_INSTANT,
    nullable: true,
  })
  @MayBeAbsent()
  @MayBeNull()
  @IsInstant()
  end?: string | null;

  @ApiPropertyOptional({ type: () => ExpiryDto, description: "Of its grants; absent: the credit type's default." })
  @MayBeAbsent()
  @IsObjectOf(ExpiryDto)
  expiry?: ExpiryDto;

  @ApiPropertyOptional({ description: 'Kind of its grants.', enum: GRANT_KINDS, default: 'plan' })
  @MayBeAbsent()
  @IsIn(GRANT_KINDS)
  kind?: GrantKind;

  @ApiPropertyOptional({ description: 'Priority of its grants; null: last.', type: 'integer', nullable: true })
  @MayBeAbsent()
  @MayBeNull()
  @IsIntegerWithin(LIMITS.priorityMin, LIMITS.priorityMax)
  priority?: number | null;

  @ApiPropertyOptional({
    description: 'By whose wall clock periods are counted; a name of the IANA database.',
    default: 'UTC',
    example: 'Europe/Berlin',
  })
  @MayBeAbsent()
  @IsTimeZoneName()
  timeZone?: string;

  @ApiPropertyOptional({
    type: () => RolloverDto,
    description: "How much of a period's remains is carried; null: nothing; absent: the credit type's default.",
    nullable: true,
  })
  @MayBeAbsent()
  @MayBeNull()
  @IsObjectOf(RolloverDto)
  rollover?: RolloverDto | null;
}

/** `schedule.create` */
export class CreateScheduleDto extends CreateScheduleBodyDto {
  @IsCommandType('schedule.create')
  type!: 'schedule.create';

  @ApiPropertyOptional({ description: 'Required, but for templates, which have none.', example: 'key_1' })
  @Rule<CreateScheduleDto>(
    'isAccountOfSchedule',
    `a string of 1-${LIMITS.idCharactersMax} characters; absent for a template`,
    (accountId, { scope = 'account' }) =>
      scope === 'account' ? hasCharacters(accountId, 1, LIMITS.idCharactersMax) : accountId === undefined,
  )
  accountId?: string;
}

/** Body of `PATCH /v1/schedules/{id}`: absent keeps, null clears, a value replaces. */
export class UpdateScheduleBodyDto extends CommonFieldsDto {
  @ApiPropertyOptional({ description: 'The account; a template has none.', maxLength: LIMITS.idCharactersMax })
  @MayBeAbsent()
  @Characters(1, LIMITS.idCharactersMax)
  accountId?: string;

  @ApiPropertyOptional({ type: 'string', nullable: true, minLength: 1, maxLength: LIMITS.nameCharactersMax })
  @MayBeAbsent()
  @MayBeNull()
  @Characters(1, LIMITS.nameCharactersMax)
  name?: string | null;

  @ApiPropertyOptional({
    description: 'No period starts at or after it; null: no end.',
    ...API_INSTANT,
    nullable: true,
  })
  @MayBeAbsent()
  @MayBeNull()
  @IsInstant()
  end?: string | null;

  @ApiPropertyOptional({ description: "Kept on the entry and as the schedule's own.", ...API_METADATA, nullable: true })
  @MayBeAbsent()
  @MayBeNull()
  @IsMetadata()
  override metadata?: Metadata | null;
}

/** `schedule.update` */
export class UpdateScheduleDto extends UpdateScheduleBodyDto {
  @IsCommandType('schedule.update')
  type!: 'schedule.update';

  @IsId('key_1-monthly')
  scheduleId!: string;
}

/** Body of `DELETE /v1/schedules/{id}`. */
export class EndScheduleBodyDto extends CommonFieldsDto {
  @ApiPropertyOptional({ description: 'The account; a template has none.', maxLength: LIMITS.idCharactersMax })
  @MayBeAbsent()
  @Characters(1, LIMITS.idCharactersMax)
  accountId?: string;

  @ApiPropertyOptional({ description: 'Periods at or after it are cancelled; absent: now.', ...API_INSTANT })
  @MayBeAbsent()
  @IsInstant()
  end?: string;
}

/** `schedule.end` */
export class EndScheduleDto extends EndScheduleBodyDto {
  @IsCommandType('schedule.end')
  type!: 'schedule.end';

  @IsId('key_1-monthly')
  scheduleId!: string;
}
