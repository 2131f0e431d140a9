import { LIMITS } from '@app/contracts';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { Characters } from './field-decorators.js';

/*
 * Decorators of the fields that say which command it is and what it is about.
 */

/** The type of a command that is sent as such. */
export function IsCommandType(type: string): PropertyDecorator {
  return applyDecorators(ApiProperty({ enum: [type] }), IsIn([type]));
}

/** An id chosen by the publisher, which the command must have. */
export function IsId(example: string): PropertyDecorator {
  const bounds = { minLength: 1, maxLength: LIMITS.idCharactersMax };
  return applyDecorators(ApiProperty({ example, ...bounds }), Characters(1, LIMITS.idCharactersMax));
}

/** The account of a grant, hold, schedule or entry that the path names; the gateway finds it when it is absent. */
export function IsFoundAccountId(): PropertyDecorator {
  const description =
    'Only needed when what the path names may not be recorded yet; then the command is published behind it.';
  const bounds = { minLength: 1, maxLength: LIMITS.idCharactersMax };
  return applyDecorators(ApiPropertyOptional({ description, ...bounds }), Characters(1, LIMITS.idCharactersMax));
}
