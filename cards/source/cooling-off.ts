import { card, choose, header, pageTurner, paragraph, refreshPages, runsOf, text, totalsTable } from './fragments.ts';

export const template = card({
  refresh: refreshPages(),
  body: [
    ...header(),
    paragraph([runsOf('subject', { weight: 'Bolder' })], { spacing: 'None' }),
    totalsTable(),
    paragraph([runsOf('name', { weight: 'Bolder' }), runsOf('detail', { isSubtle: true }), runsOf('uses')], {
      $data: '${assets}',
      spacing: 'Small',
    }),
    pageTurner('assetsTurn'),
    paragraph([runsOf('sentence')]),
    paragraph([runsOf('reasonGiven')], { $when: '${hasReason}', spacing: 'Small' }),
    text('${when}', { weight: 'Bolder', spacing: 'Small' }),
    paragraph([runsOf('stopping')], { spacing: 'Small' }),
  ],
  actions: [choose('Stop it', 'cancel')],
});
