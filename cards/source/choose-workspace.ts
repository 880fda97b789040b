import { card, choose, expiryLine, header, optionRow, paragraph, refresh, runsOf, text } from './fragments.ts';

export const template = card({
  refresh: refresh(),
  body: [
    ...header(),
    paragraph([runsOf('sentence')], { spacing: 'Small' }),
    optionRow(),
    text('${more}', { $when: '${hasMore}', isSubtle: true, spacing: 'Medium' }),
    expiryLine(),
  ],
  actions: [choose('Cancel', 'cancel')],
});
