import { card, choose, header, paragraph, refresh, runsOf, text } from './fragments.ts';

export const template = card({
  refresh: refresh(),
  body: [
    ...header(),
    paragraph([runsOf('subject', { weight: 'Bolder' })], { spacing: 'None' }),
    paragraph([runsOf('sentence')]),
    text('${when}', { weight: 'Bolder', spacing: 'Small' }),
    paragraph([runsOf('stopping')], { spacing: 'Small' }),
  ],
  actions: [choose('Stop it', 'cancel')],
});
