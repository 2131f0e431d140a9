import { LIMITS } from '@app/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { API_AMOUNT, API_AMOUNT_OR_NULL, API_INSUFFICIENT_POLICY } from './api-types.js';
import { CommonFieldsDto } from './common-fields.dto.js';
import { Characters, IsAmount, IsInsufficientPolicy, MayBeAbsent, MayBeNull } from './field-decorators.js';

/** Body of `POST /v1/accounts/{id}/deltas`. */
export class DeltaBodyDto extends CommonFieldsDto {
  @ApiProperty({ description: 'Positive adds, negative subtracts.', ...API_AMOUNT, example: '-3' })
  @IsAmount()
  delta!: string | number;

  @ApiPropertyOptional({ description: "Absent: the account's policy.", ...API_INSUFFICIENT_POLICY })
  @MayBeAbsent()
  @IsInsufficientPolicy()
  onInsufficient?: string | object;
}

/** `credit.delta` */
export class DeltaDto extends DeltaBodyDto {
  @ApiProperty({ enum: ['credit.delta'] })
  @IsIn(['credit.delta'])
  type!: 'credit.delta';

  @ApiProperty({ example: 'key_1', minLength: 1, maxLength: LIMITS.idCharactersMax })
  @Characters(1, LIMITS.idCharactersMax)
  accountId!: string;
}

/** Body of `PUT /v1/accounts/{id}/balance`. */
export class SetBalanceBodyDto extends CommonFieldsDto {
  @ApiProperty({
    description: 'The new available; null: unlimited, which also clears the refill.',
    ...API_AMOUNT_OR_NULL,
    example: '1000',
  })
  @MayBeNull()
  @IsAmount()
  value!: string | number | null;
}

/** `credit.set` */
export class SetBalanceDto extends SetBalanceBodyDto {
  @ApiProperty({ enum: ['credit.set'] })
  @IsIn(['credit.set'])
  type!: 'credit.set';

  @ApiProperty({ example: 'key_1', minLength: 1, maxLength: LIMITS.idCharactersMax })
  @Characters(1, LIMITS.idCharactersMax)
  accountId!: string;
}
