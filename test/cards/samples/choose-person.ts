import type { Samples } from '../sample-parts.ts';

export const choosePerson = {
  usual: {
    request: 'DSR-1042',
    version: 2,
    refreshFor: ['29:user-megan'],
    said: 'Alex',
    options: [
      { id: 'person-1', title: 'Alex Wilber', detail: 'alexw@example.com' },
      { id: 'person-2', title: 'Alex Wilber', detail: 'alex.wilber@contoso.com' },
    ],
    expiresAt: '2026-11-25T21:40:00Z',
  },
} satisfies Samples<'choose-person'>;
