import { archiveGroup, buttons, card, choose, header, paragraph, refreshPages, runsOf, text } from './fragments.ts';

export const template = card({
  refresh: refreshPages(),
  body: [
    ...header(),
    paragraph([runsOf('why')], { spacing: 'Small' }),
    paragraph([runsOf('words')], { $data: '${steps}', spacing: 'Small' }),
    buttons([{ $data: '${open}', type: 'Action.OpenUrl', title: '${title}', url: '${url}' }], { spacing: 'Medium' }),
    text('${watch}', { spacing: 'Medium' }),
    archiveGroup(),
  ],
  actions: [choose('Cancel', 'cancel', { $when: '${canStop}' })],
});
