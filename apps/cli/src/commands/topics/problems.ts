import type { TopicProblem } from '@app/messaging';

import type { CliContext } from '../../context.js';
import { EXIT } from '../../exit-codes.js';
import { note, styled, type OutputOptions } from '../../output/printer.js';

/** Says what is wrong and how to mend it; an error makes the command fail. */
export function reportProblems(context: CliContext, options: OutputOptions, problems: readonly TopicProblem[]): void {
  if (options.output === 'table') {
    for (const { severity, message, fix } of problems) {
      const word = styled(context, context.stderr, severity === 'error' ? 'red' : 'yellow', `${severity}:`);
      note(context, `${word} ${message}\n  ${fix}`);
    }
  }
  if (problems.some(({ severity }) => severity === 'error')) context.setExitCode(EXIT.refused);
}
