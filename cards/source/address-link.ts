import { card, chooseAddress, expiryLine, group, header, paragraph, runsOf, smallText, text } from './fragments.ts';

export const template = card({
  body: [
    ...header(),
    paragraph([runsOf('what')], { spacing: 'Small' }),
    group(
      [
        text('${rightsTitle}', { weight: 'Bolder' }),
        paragraph([runsOf('text')], { $data: '${rights}', spacing: 'Small' }),
      ],
      { $when: '${isWaiting}', spacing: 'Medium' },
    ),
    paragraph([runsOf('loss', { weight: 'Bolder' })], { $when: '${hasLoss}', spacing: 'Medium' }),
    smallText('${rules}', { $when: '${isWaiting}', spacing: 'Medium' }),
    paragraph([runsOf('note', { weight: 'Bolder' })], { $when: '${hasNote}', spacing: 'Medium' }),
    group([expiryLine()], { $when: '${isWaiting}' }),
  ],
  actions: [
    chooseAddress('${confirm}', 'confirm', { style: 'positive', $when: '${isWaiting}' }),
    chooseAddress('Change nothing', 'decline', { $when: '${isWaiting}' }),
  ],
});
