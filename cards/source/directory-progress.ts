import { card, choose, header, paragraph, refresh, runsOf, smallText, text } from './fragments.ts';

export const template = card({
  refresh: refresh(),
  body: [
    ...header(),
    text('${state}', { spacing: 'Medium' }),
    paragraph([runsOf('note', { color: 'Attention' })], { $when: '${hasNote}', spacing: 'Small' }),
    smallText('${access}'),
    smallText('${stopNote}', { spacing: 'None' }),
  ],
  actions: [choose('Stop following', 'cancel', { $when: '${canStop}' })],
});
