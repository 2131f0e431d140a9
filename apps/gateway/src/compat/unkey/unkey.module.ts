import { Module } from '@nestjs/common';

/** Routes in the shapes of Unkey (docs/compat/unkey.md). */
@Module({})
export class UnkeyModule {}
