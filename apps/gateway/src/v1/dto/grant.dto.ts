import { LIMITS } from '@app/contracts';
import { GRANT_KINDS, type GrantKind, type Metadata } from '@app/domain';
import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { API_AMOUNT_ABOVE_0, API_INSTANT, API_METADATA } from './api-types.js';
import { CommonFieldsDto } from './common-fields.dto.js';
import {
  Characters,
  IsAmount,
  IsInstant,
  IsIntegerWithin,
  IsMetadata,
  IsObjectOf,
  MayBeAbsent,
  MayBeNull,
} from './field-decorators.js';
import { IsCommandType, IsFoundAccountId, IsId } from './identity-decorators.js';
import { CostBasisDto } from './settings.dto.js';

/** What a grant is made of, by itself or by a reset. */
export class GrantFieldsDto {
  @ApiPropertyOptional({ description: 'Unique per tenant; absent: derived from the command.', maxLength: 255 })
  @MayBeAbsent()
  @Characters(1, LIMITS.idCharactersMax)
  grantId?: string;

  @ApiPropertyOptional({ type: 'string', nullable: true, minLength: 1, maxLength: LIMITS.nameCharactersMax })
  @MayBeAbsent()
  @MayBeNull()
  @Characters(1, LIMITS.nameCharactersMax)
  name?: string | null;

  @ApiProperty({ description: 'How much it gives.', ...API_AMOUNT_ABOVE_0, example: '100' })
  @IsAmount('above 0')
  amount!: string | number;

  @ApiPropertyOptional({ description: 'Lower is used first; null: last.', type: 'integer', nullable: true })
  @MayBeAbsent()
  @MayBeNull()
  @IsIntegerWithin(LIMITS.priorityMin, LIMITS.priorityMax)
  priority?: number | null;

  @ApiPropertyOptional({ description: 'From when on it counts; absent: at once.', ...API_INSTANT })
  @MayBeAbsent()
  @IsInstant()
  effectiveAt?: string;

  @ApiPropertyOptional({
    description: "The last instant at which it is used; null: never; absent: the credit type's default.",
    ...API_INSTANT,
    nullable: true,
  })
  @MayBeAbsent()
  @MayBeNull()
  @IsInstant()
  expiresAt?: string | null;

  @ApiPropertyOptional({ type: () => CostBasisDto, nullable: true })
  @MayBeAbsent()
  @MayBeNull()
  @IsObjectOf(CostBasisDto)
  costBasis?: CostBasisDto | null;
}

/** Body of `POST /v1/accounts/{id}/grants`. */
export class CreateGrantBodyDto extends IntersectionType(CommonFieldsDto, GrantFieldsDto) {
  @ApiPropertyOptional({ description: 'Where it comes from.', enum: GRANT_KINDS, default: 'purchased' })
  @MayBeAbsent()
  @IsIn(GRANT_KINDS)
  kind?: GrantKind;
}

/** `grant.create` */
export class CreateGrantDto extends CreateGrantBodyDto {
  @IsCommandType('grant.create')
  type!: 'grant.create';

  @IsId('key_1')
  accountId!: string;
}

/** Body of `PATCH /v1/grants/{id}`: absent keeps, null clears, a value replaces. */
export class UpdateGrantBodyDto extends CommonFieldsDto {
  @IsFoundAccountId()
  accountId!: string;

  @ApiPropertyOptional({ type: 'string', nullable: true, minLength: 1, maxLength: LIMITS.nameCharactersMax })
  @MayBeAbsent()
  @MayBeNull()
  @Characters(1, LIMITS.nameCharactersMax)
  name?: string | null;

  @ApiPropertyOptional({ description: 'Lower is used first; null: last.', type: 'integer', nullable: true })
  @MayBeAbsent()
  @MayBeNull()
  @IsIntegerWithin(LIMITS.priorityMin, LIMITS.priorityMax)
  priority?: number | null;

  @ApiPropertyOptional({
    description: 'The last instant at which it is used; null: never.',
    ...API_INSTANT,
    nullable: true,
  })
  @MayBeAbsent()
  @MayBeNull()
  @IsInstant()
  expiresAt?: string | null;

  @ApiPropertyOptional({ description: "Kept on the entry and as the grant's own.", ...API_METADATA, nullable: true })
  @MayBeAbsent()
  @MayBeNull()
  @IsMetadata()
  override metadata?: Metadata | null;
}

/** `grant.update` */
export class UpdateGrantDto extends UpdateGrantBodyDto {
  @IsCommandType('grant.update')
  type!: 'grant.update';

  @IsId('key_1')
  override accountId!: string;

  @IsId('pack-0816')
  grantId!: string;
}

/** Body of `POST /v1/grants/{id}/void`. */
export class VoidGrantBodyDto extends CommonFieldsDto {
  @IsFoundAccountId()
  accountId!: string;
}

/** `grant.void` */
export class VoidGrantDto extends VoidGrantBodyDto {
  @IsCommandType('grant.void')
  type!: 'grant.void';

  @IsId('key_1')
  override accountId!: string;

  @IsId('pack-0816')
  grantId!: string;
}
