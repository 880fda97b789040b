import { card, paragraph, run, runsOf, smallText, text } from './fragments.ts';

export const template = card({
  body: [
    text('${heading}', { size: 'Large', weight: 'Bolder', style: 'heading' }),
    {
      $data: '${requests}',
      type: 'ColumnSet',
      selectAction: { type: 'Action.Execute', title: 'Open ${id}', verb: 'say', data: { text: 'status of ${id}' } },
      separator: true,
      spacing: 'Small',
      columns: [
        { type: 'Column', width: '20px', items: [text('${icon}', { color: '${colour}', weight: 'Bolder' })] },
        {
          type: 'Column',
          width: 'stretch',
          items: [
            paragraph([run('${id}  ', { weight: 'Bolder', color: 'Accent' }), runsOf('what')]),
            smallText('${state}', { spacing: 'None' }),
          ],
        },
      ],
    },
    text('${more}', { $when: '${hasMore}', isSubtle: true }),
    text('${empty}', { $when: '${isEmpty}' }),
  ],
});
