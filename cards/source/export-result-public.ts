import { card, header, paragraph, refresh, runsOf, text } from './fragments.ts';

export const template = card({
  refresh: refresh(),
  body: [...header(), paragraph([runsOf('sentence')], { spacing: 'Small' }), text('${note}', { isSubtle: true })],
});
