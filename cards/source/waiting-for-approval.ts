import { card, choose, header, paragraph, refresh, runsOf, smallText } from './fragments.ts';

export const template = card({
  refresh: refresh(),
  body: [
    ...header(),
    paragraph([runsOf('subject', { weight: 'Bolder' })], { spacing: 'None' }),
    paragraph([runsOf('sentence')]),
    paragraph([runsOf('reasonGiven')], { $when: '${hasReason}', spacing: 'Small' }),
    smallText('${expiry}'),
  ],
  actions: [choose('Withdraw', 'cancel')],
});
