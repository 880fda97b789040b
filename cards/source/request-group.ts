import { card, choose, paragraph, run, runsOf, smallText, subtitleLine, text, titleLine } from './fragments.ts';

export const template = card({
  refresh: { action: choose('Refresh', 'group'), userIds: '${refreshFor}' },
  body: [
    titleLine(),
    subtitleLine('sentence'),
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
    text('${sum}', { separator: true, spacing: 'Medium' }),
  ],
  actions: [choose('Update', 'group', { tooltip: 'Show how far each of them is now' })],
});
