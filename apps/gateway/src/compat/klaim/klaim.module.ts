import { Module, type OnModuleInit } from '@nestjs/common';

import { ErrorShapes } from '../../http/error-shapes.js';
import { KlaimCreditsController } from './credits.controller.js';
import { klaimErrorShape } from './errors.js';
import { KlaimUsers } from './users.js';

/** Every path of Klaim's, unknown ones too. */
const PATHS = /^\/users(\/|$)/;

/** Routes in the shapes of Klaim (docs/compat/klaim.md). */
@Module({ controllers: [KlaimCreditsController], providers: [KlaimUsers] })
export class KlaimModule implements OnModuleInit {
  constructor(private readonly shapes: ErrorShapes) {}

  onModuleInit(): void {
    this.shapes.register(PATHS, klaimErrorShape);
  }
}
