import { buttons, card, group, paragraph, runsOf, text } from './fragments.ts';

export const template = card({
  body: [
    text('${title}', { size: 'Large', weight: 'Bolder', style: 'heading' }),
    group(
      [
        paragraph([runsOf('heading', { weight: 'Bolder' })]),
        paragraph([runsOf('words'), runsOf('detail', { isSubtle: true })], { $data: '${lines}', spacing: 'None' }),
        text('${more}', { $when: '${hasMore}', isSubtle: true, spacing: 'None' }),
        paragraph([runsOf('note')], { $when: '${hasNote}', spacing: 'None' }),
      ],
      { $data: '${workspaces}', separator: true, spacing: 'Small' },
    ),
    buttons([{ $data: '${links}', type: 'Action.OpenUrl', title: '${title}', url: '${url}' }], {
      $when: '${hasLinks}',
      spacing: 'Medium',
    }),
    buttons(
      [{ $data: '${examples}', type: 'Action.Execute', title: '${title}', verb: 'say', data: { text: '${text}' } }],
      { $when: '${hasExamples}', spacing: 'Medium' },
    ),
  ],
});
