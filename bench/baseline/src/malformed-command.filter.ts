import { type ArgumentsHost, BadRequestException, Catch, Logger, type RpcExceptionFilter } from '@nestjs/common';
import { type Observable, of } from 'rxjs';

/** Logs and skips what the validation pipe refused; every other error is thrown on, and kafkajs reads the message again. */
@Catch(BadRequestException)
export class MalformedCommandFilter implements RpcExceptionFilter<BadRequestException> {
  private readonly logger = new Logger(MalformedCommandFilter.name);

  catch(exception: BadRequestException, _host: ArgumentsHost): Observable<undefined> {
    this.logger.warn(`skipped a malformed command: ${JSON.stringify(exception.getResponse())}`);
    return of(undefined);
  }
}
