import { Module } from '@nestjs/common';

/** Routes in the shapes of Flexprice (docs/compat/flexprice.md). */
@Module({})
export class FlexpriceModule {}
