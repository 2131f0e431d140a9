import { LIMITS } from '@app/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { API_AMOUNT_FROM_0 } from './api-types.js';
import {
  Characters,
  IsAmount,
  isIntegerWithin,
  IsIntegerWithin,
  MayBeAbsent,
  MayBeNull,
  Rule,
} from './field-decorators.js';

const EXPIRIES = ['never', 'duration', 'period_end'] as const;
const UNITS = ['days', 'weeks', 'months', 'years'] as const;

/** How much of what remains is carried over. */
export class RolloverDto {
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 100, example: 25 })
  @IsIntegerWithin(0, 100)
  percent!: number;

  @ApiPropertyOptional({
    description: 'At most this much is carried; null: no cap.',
    ...API_AMOUNT_FROM_0,
    nullable: true,
  })
  @MayBeAbsent()
  @MayBeNull()
  @IsAmount('0 or above')
  cap?: string | number | null;
}

/** When grants expire. */
export class ExpiryDto {
  @ApiProperty({ enum: EXPIRIES })
  @IsIn(EXPIRIES)
  type!: (typeof EXPIRIES)[number];

  @ApiPropertyOptional({
    description: 'Required for a duration, refused otherwise.',
    type: 'integer',
    minimum: 1,
    maximum: LIMITS.calendarCountMax,
  })
  @Rule<ExpiryDto>(
    'isExpiryCount',
    `an integer from 1 to ${LIMITS.calendarCountMax} for a duration, absent otherwise`,
    (count, { type }) =>
      type === 'duration' ? isIntegerWithin(count, 1, LIMITS.calendarCountMax) : count === undefined,
  )
  count?: number;

  @ApiPropertyOptional({ description: 'Required for a duration, refused otherwise.', enum: UNITS })
  @Rule<ExpiryDto>('isExpiryUnit', `one of ${UNITS.join(', ')} for a duration, absent otherwise`, (unit, { type }) =>
    type === 'duration' ? UNITS.some((known) => known === unit) : unit === undefined,
  )
  unit?: (typeof UNITS)[number];
}

/** What one credit cost; only recorded. */
export class CostBasisDto {
  @ApiProperty({ example: 'EUR', minLength: 1, maxLength: LIMITS.currencyCharactersMax })
  @Characters(1, LIMITS.currencyCharactersMax)
  currency!: string;

  @ApiProperty({ ...API_AMOUNT_FROM_0, example: '0.05' })
  @IsAmount('0 or above')
  amount!: string | number;
}
