/** One thing that is wrong with the configuration. */
export interface ConfigProblem {
  readonly variable: string;
  /** The value as it may be shown: secrets are hidden already. */
  readonly value: string;
  readonly allowed: string;
}

/** The process can't start with this configuration. The message is a table of everything that is wrong. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'CONFIG_INVALID';

  constructor(
    readonly app: string,
    readonly problems: readonly ConfigProblem[],
  ) {
    super(table(app, problems));
  }
}

function table(app: string, problems: readonly ConfigProblem[]): string {
  const rows = [['variable', 'value', 'allowed'], ...problems.map((p) => [p.variable, p.value, plain(p.allowed)])];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('   ')}`.trimEnd());
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return [`Configuration of the ${app}: ${count}. All variables: docs/configuration.md`, '', ...lines].join('\n');
}

/** Texts for the docs quote values in backticks. */
function plain(text: string): string {
  return text.replaceAll('`', '');
}
