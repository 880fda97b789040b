import { card, choose, expiryLine, group, header, optionRow, paragraph, refresh, runsOf, text } from './fragments.ts';

export const template = card({
  refresh: refresh(),
  body: [
    ...header(),
    group([text('It changed after you confirmed, so nothing was done. Please choose below.', { weight: 'Bolder' })], {
      $when: '${changed}',
      style: 'warning',
      spacing: 'Medium',
    }),
    group([paragraph([runsOf('question')]), optionRow()], { $data: '${questions}', spacing: 'Medium' }),
    expiryLine(),
  ],
  actions: [choose('Cancel', 'cancel')],
});
