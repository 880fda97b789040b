import { card, choose, expiryLine, header, optionRow, paragraph, refresh, runsOf } from './fragments.ts';

export const template = card({
  refresh: refresh(),
  body: [...header(), paragraph([runsOf('sentence')], { spacing: 'Small' }), optionRow(), expiryLine()],
  actions: [choose('Cancel', 'cancel')],
});
