import { LIMITS } from '@app/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn } from 'class-validator';
import { API_AMOUNT_ABOVE_0, API_INSTANT, API_INSUFFICIENT_POLICY } from './api-types.js';
import { CommonFieldsDto } from './common-fields.dto.js';
import {
  Characters,
  IsAmount,
  isAmount,
  IsInstant,
  IsInsufficientPolicy,
  MayBeAbsent,
  Rule,
} from './field-decorators.js';
import { IsCommandType, IsFoundAccountId, IsId } from './identity-decorators.js';

/** Body of `POST /v1/accounts/{id}/holds`. */
export class CreateHoldBodyDto extends CommonFieldsDto {
  @ApiPropertyOptional({ description: 'Unique per tenant; absent: derived from the command.', maxLength: 255 })
  @MayBeAbsent()
  @Characters(1, LIMITS.idCharactersMax)
  holdId?: string;

  @ApiProperty({ description: 'How much.', ...API_AMOUNT_ABOVE_0, example: '400' })
  @IsAmount('above 0')
  amount!: string | number;

  @ApiPropertyOptional({ description: 'At most 24 hours ahead; absent: 5 minutes.', ...API_INSTANT })
  @MayBeAbsent()
  @IsInstant()
  expiresAt?: string;

  @ApiPropertyOptional({ description: 'Take what is there when it is less.', default: false })
  @MayBeAbsent()
  @IsBoolean()
  partial?: boolean;
}

/** `hold.create` */
export class CreateHoldDto extends CreateHoldBodyDto {
  @IsCommandType('hold.create')
  type!: 'hold.create';

  @IsId('key_1')
  accountId!: string;
}

/** Body of `POST /v1/holds/{id}/capture`. */
export class CaptureHoldBodyDto extends CommonFieldsDto {
  @IsFoundAccountId()
  accountId!: string;

  @ApiProperty({ description: 'How much.', ...API_AMOUNT_ABOVE_0, example: '260' })
  @IsAmount('above 0')
  amount!: string | number;

  @ApiPropertyOptional({ description: 'Releases the rest.', default: false })
  @MayBeAbsent()
  @IsBoolean()
  final?: boolean;

  @ApiPropertyOptional({
    description: 'What is more than the hold has left is charged like a delta; absent: `HOLD_EXCEEDED`.',
    enum: ['charge'],
  })
  @MayBeAbsent()
  @IsIn(['charge'])
  overage?: 'charge';

  @ApiPropertyOptional({ description: "Of the overage; absent: the account's policy.", ...API_INSUFFICIENT_POLICY })
  @MayBeAbsent()
  @IsInsufficientPolicy()
  onInsufficient?: string | object;
}

/** `hold.capture` */
export class CaptureHoldDto extends CaptureHoldBodyDto {
  @IsCommandType('hold.capture')
  type!: 'hold.capture';

  @IsId('key_1')
  override accountId!: string;

  @IsId('job-0816')
  holdId!: string;
}

/** Body of `POST /v1/holds/{id}/extend`: amount, time or both. */
export class ExtendHoldBodyDto extends CommonFieldsDto {
  @IsFoundAccountId()
  accountId!: string;

  @ApiPropertyOptional({ description: 'How much more; required without expiresAt.', ...API_AMOUNT_ABOVE_0 })
  @Rule<ExtendHoldBodyDto>('isExtension', 'an amount above 0; absent only beside expiresAt', (amount, { expiresAt }) =>
    amount === undefined ? expiresAt !== undefined : isAmount(amount, 'above 0'),
  )
  amount?: string | number;

  @ApiPropertyOptional({ description: 'At most 24 hours ahead; an earlier one changes nothing.', ...API_INSTANT })
  @MayBeAbsent()
  @IsInstant()
  expiresAt?: string;

  @ApiPropertyOptional({ description: 'Take what is there when it is less.', default: false })
  @MayBeAbsent()
  @IsBoolean()
  partial?: boolean;
}

/** `hold.extend` */
export class ExtendHoldDto extends ExtendHoldBodyDto {
  @IsCommandType('hold.extend')
  type!: 'hold.extend';

  @IsId('key_1')
  override accountId!: string;

  @IsId('job-0816')
  holdId!: string;
}

/** Body of `POST /v1/holds/{id}/release`. */
export class ReleaseHoldBodyDto extends CommonFieldsDto {
  @IsFoundAccountId()
  accountId!: string;
}

/** `hold.release` */
export class ReleaseHoldDto extends ReleaseHoldBodyDto {
  @IsCommandType('hold.release')
  type!: 'hold.release';

  @IsId('key_1')
  override accountId!: string;

  @IsId('job-0816')
  holdId!: string;
}
