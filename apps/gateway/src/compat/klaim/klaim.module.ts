import { Module } from '@nestjs/common';

/** Routes in the shapes of Klaim (docs/compat/klaim.md). */
@Module({})
export class KlaimModule {}
