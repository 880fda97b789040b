import {
  card,
  chooseHold,
  expiryLine,
  group,
  header,
  input,
  paragraph,
  run,
  runsOf,
  smallText,
  text,
} from './fragments.ts';

export const template = card({
  body: [
    ...header(),
    paragraph([runsOf('what')], { $when: '${isShown}', spacing: 'Small' }),
    text('${byName}', { $when: '${isByName}', weight: 'Bolder' }),
    text('${when}', { $when: '${isShown}' }),
    paragraph([runsOf('unread', { weight: 'Bolder' })], { $when: '${hasUnread}' }),
    paragraph([run('${label}', { weight: 'Bolder' }), runsOf('words')], { $data: '${facts}', spacing: 'Small' }),
    group(
      [
        text('${limitsTitle}', { weight: 'Bolder' }),
        paragraph([runsOf('words')], { $data: '${limits}', spacing: 'Small' }),
      ],
      { $when: '${hasLimits}', spacing: 'Medium' },
    ),
    smallText('${told}', { $when: '${hasTold}', spacing: 'Medium' }),
    group(
      [
        input('reference', 'Which matter or case is it for? (needed)', 120, { value: '${reference}' }),
        input('reason', 'Why is it needed? (needed)', 500, { isMultiline: true, value: '${reason}' }),
      ],
      { $when: '${isIncomplete}', spacing: 'Medium' },
    ),
    group([paragraph([runsOf('problem')])], { $when: '${hasProblem}', style: 'warning', spacing: 'Medium' }),
    paragraph([runsOf('note', { weight: 'Bolder' })], { $when: '${hasNote}', spacing: 'Medium' }),
    group([expiryLine()], { $when: '${isProposed}' }),
    smallText('${review}', { $when: '${isPlaced}', spacing: 'Medium' }),
  ],
  actions: [
    {
      type: 'Action.Execute',
      title: 'Check it once more',
      verb: 'hold',
      data: { draft: '${draft}' },
      style: 'positive',
      $when: '${isIncomplete}',
    },
    chooseHold('Place the hold', 'place', { style: 'positive', $when: '${isProposed}' }),
    chooseHold('Do not place it', 'decline', { $when: '${isProposed}' }),
    chooseHold('Lift it …', 'lift', { $when: '${isPlaced}' }),
  ],
});
