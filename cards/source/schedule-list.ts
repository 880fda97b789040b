import { buttons, card, chooseSchedule, group, paragraph, runsOf, smallText, text } from './fragments.ts';

export const template = card({
  body: [
    text('${heading}', { size: 'Large', weight: 'Bolder', style: 'heading' }),
    text('${note}', { $when: '${hasNote}' }),
    group(
      [
        paragraph([runsOf('title', { weight: 'Bolder' })]),
        text('${next}', { spacing: 'None' }),
        smallText('${last}', { spacing: 'None' }),
        buttons([chooseSchedule('Stop', 'stop-in-list', { tooltip: '${tooltip}' })], { spacing: 'Small' }),
      ],
      { $data: '${schedules}', separator: true, spacing: 'Small' },
    ),
    text('${empty}', { $when: '${isEmpty}' }),
  ],
});
