import { LIMITS } from '@app/contracts';
import { BURN_ORDERS, type BurnOrder } from '@app/domain';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { API_AMOUNT, API_AMOUNT_OR_NULL, API_INSUFFICIENT_POLICY } from './api-types.js';
import { CommonFieldsDto } from './common-fields.dto.js';
import { Characters, IsAmount, IsInsufficientPolicy, IsObjectOf, MayBeAbsent, MayBeNull } from './field-decorators.js';
import { RefillDto } from './refill.dto.js';

/** Body of `POST /v1/accounts`. */
export class OpenAccountBodyDto extends CommonFieldsDto {
  @ApiProperty({ example: 'key_1', minLength: 1, maxLength: LIMITS.idCharactersMax })
  @Characters(1, LIMITS.idCharactersMax)
  accountId!: string;

  @ApiPropertyOptional({ description: 'What it holds at first; null: unlimited.', default: '0', ...API_AMOUNT_OR_NULL })
  @MayBeAbsent()
  @MayBeNull()
  @IsAmount()
  initial?: string | number | null;

  @ApiPropertyOptional({ type: () => RefillDto, nullable: true })
  @MayBeAbsent()
  @MayBeNull()
  @IsObjectOf(RefillDto)
  refill?: RefillDto | null;

  @ApiPropertyOptional({ description: 'Lowest available.', default: '0', ...API_AMOUNT })
  @MayBeAbsent()
  @IsAmount()
  floor?: string | number;

  @ApiPropertyOptional({ description: 'Policy of the account.', default: 'reject', ...API_INSUFFICIENT_POLICY })
  @MayBeAbsent()
  @IsInsufficientPolicy()
  onInsufficient?: string | object;

  @ApiPropertyOptional({ description: "Absent: the credit type's.", enum: BURN_ORDERS })
  @MayBeAbsent()
  @IsIn(BURN_ORDERS)
  burnOrder?: BurnOrder;

  @ApiPropertyOptional({ description: 'One more unique name per tenant and credit type.', maxLength: 255 })
  @MayBeAbsent()
  @Characters(1, LIMITS.idCharactersMax)
  externalId?: string;

  @ApiPropertyOptional({ description: 'Group to which API keys may be limited.', maxLength: 255 })
  @MayBeAbsent()
  @Characters(1, LIMITS.idCharactersMax)
  group?: string;
}

/** `account.open` */
export class OpenAccountDto extends OpenAccountBodyDto {
  @ApiProperty({ enum: ['account.open'] })
  @IsIn(['account.open'])
  type!: 'account.open';
}
