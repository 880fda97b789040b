import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import type { Samples } from '../sample-parts.ts';

/** What all of them have in common. */
const shared = {
  request: 'DSR-1042',
  refreshFor: ['29:user-megan'],
  action: 'export',
  what: 'everything',
  workspaceName: 'Fraud Detection',
  parts: 3,
  files: 214,
  sizeBytes: 2254857830,
  linksSince: '2026-11-24T21:41:00Z',
  linkExpiresAt: '2026-11-25T21:41:00Z',
  expired: false,
  removeAfter: '2026-12-01T21:41:00Z',
  trouble: null,
} satisfies Partial<CardData<'revoke-link'>>;

const usual = { ...shared, version: 6, stage: 'asking' } satisfies CardData<'revoke-link'>;

const deleting = { ...shared, version: 7, stage: 'deleting' } satisfies CardData<'revoke-link'>;

export const revokeLink = {
  usual,
  deleting,
  directory: {
    ...usual,
    action: 'export-directory-data',
    what: 'jane@contoso.com',
    workspaceName: '',
    parts: 0,
    files: 7,
    sizeBytes: 90112,
  },
  expired: { ...usual, parts: 1, files: 12, sizeBytes: 44040192, expired: true },
  'only-copy': {
    ...usual,
    action: 'export-then-delete',
    what: '3 datasets',
    parts: 1,
    files: 5,
    sizeBytes: 44040192,
    linksSince: null,
  },
  removing: { ...deleting, stage: 'removing' },
  replacing: { ...deleting, stage: 'replacing' },
  trouble: {
    ...deleting,
    trouble:
      'Storage did not allow removing a file of the archive. An administrator has to check the bot’s role on the ' +
      'storage account.',
  },
} satisfies Samples<'revoke-link'>;
