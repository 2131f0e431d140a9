import { LIMITS } from '@app/contracts';
import { BURN_ORDERS, type BurnOrder, type Metadata } from '@app/domain';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { API_AMOUNT_OR_NULL, API_INSUFFICIENT_POLICY } from './api-types.js';
import { CommonFieldsDto } from './common-fields.dto.js';
import {
  Characters,
  IsAmount,
  IsInsufficientPolicy,
  IsMetadata,
  IsObjectOf,
  MayBeAbsent,
  MayBeNull,
} from './field-decorators.js';
import { RefillDto } from './refill.dto.js';

/** Body of `PATCH /v1/accounts/{id}`: absent keeps, null clears, a value replaces. */
export class ConfigureAccountBodyDto extends CommonFieldsDto {
  @ApiPropertyOptional({ description: 'Closed is final.', enum: ['active', 'frozen', 'closed'] })
  @MayBeAbsent()
  @IsIn(['active', 'frozen', 'closed'])
  status?: 'active' | 'frozen' | 'closed';

  @ApiPropertyOptional({ type: () => RefillDto, nullable: true })
  @MayBeAbsent()
  @MayBeNull()
  @IsObjectOf(RefillDto)
  refill?: RefillDto | null;

  @ApiPropertyOptional({ description: 'Lowest available; null: 0.', ...API_AMOUNT_OR_NULL })
  @MayBeAbsent()
  @MayBeNull()
  @IsAmount()
  floor?: string | number | null;

  @ApiPropertyOptional({ description: 'Null: reject.', ...API_INSUFFICIENT_POLICY, nullable: true })
  @MayBeAbsent()
  @MayBeNull()
  @IsInsufficientPolicy()
  onInsufficient?: string | object | null;

  @ApiPropertyOptional({ description: "Null: the credit type's.", enum: BURN_ORDERS, nullable: true })
  @MayBeAbsent()
  @MayBeNull()
  @IsIn(BURN_ORDERS)
  burnOrder?: BurnOrder | null;

  @ApiPropertyOptional({ type: 'string', nullable: true, maxLength: 255 })
  @MayBeAbsent()
  @MayBeNull()
  @Characters(1, LIMITS.idCharactersMax)
  externalId?: string | null;

  @ApiPropertyOptional({ type: 'string', nullable: true, maxLength: 255 })
  @MayBeAbsent()
  @MayBeNull()
  @Characters(1, LIMITS.idCharactersMax)
  group?: string | null;

  @ApiPropertyOptional({
    description: "Kept on the entry and as the account's own; null: none.",
    type: 'object',
    additionalProperties: { type: 'string' },
    nullable: true,
  })
  @MayBeAbsent()
  @MayBeNull()
  @IsMetadata()
  override metadata?: Metadata | null;
}

/** `account.configure` */
export class ConfigureAccountDto extends ConfigureAccountBodyDto {
  @ApiProperty({ enum: ['account.configure'] })
  @IsIn(['account.configure'])
  type!: 'account.configure';

  @ApiProperty({ example: 'key_1', minLength: 1, maxLength: LIMITS.idCharactersMax })
  @Characters(1, LIMITS.idCharactersMax)
  accountId!: string;
}
