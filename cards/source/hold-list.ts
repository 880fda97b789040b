import { buttons, card, chooseHold, group, paragraph, runsOf, smallText, text } from './fragments.ts';

export const template = card({
  body: [
    text('${heading}', { size: 'Large', weight: 'Bolder', style: 'heading' }),
    paragraph([runsOf('note')], { $when: '${hasNote}' }),
    group(
      [
        paragraph([runsOf('title', { weight: 'Bolder' })]),
        paragraph([runsOf('facts')], { spacing: 'None' }),
        smallText('${when}', { spacing: 'None' }),
        smallText('${review}', { spacing: 'None' }),
        buttons(
          [chooseHold('Show', 'show', { tooltip: '${open}' }), chooseHold('Lift …', 'lift', { tooltip: '${lift}' })],
          { spacing: 'Small' },
        ),
      ],
      { $data: '${holds}', separator: true, spacing: 'Small' },
    ),
    text('${more}', { $when: '${hasMore}' }),
  ],
});
