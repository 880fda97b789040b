import {
  card,
  chooseHold,
  chooseLift,
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
    paragraph([run('${label}', { weight: 'Bolder' }), runsOf('words')], { $data: '${facts}', spacing: 'Small' }),
    paragraph([runsOf('what')], { $when: '${isOpen}', spacing: 'Medium' }),
    paragraph([runsOf('when', { weight: 'Bolder' })], { $when: '${hasWhen}' }),
    smallText('${removed}', { $when: '${isOpen}' }),
    group([input('reason', 'Why is it lifted? (needed)', 500, { isMultiline: true, value: '${reason}' })], {
      $when: '${isIncomplete}',
      spacing: 'Medium',
    }),
    group([paragraph([runsOf('problem')])], { $when: '${hasProblem}', style: 'warning', spacing: 'Medium' }),
    text('${note}', { $when: '${hasNote}', weight: 'Bolder', spacing: 'Medium' }),
    group([expiryLine()], { $when: '${isWaiting}' }),
  ],
  actions: [
    chooseHold('Continue', 'lift', { $when: '${isIncomplete}' }),
    chooseLift('Lift the hold', 'confirm', { style: 'positive', $when: '${isWaiting}' }),
    chooseLift('Keep the hold', 'decline', { $when: '${isWaiting}' }),
  ],
});
