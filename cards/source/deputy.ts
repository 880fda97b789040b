import { card, chooseDeputy, expiryLine, group, header, paragraph, runsOf, smallText } from './fragments.ts';

export const template = card({
  body: [
    ...header(),
    paragraph([runsOf('time', { weight: 'Bolder' })], { spacing: 'Small' }),
    paragraph([runsOf('what')], { spacing: 'Medium' }),
    paragraph([runsOf('admission')], { $when: '${hasAdmission}', spacing: 'Medium' }),
    smallText('${rules}', { $when: '${hasRules}', spacing: 'Medium' }),
    group([expiryLine()], { $when: '${isWaiting}' }),
  ],
  actions: [
    chooseDeputy('Name this deputy', 'confirm', { style: 'positive', $when: '${isWaiting}' }),
    chooseDeputy('Change nothing', 'decline', { $when: '${isWaiting}' }),
    chooseDeputy('Admit this deputy', 'admit', { style: 'positive', $when: '${admits}' }),
    chooseDeputy('${end}', 'end', { $when: '${ends}' }),
  ],
});
