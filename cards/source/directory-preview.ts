import { card, choose, expiryLine, header, refresh, subtitleLine, text } from './fragments.ts';

export const template = card({
  refresh: refresh(),
  body: [
    ...header(),
    subtitleLine(),
    text('What Microsoft Graph exports', { weight: 'Bolder', spacing: 'Medium' }),
    text('${exports}', { spacing: 'None' }),
    text('Not in it', { weight: 'Bolder', spacing: 'Medium' }),
    text('${leavesOut}', { spacing: 'None' }),
    text('Where it goes', { weight: 'Bolder', spacing: 'Medium' }),
    text('${delivery}', { spacing: 'None' }),
    text('How long, and how to stop', { weight: 'Bolder', spacing: 'Medium' }),
    text('${duration}', { spacing: 'None' }),
    expiryLine(),
  ],
  actions: [choose('Start the export', 'export-directory-data', { style: 'positive' }), choose('Cancel', 'cancel')],
});
