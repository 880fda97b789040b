import type { Samples } from '../sample-parts.ts';

export const scheduleList = {
  usual: {
    note: null,
    schedules: [
      {
        schedule: 7,
        version: 2,
        workspaceName: 'Fraud Detection',
        what: 'everything',
        rule: 'FREQ=MONTHLY;BYDAY=1MO',
        anchor: '2026-12-07',
        timeZone: 'Europe/Berlin',
        next: '2026-12-07T05:00:00Z',
        run: { request: 'DSR-1042', state: 'succeeded' },
      },
      {
        schedule: 9,
        version: 2,
        workspaceName: 'Churn Lab',
        what: 'the personal data',
        rule: 'FREQ=WEEKLY;INTERVAL=2',
        anchor: '2026-11-24',
        timeZone: 'Europe/Berlin',
        next: '2026-12-08T05:00:00Z',
        run: null,
      },
    ],
  },
  none: { note: null, schedules: [] },
} satisfies Samples<'schedule-list'>;
