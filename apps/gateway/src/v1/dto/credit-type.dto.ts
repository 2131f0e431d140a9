import { LIMITS } from '@app/contracts';
import { BURN_ORDERS, type BurnOrder, type Metadata } from '@app/domain';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { API_AMOUNT_FROM_0, API_METADATA } from './api-types.js';
import { PublisherFieldsDto } from './common-fields.dto.js';
import {
  Characters,
  IsAmount,
  IsCreditType,
  IsIntegerWithin,
  IsListOf,
  IsMetadata,
  IsObjectOf,
  MayBeAbsent,
  MayBeNull,
} from './field-decorators.js';
import { IsCommandType } from './identity-decorators.js';
import { ExpiryDto, RolloverDto } from './settings.dto.js';

/** A price of one credit, for display. */
export class PriceDto {
  @ApiProperty({ example: 'EUR', minLength: 1, maxLength: LIMITS.currencyCharactersMax })
  @Characters(1, LIMITS.currencyCharactersMax)
  currency!: string;

  @ApiProperty({ ...API_AMOUNT_FROM_0, example: '0.05' })
  @IsAmount('0 or above')
  pricePerUnit!: string | number;
}

/** Body of `PUT /v1/credit-types/{id}`: replaces it as a whole. */
export class PutCreditTypeBodyDto extends PublisherFieldsDto {
  @ApiProperty({ description: 'Decimal places of its amounts, for ever.', type: 'integer', minimum: 0, maximum: 9 })
  @IsIntegerWithin(0, LIMITS.scaleMax)
  scale!: number;

  @ApiPropertyOptional({ type: 'string', nullable: true, minLength: 1, maxLength: LIMITS.nameCharactersMax })
  @MayBeAbsent()
  @MayBeNull()
  @Characters(1, LIMITS.nameCharactersMax)
  name?: string | null;

  @ApiPropertyOptional({ type: 'string', nullable: true, minLength: 1, maxLength: LIMITS.unitNameCharactersMax })
  @MayBeAbsent()
  @MayBeNull()
  @Characters(1, LIMITS.unitNameCharactersMax)
  singularName?: string | null;

  @ApiPropertyOptional({ type: 'string', nullable: true, minLength: 1, maxLength: LIMITS.unitNameCharactersMax })
  @MayBeAbsent()
  @MayBeNull()
  @Characters(1, LIMITS.unitNameCharactersMax)
  pluralName?: string | null;

  @ApiPropertyOptional({ type: 'string', nullable: true, minLength: 1, maxLength: LIMITS.iconCharactersMax })
  @MayBeAbsent()
  @MayBeNull()
  @Characters(1, LIMITS.iconCharactersMax)
  icon?: string | null;

  @ApiPropertyOptional({ enum: BURN_ORDERS, nullable: true, default: 'priority' })
  @MayBeAbsent()
  @MayBeNull()
  @IsIn(BURN_ORDERS)
  burnOrder?: BurnOrder | null;

  @ApiPropertyOptional({ type: () => ExpiryDto, description: "Of grants that don't say.", nullable: true })
  @MayBeAbsent()
  @MayBeNull()
  @IsObjectOf(ExpiryDto)
  defaultExpiry?: ExpiryDto | null;

  @ApiPropertyOptional({
    type: () => RolloverDto,
    description: "Of resets and schedules that don't say.",
    nullable: true,
  })
  @MayBeAbsent()
  @MayBeNull()
  @IsObjectOf(RolloverDto)
  defaultRollover?: RolloverDto | null;

  @ApiPropertyOptional({ type: () => PriceDto, isArray: true, maxItems: LIMITS.pricesMax, nullable: true })
  @MayBeAbsent()
  @MayBeNull()
  @IsListOf(PriceDto, LIMITS.pricesMax)
  prices?: readonly PriceDto[] | null;

  @ApiPropertyOptional({ description: "Kept on the entry and as the type's own.", ...API_METADATA, nullable: true })
  @MayBeAbsent()
  @MayBeNull()
  @IsMetadata()
  override metadata?: Metadata | null;
}

/** `credit-type.put` */
export class PutCreditTypeDto extends PutCreditTypeBodyDto {
  @IsCommandType('credit-type.put')
  type!: 'credit-type.put';

  @ApiProperty({ description: 'The credit type.', example: 'tokens', maxLength: LIMITS.creditTypeCharactersMax })
  @IsCreditType()
  creditType!: string;
}

/** Body of `DELETE /v1/credit-types/{id}`. */
export class DeleteCreditTypeBodyDto extends PublisherFieldsDto {}

/** `credit-type.delete` */
export class DeleteCreditTypeDto extends DeleteCreditTypeBodyDto {
  @IsCommandType('credit-type.delete')
  type!: 'credit-type.delete';

  @ApiProperty({ description: 'The credit type.', example: 'tokens', maxLength: LIMITS.creditTypeCharactersMax })
  @IsCreditType()
  creditType!: string;
}
