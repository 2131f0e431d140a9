import { Command } from 'commander';

/** A line to try, shown in the help and in docs/cli.md. */
export interface Example {
  /** What it does, without a full stop. */
  readonly does: string;
  /** Arguments after `creditbus`. */
  readonly line: string;
}

const EXIT_CODES_IN_SHORT =
  'Exit codes: 0 done, 1 refused, 2 not understood (nothing was sent), 3 not reached or no answer.';

/** A commander command that knows its examples and remarks, so that help and docs show the same ones. */
export class CliCommand extends Command {
  readonly examples: Example[] = [];
  readonly remarks: string[] = [];

  constructor(name?: string) {
    super(name);
    this.addHelpText('after', () => this.textAfterOptions());
  }

  /** Commands below this one. Commander makes all of them by `createCommand`. */
  get children(): readonly CliCommand[] {
    return this.commands.filter((command) => command instanceof CliCommand);
  }

  /** The way to it from the program, for example `credits delta`; empty for the program itself. */
  get path(): string {
    const { parent } = this;
    return parent instanceof CliCommand ? `${parent.path} ${this.name()}`.trim() : '';
  }

  /** Commands that do something, in the order of the help. */
  get leaves(): readonly CliCommand[] {
    return this.children.length === 0 ? [this] : this.children.flatMap((child) => child.leaves);
  }

  override createCommand(name?: string): CliCommand {
    return new CliCommand(name);
  }

  /** After an error in the command line, this command's own help is named. */
  override copyInheritedSettings(source: CliCommand): this {
    super.copyInheritedSettings(source);
    return this.showHelpAfterError(`See \`creditbus ${`${source.path} ${this.name()}`.trim()} --help\`.`);
  }

  /** Adds a paragraph between the options and the examples of the help. */
  remark(text: string): this {
    this.remarks.push(text);
    return this;
  }

  /** Adds a line to the help's "Examples". */
  example(does: string, line: string): this {
    this.examples.push({ does, line });
    return this;
  }

  private textAfterOptions(): string {
    const examples = this.examples.map(exampleText).join('\n');
    const exitCodes = this.children.length === 0 ? [EXIT_CODES_IN_SHORT] : [];
    return [...this.remarks, ...(examples === '' ? [] : [`Examples:\n${examples}`]), ...exitCodes]
      .map((part) => `\n${part}`)
      .join('\n');
  }
}

function exampleText(example: Example): string {
  return `  # ${example.does}\n  $ creditbus ${example.line}`;
}
