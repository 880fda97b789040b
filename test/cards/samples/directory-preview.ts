import type { Samples } from '../sample-parts.ts';

export const directoryPreview = {
  usual: {
    request: 'DSR-1042',
    version: 2,
    refreshFor: ['29:user-megan'],
    personName: 'Alex Wilber',
    personAddress: 'alexw@example.com',
    linkHours: 24,
    retentionHours: 168,
    expiresAt: '2026-11-26T21:40:00Z',
  },
} satisfies Samples<'directory-preview'>;
