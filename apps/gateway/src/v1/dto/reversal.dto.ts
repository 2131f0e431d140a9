import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { API_AMOUNT_ABOVE_0, API_INSUFFICIENT_POLICY } from './api-types.js';
import { CommonFieldsDto } from './common-fields.dto.js';
import { IsAmount, IsInsufficientPolicy, MayBeAbsent } from './field-decorators.js';
import { IsCommandType, IsFoundAccountId, IsId } from './identity-decorators.js';

/** Body of `POST /v1/commands/{commandId}/reversals`. */
export class ReverseEntryBodyDto extends CommonFieldsDto {
  @IsFoundAccountId()
  accountId!: string;

  @ApiPropertyOptional({ description: 'How much of it; absent: all that is left.', ...API_AMOUNT_ABOVE_0 })
  @MayBeAbsent()
  @IsAmount('above 0')
  amount?: string | number;

  @ApiPropertyOptional({
    description: 'What belongs to a grant that has ended goes to an adjustment grant, or to nobody.',
    enum: ['adjust', 'forfeit'],
    default: 'adjust',
  })
  @MayBeAbsent()
  @IsIn(['adjust', 'forfeit'])
  onExpiredGrant?: 'adjust' | 'forfeit';

  @ApiPropertyOptional({
    description: "Of a reversal that takes back; absent: the account's policy.",
    ...API_INSUFFICIENT_POLICY,
  })
  @MayBeAbsent()
  @IsInsufficientPolicy()
  onInsufficient?: string | object;
}

/** `credit.reverse` */
export class ReverseEntryDto extends ReverseEntryBodyDto {
  @IsCommandType('credit.reverse')
  type!: 'credit.reverse';

  @IsId('key_1')
  override accountId!: string;

  @IsId('order-0815')
  reverses!: string;
}
