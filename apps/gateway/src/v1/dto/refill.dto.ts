import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { API_AMOUNT } from './api-types.js';
import { IsAmount, isIntegerWithin, IsTimeZoneName, MayBeAbsent, Rule } from './field-decorators.js';

/** Raises available to an amount on a calendar, at 00:00. */
export class RefillDto {
  @ApiProperty({ enum: ['daily', 'monthly'] })
  @IsIn(['daily', 'monthly'], { message: 'interval must be "daily" or "monthly"' })
  interval!: 'daily' | 'monthly';

  @ApiProperty({ description: 'Above 0.', ...API_AMOUNT, example: '1000' })
  @IsAmount('above 0')
  amount!: string | number;

  @ApiPropertyOptional({
    description: 'Day of the month; required for monthly and refused for daily.',
    type: 'integer',
    minimum: 1,
    maximum: 31,
  })
  @Rule<RefillDto>('isRefillDay', 'an integer from 1 to 31 for a monthly refill, absent for a daily one', isRefillDay)
  refillDay?: number;

  @ApiPropertyOptional({ description: 'Whose midnight and whose dates: an IANA time zone.', default: 'UTC' })
  @MayBeAbsent()
  @IsTimeZoneName()
  timeZone?: string;
}

/** Without a known interval there is nothing to say about it. */
function isRefillDay(day: unknown, { interval }: Partial<RefillDto>): boolean {
  if (interval === 'daily') return day === undefined;
  return interval !== 'monthly' || isIntegerWithin(day, 1, 31);
}
