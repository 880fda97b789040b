import { buttons, card, paragraph, runsOf, text } from './fragments.ts';

export const template = card({
  body: [
    {
      type: 'ColumnSet',
      columns: [
        {
          type: 'Column',
          width: 'auto',
          items: [text('${icon}', { size: 'Large', color: '${colour}', weight: 'Bolder' })],
        },
        {
          type: 'Column',
          width: 'stretch',
          items: [
            paragraph([runsOf('title', { weight: 'Bolder' })], { $when: '${hasTitle}' }),
            paragraph([runsOf('sentence')]),
            paragraph([runsOf('next', { isSubtle: true })], { $when: '${hasNext}', spacing: 'Small' }),
          ],
        },
      ],
    },
    buttons(
      [{ $data: '${examples}', type: 'Action.Execute', title: '${title}', verb: 'say', data: { text: '${text}' } }],
      { $when: '${hasExamples}', spacing: 'Medium' },
    ),
  ],
});
