import { buttons, card, paragraph, runsOf, text, titleLine } from './fragments.ts';

export const template = card({
  body: [
    titleLine(),
    paragraph([runsOf('promise')]),
    paragraph([runsOf('note')], { $when: '${hasNote}', spacing: 'Small' }),
    text('Try one of these, or say it in your own words:', { isSubtle: true, spacing: 'Medium' }),
    buttons([
      { $data: '${examples}', type: 'Action.Execute', title: '${title}', verb: 'say', data: { text: '${text}' } },
    ]),
  ],
});
