import { archiveGroup, card, header, pageTurner, paragraph, refreshPages, run, runsOf, text } from './fragments.ts';

export const template = card({
  refresh: refreshPages(),
  body: [
    ...header(),
    paragraph([runsOf('by'), run(', ${finished}')], { spacing: 'None' }),
    text('${deletedTitle}', { $when: '${hasDeleted}', weight: 'Bolder', spacing: 'Medium' }),
    paragraph([runsOf('name', { weight: 'Bolder' }), runsOf('detail', { isSubtle: true })], {
      $data: '${deleted}',
      spacing: 'Small',
    }),
    pageTurner('assetsTurn'),
    text('${rest}', { spacing: 'Medium' }),
    archiveGroup(),
  ],
});
