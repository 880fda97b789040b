import { buttons, card, group, paragraph, refresh, runsOf, scheduleLine, smallText, text } from './fragments.ts';

export const template = card({
  refresh: refresh(),
  body: [
    smallText('${eyebrow}'),
    {
      type: 'ColumnSet',
      columns: [
        {
          type: 'Column',
          width: 'auto',
          items: [text('${icon}', { color: '${colour}', weight: 'Bolder', size: 'Large' })],
        },
        {
          type: 'Column',
          width: 'stretch',
          items: [
            paragraph([runsOf('title', { weight: 'Bolder' })]),
            paragraph([runsOf('sentence')], { spacing: 'None' }),
          ],
        },
      ],
    },
    scheduleLine(),
    group(
      [
        smallText('${againTitle}'),
        buttons(
          [{ $data: '${again}', type: 'Action.Execute', title: '${title}', verb: 'say', data: { text: '${text}' } }],
          { spacing: 'Small' },
        ),
      ],
      { $when: '${canRepeat}', spacing: 'Medium' },
    ),
  ],
});
