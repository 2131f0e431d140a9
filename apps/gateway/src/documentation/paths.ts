import type { ApiParamOptions } from '@nestjs/swagger';

/** What the path of a route names; `catalogue`: nothing, and what is made has no account. */
export type PathNames = 'account' | 'grant' | 'hold' | 'schedule' | 'original' | 'creditType' | 'catalogue';

interface DescribedPath {
  readonly param?: ApiParamOptions;
  /** Fields of a command that a request of such a path leaves out. */
  readonly known: readonly string[];
  readonly takesCreditType: boolean;
}

const idParam = (description: string, example: string): ApiParamOptions => ({
  name: 'id',
  description,
  schema: { type: 'string', minLength: 1, maxLength: 255, examples: [example] },
});

export const DESCRIBED_PATHS: Readonly<Record<PathNames, DescribedPath>> = {
  account: {
    param: {
      name: 'id',
      description: 'Account id, `ext:<external id>` or system id (`acct_…`), URL-encoded.',
      schema: { type: 'string', examples: ['key_1'] },
    },
    known: ['accountId'],
    takesCreditType: true,
  },
  grant: {
    param: idParam('Grant id, URL-encoded.', 'pack-0816'),
    known: ['accountId', 'grantId'],
    takesCreditType: true,
  },
  hold: {
    param: idParam('Hold id, URL-encoded.', 'job-0816'),
    known: ['accountId', 'holdId'],
    takesCreditType: true,
  },
  schedule: {
    param: idParam('Schedule id, URL-encoded.', 'key_1-monthly'),
    known: ['accountId', 'scheduleId'],
    takesCreditType: true,
  },
  original: {
    param: { ...idParam('Id of the command, URL-encoded.', 'order-0815'), name: 'commandId' },
    known: ['accountId', 'reverses'],
    takesCreditType: true,
  },
  creditType: { param: idParam('Credit type.', 'tokens'), known: ['creditType'], takesCreditType: false },
  catalogue: { known: [], takesCreditType: true },
};
