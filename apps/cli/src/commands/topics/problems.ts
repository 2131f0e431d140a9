import type { TopicProblem } from '@app/messaging';

import type { CliContext } from '../../context.js';
import { EXIT } from '../../exit-codes.js';
import { note, styled, type OutputOptions } from '../../output/printer.js';

/** Says what is not as configured and how to mend it; a serious problem makes the command fail. */
export function reportProblems(context: CliContext, options: OutputOptions, problems: readonly TopicProblem[]): void {
  if (options.output === 'table') {
    for (const { topic, message, fix, serious } of problems) {
      const word = serious
        ? styled(context, context.stderr, 'red', 'wrong:')
        : styled(context, context.stderr, 'yellow', 'differs:');
      note(context, `${word} ${topic} ${message}. Mend: ${fix}`);
    }
  }
  if (problems.some(({ serious }) => serious)) context.setExitCode(EXIT.refused);
}
