import { Equals, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';

/** A `credit.delta` of whole credits: what the throughput scenarios send. */
export class CreditCommandDto {
  @Equals('credit.delta')
  type!: 'credit.delta';

  @IsString()
  @Length(1, 255)
  id!: string;

  @Matches(/^[A-Za-z0-9_-]{1,64}$/)
  tenantId!: string;

  @IsString()
  @Length(1, 255)
  accountId!: string;

  /** Signed decimal text, so that no amount passes through a binary float. */
  @Matches(/^-?(0|[1-9]\d{0,17})$/)
  delta!: string;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  reason?: string;
}
