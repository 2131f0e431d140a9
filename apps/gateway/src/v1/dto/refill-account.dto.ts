import { DEFAULT_CREDIT_TYPE } from '@app/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { RecordedFieldsDto } from './common-fields.dto.js';
import { IsCreditType, IsDay, MayBeAbsent } from './field-decorators.js';
import { IsCommandType, IsId } from './identity-decorators.js';

/** Body of `POST /v1/accounts/{id}/refills`. It has no id: the command's is derived from account and date. */
export class RefillAccountBodyDto extends RecordedFieldsDto {
  @ApiProperty({ description: 'The day (UTC) that it is the refill of.', format: 'date', example: '2026-11-20' })
  @IsDay()
  date!: string;

  @ApiPropertyOptional({ description: 'What the account holds.', default: DEFAULT_CREDIT_TYPE, maxLength: 64 })
  @MayBeAbsent()
  @IsCreditType()
  creditType?: string;
}

/** `account.refill` */
export class RefillAccountDto extends RefillAccountBodyDto {
  @IsCommandType('account.refill')
  type!: 'account.refill';

  @IsId('key_1')
  accountId!: string;
}
