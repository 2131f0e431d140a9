import { Module, type OnModuleInit } from '@nestjs/common';

import { ErrorShapes } from '../../http/error-shapes.js';
import { unkeyErrorShape } from './errors.js';
import { KeyCredits } from './key-credits.js';
import { KeyRegistry } from './key-registry.js';
import { KeyVerification } from './key-verification.js';
import { UnkeyKeysController } from './keys.controller.js';
import { UnkeyCalls } from './unkey-calls.js';

/** Every procedure of Unkey's (`/v2/keys.getKey`, `/v2/apis.listKeys`), unknown ones too. */
const PATHS = /^\/v2\/[a-zA-Z]+\.[a-zA-Z]*$/;

/** Routes in the shapes of Unkey (docs/compat/unkey.md). */
@Module({
  controllers: [UnkeyKeysController],
  providers: [UnkeyCalls, KeyCredits, KeyRegistry, KeyVerification],
})
export class UnkeyModule implements OnModuleInit {
  constructor(private readonly shapes: ErrorShapes) {}

  onModuleInit(): void {
    this.shapes.register(PATHS, unkeyErrorShape);
  }
}
