import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';
import { format, resolveConfig } from 'prettier';
import { type TextTable, provenance, tables } from './report.js';
import type { BenchResult } from './summary.js';
import { print } from './terminal.js';

/** The part of docs/performance.md between these lines is written by the benchmark. */
const SECTION_BEGINS = '<!-- written by npm run bench: begin -->';
const SECTION_ENDS = '<!-- written by npm run bench: end -->';

/** Prints the tables. */
export function printReport(result: BenchResult): void {
  for (const { title, head, rows } of tables(result)) {
    const table = new Table({ head: [...head], style: { head: [], border: [] } });
    table.push(...rows.map((row) => [...row]));
    print(`\n${title}\n${table.toString()}`);
  }
  print(`\n${provenance(result)}`);
}

/** Writes bench/results/latest.json and the measured section of docs/performance.md, both below `root`. */
export async function saveReport(result: BenchResult, root: string): Promise<void> {
  const folder = join(root, 'bench', 'results');
  mkdirSync(folder, { recursive: true });
  const jsonFile = join(folder, 'latest.json');
  writeFileSync(jsonFile, await pretty(JSON.stringify(result, undefined, 2), jsonFile));

  const docsFile = join(root, 'docs', 'performance.md');
  if (!existsSync(docsFile)) return;
  const docs = readFileSync(docsFile, 'utf8');
  const begin = docs.indexOf(SECTION_BEGINS);
  const end = docs.indexOf(SECTION_ENDS);
  if (begin < 0 || end < begin) throw new Error(`${docsFile} has no lines "${SECTION_BEGINS}" and "${SECTION_ENDS}"`);
  const section = [provenance(result), ...tables(result).map(markdown)].join('\n\n');
  const updated = `${docs.slice(0, begin)}${SECTION_BEGINS}\n\n${section}\n\n${docs.slice(end)}`;
  writeFileSync(docsFile, await pretty(updated, docsFile));
}

function markdown({ title, head, rows }: TextTable): string {
  const alignment = head.map((_, index) => (index === 0 ? '---' : '---:'));
  const lines = [head, alignment, ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `### ${title}\n\n${lines.join('\n')}`;
}

/** As `npm run format` would write it, so that a measurement leaves nothing to format. */
async function pretty(text: string, filepath: string): Promise<string> {
  return format(text, { ...(await resolveConfig(filepath)), filepath });
}
