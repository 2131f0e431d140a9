import { DEFAULT_CREDIT_TYPE, LIMITS } from '@app/contracts';
import type { Metadata } from '@app/domain';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, Matches } from 'class-validator';
import {
  Characters,
  IsCreditType,
  IsDateTime,
  IsMetadata,
  IsObjectOf,
  IsVersion,
  MayBeAbsent,
} from './field-decorators.js';

/** Who asked for it. */
export class ActorDto {
  @ApiProperty({ example: 'user', minLength: 1, maxLength: LIMITS.actorTypeCharactersMax })
  @Characters(1, LIMITS.actorTypeCharactersMax)
  type!: string;

  @ApiProperty({ example: 'u_7', minLength: 1, maxLength: LIMITS.idCharactersMax })
  @Characters(1, LIMITS.idCharactersMax)
  id!: string;

  @ApiPropertyOptional({ example: 'Ada', maxLength: LIMITS.idCharactersMax })
  @MayBeAbsent()
  @Characters(0, LIMITS.idCharactersMax)
  name?: string;
}

/** Fields that every command has, those of the scheduler too. */
export class RecordedFieldsDto {
  @ApiPropertyOptional({
    description: "Comes from the API key; another tenant's is refused with 403.",
    example: 'acme',
    maxLength: LIMITS.tenantIdCharactersMax,
    pattern: '^[A-Za-z0-9_-]+$',
  })
  @Matches(/^[A-Za-z0-9_-]+$/, { message: 'tenantId must be of A-Z a-z 0-9 _ -' })
  @Characters(1, LIMITS.tenantIdCharactersMax)
  tenantId!: string;

  @ApiPropertyOptional({ description: 'Version of this format.', enum: [1], default: 1 })
  @MayBeAbsent()
  @IsIn([1], { message: 'schemaVersion must be 1' })
  schemaVersion?: 1;

  @ApiPropertyOptional({ type: () => ActorDto, description: 'Who asked for it; only recorded.' })
  @MayBeAbsent()
  @IsObjectOf(ActorDto)
  actor?: ActorDto;

  @ApiPropertyOptional({ description: 'Short code.', example: 'usage', maxLength: LIMITS.reasonCharactersMax })
  @MayBeAbsent()
  @Characters(0, LIMITS.reasonCharactersMax)
  reason?: string;

  @ApiPropertyOptional({ description: 'For people to read.', maxLength: LIMITS.descriptionCharactersMax })
  @MayBeAbsent()
  @Characters(0, LIMITS.descriptionCharactersMax)
  description?: string;

  @ApiPropertyOptional({
    description: 'Strings of the publisher, kept on the entry.',
    type: 'object',
    additionalProperties: { type: 'string', maxLength: LIMITS.metadataValueCharactersMax },
    example: { region: 'eu-west-1' },
  })
  @MayBeAbsent()
  @IsMetadata()
  metadata?: Metadata | null;

  @ApiPropertyOptional({
    description: 'When it happened at the publisher, RFC 3339; only recorded.',
    type: 'string',
    format: 'date-time',
    example: '2026-11-20T10:00:00Z',
  })
  @MayBeAbsent()
  @IsDateTime()
  occurredAt?: string;

  @ApiPropertyOptional({ description: 'Which system sent it; only recorded.', maxLength: LIMITS.sourceCharactersMax })
  @MayBeAbsent()
  @Characters(0, LIMITS.sourceCharactersMax)
  source?: string;
}

/** Fields that every command of publishers has. */
export class PublisherFieldsDto extends RecordedFieldsDto {
  @ApiPropertyOptional({
    description: 'Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.',
    example: '0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e',
    minLength: 1,
    maxLength: LIMITS.idCharactersMax,
    pattern: '^[^~]',
  })
  @Matches(/^[^~]/, { message: 'id must not begin with "~" (reserved for the scheduler)' })
  @Characters(1, LIMITS.idCharactersMax)
  id!: string;

  @ApiPropertyOptional({
    description: 'Refuses the command when the account has another version.',
    oneOf: [
      { type: 'string', pattern: '^\\d{1,19}$' },
      { type: 'integer', minimum: 0 },
    ],
    example: '17',
  })
  @MayBeAbsent()
  @IsVersion()
  expectedVersion?: string | number;
}

/** Fields of commands about accounts, but for those that routes take from elsewhere (`type`, `accountId`). */
export class CommonFieldsDto extends PublisherFieldsDto {
  @ApiPropertyOptional({
    description: 'What the account holds.',
    default: DEFAULT_CREDIT_TYPE,
    maxLength: LIMITS.creditTypeCharactersMax,
    pattern: '^[A-Za-z0-9_.-]+$',
  })
  @MayBeAbsent()
  @IsCreditType()
  creditType?: string;
}
