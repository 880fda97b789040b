import { card, choose, header, paragraph, refresh, runsOf, text } from './fragments.ts';

export const template = card({
  refresh: refresh(),
  body: [
    ...header(),
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
          items: [text('${state}', { weight: 'Bolder' }), paragraph([runsOf('next')], { spacing: 'None' })],
        },
      ],
    },
    text('${outage}', { $when: '${hasOutage}', spacing: 'Small', color: 'Attention' }),
    { type: 'FactSet', facts: [{ $data: '${facts}', title: '${title}', value: '${value}' }] },
  ],
  actions: [choose('${cancelTitle}', 'cancel', { $when: '${canCancel}' })],
});
