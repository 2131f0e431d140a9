import { LIMITS } from '@app/contracts';
import { GRANT_KINDS, type GrantKind, type Metadata } from '@app/domain';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { API_AMOUNT, API_AMOUNT_ABOVE_0, API_INSTANT, API_METADATA } from './api-types.js';
import { CommonFieldsDto } from './common-fields.dto.js';
import {
  Characters,
  IsAmount,
  isAmount,
  IsInstant,
  IsIntegerWithin,
  IsListOf,
  IsMetadata,
  IsObjectOf,
  MayBeAbsent,
  MayBeNull,
  Rule,
} from './field-decorators.js';
import { IsCommandType, IsId } from './identity-decorators.js';
import { CostBasisDto, RolloverDto } from './settings.dto.js';

/** A grant of the period that begins. */
export class ResetGrantDto {
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

  @ApiPropertyOptional({ description: 'Where it comes from.', enum: GRANT_KINDS, default: 'plan' })
  @MayBeAbsent()
  @IsIn(GRANT_KINDS)
  kind?: GrantKind;

  @ApiPropertyOptional({ type: () => CostBasisDto, nullable: true })
  @MayBeAbsent()
  @MayBeNull()
  @IsObjectOf(CostBasisDto)
  costBasis?: CostBasisDto | null;

  @ApiPropertyOptional({ description: "The grant's own.", ...API_METADATA, nullable: true })
  @MayBeAbsent()
  @MayBeNull()
  @IsMetadata()
  metadata?: Metadata | null;
}

/** Body of `POST /v1/accounts/{id}/resets`: either value or grants. */
export class ResetAccountBodyDto extends CommonFieldsDto {
  @ApiProperty({ description: 'Name of the period that begins; only recorded.', example: '2026-12' })
  @Characters(1, LIMITS.nameCharactersMax)
  period!: string;

  @ApiPropertyOptional({ description: 'The base afterwards; required without grants.', ...API_AMOUNT, example: '1000' })
  @Rule<ResetAccountBodyDto>('isValueOrGrants', 'an amount, or absent beside grants', (value, { grants }) =>
    grants === undefined ? isAmount(value) : value === undefined,
  )
  value?: string | number;

  @ApiPropertyOptional({
    description: 'Takes the place of the open grants of the kinds plan and rollover.',
    type: () => ResetGrantDto,
    isArray: true,
    maxItems: LIMITS.resetGrantsMax,
  })
  @MayBeAbsent()
  @IsListOf(ResetGrantDto, LIMITS.resetGrantsMax)
  grants?: readonly ResetGrantDto[];

  @ApiPropertyOptional({
    type: () => RolloverDto,
    description: "How much of what remains is carried; null: nothing; absent: the credit type's default.",
    nullable: true,
  })
  @MayBeAbsent()
  @MayBeNull()
  @IsObjectOf(RolloverDto)
  rollover?: RolloverDto | null;
}

/** `account.reset` */
export class ResetAccountDto extends ResetAccountBodyDto {
  @IsCommandType('account.reset')
  type!: 'account.reset';

  @IsId('key_1')
  accountId!: string;
}
