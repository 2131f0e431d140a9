import { table } from '../output/table.js';
import type { DemoResult } from './demo.js';
import { countBy } from './verification.js';

/** The result for a person: what was sent, what became of it, what holds. */
export function demoText({ workload, events, verdicts, durationMs }: DemoResult): string {
  return [
    sentText(workload),
    outcomesText(workload, events),
    verdictsText(verdicts),
    rateText(workload, durationMs, events.longestSilenceMs),
  ].join('\n\n');
}

function sentText({ opens, records, sent }: DemoResult['workload']): string {
  const rows = [
    ['accounts opened', opens.length],
    ['deltas with an id of their own', sent.unique],
    ['duplicates (same id and body, another position)', sent.duplicates],
    ['conflicts (same id, another body)', sent.conflicts],
    ['malformed', sent.malformed],
    ['records in all', opens.length + records.length],
  ] as const;
  return table(
    [
      { title: 'SENT', value: ([name]) => name },
      { title: 'RECORDS', value: ([, count]) => count, align: 'right' },
    ],
    rows,
  );
}

function outcomesText({ codes, sent, deadLetters }: DemoResult['workload'], events: DemoResult['events']): string {
  const expected = countBy(codes.values());
  const found = countBy(events.codes.values());
  const foundLetters = countBy(events.deadLetters.values());
  const rows = [
    ...[...expected].map(([code, count]) => [code, count, found.get(code) ?? 0] as const),
    ['COMMAND_CONFLICT', sent.conflicts, events.conflicts] as const,
    ...[...deadLetters].map(([code, count]) => [`dead letter ${code}`, count, foundLetters.get(code) ?? 0] as const),
  ];
  return table(
    [
      { title: 'OUTCOME', value: ([code]) => code },
      { title: 'EXPECTED', value: ([, count]) => count, align: 'right' },
      { title: 'SEEN', value: ([, , count]) => count, align: 'right' },
    ],
    rows,
  );
}

function verdictsText(verdicts: DemoResult['verdicts']): string {
  return table(
    [
      { title: '', value: ({ invariant }) => invariant },
      { title: 'RULE', value: ({ rule }) => rule },
      { title: 'FROM', value: ({ from }) => from },
      { title: 'VERDICT', value: ({ holds }) => (holds ? 'holds' : 'VIOLATED') },
      { title: 'NUMBERS', value: ({ numbers }) => numbers },
    ],
    verdicts,
  );
}

function rateText({ records }: DemoResult['workload'], durationMs: number, silenceMs: number): string {
  const seconds = durationMs / 1000;
  const working = Math.max(durationMs - silenceMs, 1) / 1000;
  return (
    `${records.length} commands in ${seconds.toFixed(1)} s (${Math.round(records.length / seconds)} commands/s). ` +
    `For ${(silenceMs / 1000).toFixed(1)} s of it nobody was applying anything: Kafka hands a killed worker's partitions ` +
    `on when its session has ended. Without that pause: ${Math.round(records.length / working)} commands/s.`
  );
}
