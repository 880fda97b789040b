import { buttons, card, group, paragraph, runsOf, text } from './fragments.ts';

export const template = card({
  body: [
    paragraph([runsOf('title', { size: 'Medium', weight: 'Bolder' })]),
    group(
      [
        text('${label}', { $when: '${hasLabel}', weight: 'Bolder', size: 'Small' }),
        paragraph([runsOf('text')], { $when: '${isParagraph}', spacing: 'None' }),
        {
          $when: '${isItem}',
          type: 'ColumnSet',
          spacing: 'None',
          columns: [
            { type: 'Column', width: 'auto', items: [text('•')] },
            { type: 'Column', width: 'stretch', items: [paragraph([runsOf('text')])] },
          ],
        },
      ],
      { $data: '${passages}', spacing: '${spacing}' },
    ),
    paragraph([runsOf('source', { size: 'Small', isSubtle: true })], { $when: '${hasSource}', spacing: 'Medium' }),
    buttons(
      [{ $data: '${buttons}', type: 'Action.Execute', title: '${title}', verb: 'say', data: { text: '${text}' } }],
      { spacing: 'Medium' },
    ),
    text('${questionsLabel}', {
      $when: '${hasQuestions}',
      spacing: 'Medium',
      separator: true,
      weight: 'Bolder',
      size: 'Small',
    }),
    {
      $data: '${questions}',
      type: 'ColumnSet',
      spacing: 'Small',
      selectAction: { type: 'Action.Execute', title: '${title}', verb: 'say', data: { text: '${text}' } },
      columns: [{ type: 'Column', width: 'stretch', items: [paragraph([runsOf('says', { color: 'Accent' })])] }],
    },
  ],
});
