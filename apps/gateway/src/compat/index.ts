import type { CompatibleApi } from '@app/config';
import type { Type } from '@nestjs/common';

import { FlexpriceModule } from './flexprice/flexprice.module.js';
import { KlaimModule } from './klaim/klaim.module.js';
import { SchematicModule } from './schematic/schematic.module.js';
import { UnkeyModule } from './unkey/unkey.module.js';

const MODULES: Readonly<Record<CompatibleApi, Type>> = {
  unkey: UnkeyModule,
  klaim: KlaimModule,
  schematic: SchematicModule,
  flexprice: FlexpriceModule,
};

/** The route groups of the compatible APIs that are switched on. */
export function compatibleRouteGroups(apis: readonly CompatibleApi[]): Type[] {
  return apis.map((api) => MODULES[api]);
}
