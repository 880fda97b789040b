import { buttons, card, paragraph, run, runsOf, smallText, subtitleLine } from './fragments.ts';

export const template = card({
  body: [
    paragraph([runsOf('heading', { size: 'Large', weight: 'Bolder' })]),
    subtitleLine('sentence'),
    {
      $data: '${rows}',
      type: 'ColumnSet',
      selectAction: {
        type: 'Action.Execute',
        title: 'Record of ${id}',
        verb: 'say',
        data: { text: 'show the record of ${id}' },
      },
      separator: true,
      spacing: 'Small',
      columns: [
        {
          type: 'Column',
          width: 'stretch',
          items: [
            paragraph([run('${id}  ', { weight: 'Bolder', color: 'Accent' }), runsOf('what')]),
            smallText('${when}', { spacing: 'None' }),
          ],
        },
      ],
    },
    buttons(
      [{ $data: '${examples}', type: 'Action.Execute', title: '${title}', verb: 'say', data: { text: '${text}' } }],
      { $when: '${hasExamples}' },
    ),
  ],
});
