import { BURN_ORDERS } from '@app/domain';
import { commonFields } from './common-fields.js';
import { catalogSpec, type CommandSpec } from './command-spec.js';
import { currency, expiry, name, rollover } from './credit-fields.js';
import { amount, integer, listOf, metadata, nullable, oneOf, text } from './field-kinds.js';
import { type Field, FieldTable, object } from './field-table.js';
import { LIMITS } from './limits.js';

const creditType: Field = { kind: commonFields.creditType.kind, required: true, description: 'The credit type.' };

const display = (description: string, kind = name): Field => ({
  kind: nullable(kind),
  canonicalDefault: 'null',
  description,
});
const unitName = text(1, LIMITS.unitNameCharactersMax);

const priceTable = new FieldTable({
  currency: { kind: currency, required: true, description: 'For example USD.' },
  pricePerUnit: { kind: amount('0 or above'), required: true, description: 'What one credit costs.' },
});

/** Commands about the catalogue of credit types. */
export const CREDIT_TYPE_COMMANDS: readonly CommandSpec[] = [
  catalogSpec('credit-type.put', 'Makes a credit type or replaces it as a whole: what is absent is cleared.', {
    creditType,
    scale: {
      kind: integer(0, LIMITS.scaleMax),
      required: true,
      description: 'Decimal places of its amounts, for ever.',
    },
    name: display('For people to read.'),
    description: {
      kind: text(0, LIMITS.descriptionCharactersMax),
      description: "Kept on the entry and as the type's own.",
    },
    singularName: display('One of it, for people to read.', unitName),
    pluralName: display('Several of it, for people to read.', unitName),
    icon: {
      kind: nullable(text(1, LIMITS.iconCharactersMax)),
      canonicalDefault: 'null',
      description: 'For display.',
    },
    burnOrder: {
      kind: nullable(oneOf(BURN_ORDERS), '"priority"'),
      canonicalDefault: '"priority"',
      description: 'Order in which grants are used.',
    },
    defaultExpiry: {
      kind: nullable(expiry),
      canonicalDefault: 'null',
      description: "When grants expire that don't say; null: never.",
    },
    defaultRollover: {
      kind: nullable(rollover),
      canonicalDefault: 'null',
      description: "What resets and schedules carry that don't say; null: nothing.",
    },
    prices: {
      kind: nullable(listOf(object(priceTable), LIMITS.pricesMax), '[]'),
      canonicalDefault: '[]',
      description: 'For display.',
    },
    metadata: {
      kind: nullable(metadata(), '{}'),
      canonicalDefault: '{}',
      isLaterDefault: true,
      description: "Kept on the entry and as the type's own.",
    },
  }),
  catalogSpec(
    'credit-type.delete',
    'Deletes a credit type softly: publishers find it no more until a put restores it; accounts and balances stay.',
    { creditType },
  ),
];
