import { Module } from '@nestjs/common';

/** Routes in the shapes of Schematic (docs/compat/schematic.md). */
@Module({})
export class SchematicModule {}
