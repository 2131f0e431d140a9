import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { dateTimeOf, NumberText } from '@app/contracts';
import { type EpochMs, formatMinor, type Minor, type Scale } from '@app/domain';
import type { FastifyReply } from 'fastify';
import { catchError, map, type Observable, throwError } from 'rxjs';

import { exactJson } from '../adapter/exact-json.js';
import { withSchematicStatus } from './errors.js';

/** What every route answers: the data, and the parameters as they were understood (empty where Schematic has none). */
export interface Answer {
  readonly data: object;
  readonly params: object;
}

/** Writes answers as JSON with all digits of their numbers, and gives errors their status. */
@Injectable()
export class SchematicAnswers implements NestInterceptor<Answer, string> {
  intercept(context: ExecutionContext, next: CallHandler<Answer>): Observable<string> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer) => {
        void reply.header('content-type', 'application/json; charset=utf-8');
        return exactJson(answer);
      }),
      catchError((error: unknown) => throwError(() => withSchematicStatus(error))),
    );
  }
}

/** An amount as a JSON number with all its digits. */
export function amountJson(amount: Minor, scale: Scale): NumberText {
  return new NumberText(formatMinor(amount, scale));
}

export function timeJson(instant: EpochMs | null): string | null {
  return instant === null ? null : dateTimeOf(instant);
}
