import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { DEAD_LETTER_CODES, REJECTION_CODES } from '@app/domain';
import { catchError, type Observable, throwError } from 'rxjs';

import type { ErrorShape } from '../../http/error-shapes.js';
import { Problem, type ProblemCode } from '../../http/problem.js';

/** Rejections and dead letters whose class isn't validation_error or invalid_operation (400). */
const STATUS_OF: Partial<Record<ProblemCode, number>> = {
  // not_found
  ACCOUNT_NOT_FOUND: 404,
  SCHEDULE_NOT_FOUND: 404,
  // already_exists
  ACCOUNT_EXISTS: 409,
  SCHEDULE_EXISTS: 409,
  GRANT_EXISTS: 409,
  COMMAND_CONFLICT: 409,
  // version_conflict
  VERSION_CONFLICT: 409,
  TOO_LARGE: 413,
};

/** Sentences that Flexprice's users know; everything else is told in our own words. */
const MESSAGE_OF: Partial<Record<ProblemCode, string>> = {
  SCHEDULE_NOT_FOUND: 'credit grant not found',
  SCHEDULE_ENDED: 'credit grant is not in published status',
  INSUFFICIENT_CREDITS: 'insufficient balance',
};

const OF_THE_COMMAND: ReadonlySet<ProblemCode> = new Set([...REJECTION_CODES, ...DEAD_LETTER_CODES]);

/** `internal_error` is there because the client's validation wants every key; causes are only in the log. */
export const flexpriceErrorShape: ErrorShape = ({ code, detail }) => ({
  contentType: 'application/json',
  body: { success: false, error: { message: MESSAGE_OF[code] ?? detail, internal_error: null } },
});

/** A problem with the status of its class; what has nothing to do with the command keeps its own. */
export function withFlexpriceStatus(error: unknown): unknown {
  if (!(error instanceof Problem) || !OF_THE_COMMAND.has(error.code)) return error;
  const { code, detail, extras } = error;
  return new Problem(STATUS_OF[code] ?? 400, code, detail, extras);
}

/** Gives what handlers throw the status of its class. */
@Injectable()
export class FlexpriceErrorClasses implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(catchError((error: unknown) => throwError(() => withFlexpriceStatus(error))));
  }
}
