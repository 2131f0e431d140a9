import { LIMITS } from '@app/contracts';
import { GRANT_KINDS, type GrantKind, type Metadata } from '@app/domain';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { API_AMOUNT, API_METADATA } from './api-types.js';
import { CommonFieldsDto } from './common-fields.dto.js';
import {
  Characters,
  isAmount,
  IsListOf,
  IsMetadata,
  IsObjectOf,
  MayBeAbsent,
  MayBeNull,
  Rule,
} from './field-decorators.js';
import { GrantFieldsDto } from './grant.dto.js';
import { IsCommandType, IsId } from './identity-decorators.js';
import { RolloverDto } from './settings.dto.js';

/** A grant of the period that begins. */
export class ResetGrantDto extends GrantFieldsDto {
  @ApiPropertyOptional({ description: 'Where it comes from.', enum: GRANT_KINDS, default: 'plan' })
  @MayBeAbsent()
  @IsIn(GRANT_KINDS)
  kind?: GrantKind;

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
