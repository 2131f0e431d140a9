import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, ValidateBy } from 'class-validator';
import { API_AMOUNT } from './api-types.js';
import { IsAmount } from './field-decorators.js';

/** Raises available to an amount on a calendar, at 00:00 UTC. */
export class RefillDto {
  @ApiProperty({ enum: ['daily', 'monthly'] })
  @IsIn(['daily', 'monthly'], { message: 'interval must be "daily" or "monthly"' })
  interval!: 'daily' | 'monthly';

  @ApiProperty({ description: 'Above 0.', ...API_AMOUNT, example: '1000' })
  @IsAmount({ positive: true })
  amount!: string | number;

  @ApiPropertyOptional({
    description: 'Day of the month; required for monthly and refused for daily.',
    type: 'integer',
    minimum: 1,
    maximum: 31,
  })
  @IsRefillDay()
  refillDay?: number;
}

/** Required for monthly, refused for daily; without a known interval there is nothing to say about it. */
function IsRefillDay(): PropertyDecorator {
  const validate = (day: unknown, refill: object | undefined): boolean => {
    const interval: string = (refill as RefillDto).interval;
    if (interval === 'daily') return day === undefined;
    return interval !== 'monthly' || (typeof day === 'number' && Number.isInteger(day) && day >= 1 && day <= 31);
  };
  return ValidateBy(
    { name: 'isRefillDay', validator: { validate: (day, args) => validate(day, args?.object) } },
    { message: 'refillDay must be an integer from 1 to 31 for a monthly refill, absent for a daily one' },
  );
}
