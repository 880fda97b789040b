import { card, chooseSchedule, group, header, paragraph, runsOf, smallText, text } from './fragments.ts';

const heading = (words: string) => text(words, { weight: 'Bolder', spacing: 'Medium' });

export const template = card({
  body: [
    ...header(),
    heading('What'),
    paragraph([runsOf('what')], { spacing: 'None' }),
    group(
      [
        text('Next runs', { weight: 'Bolder' }),
        text('${date}', { $data: '${dates}', spacing: 'None' }),
        text('${zone}', { isSubtle: true, spacing: 'None' }),
        heading('How long it is kept'),
        text('${kept}', { spacing: 'None' }),
        heading('Who is told'),
        text('${told}', { spacing: 'None' }),
        smallText('${rules}', { spacing: 'Medium' }),
      ],
      { $when: '${hasDates}', spacing: 'Medium' },
    ),
    paragraph([runsOf('note', { weight: 'Bolder' })], { spacing: 'Medium' }),
    smallText('${expiry}', { $when: '${hasExpiry}' }),
  ],
  actions: [
    chooseSchedule('Schedule it', 'confirm', { style: 'positive', $when: '${isWaiting}' }),
    chooseSchedule('Do not schedule', 'decline', { $when: '${isWaiting}' }),
    chooseSchedule('Stop', 'stop', { $when: '${isActive}' }),
  ],
});
