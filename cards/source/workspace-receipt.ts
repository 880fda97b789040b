import { archiveGroup, card, checkedLine, group, header, paragraph, refreshPages, runsOf, text } from './fragments.ts';

export const template = card({
  refresh: refreshPages(),
  body: [
    ...header(),
    checkedLine(),
    paragraph([runsOf('unchecked', { weight: 'Bolder' })], { $when: '${isUnchecked}', spacing: 'Medium' }),
    text('${went}', { $when: '${isGone}', spacing: 'Medium' }),
    group(
      [
        text('Still in Azure', { weight: 'Bolder' }),
        paragraph([runsOf('name', { weight: 'Bolder' }), runsOf('detail', { isSubtle: true })], {
          $data: '${staying}',
          spacing: 'Small',
        }),
      ],
      { $when: '${hasStaying}', spacing: 'Medium' },
    ),
    paragraph([runsOf('stays')], { spacing: 'Small' }),
    paragraph([runsOf('by')], { spacing: 'Medium' }),
    paragraph([runsOf('reasonGiven')], { $when: '${hasReason}', spacing: 'None' }),
    text('${finished}', { spacing: 'None' }),
    archiveGroup(),
  ],
});
