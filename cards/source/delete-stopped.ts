import {
  archiveParts,
  card,
  group,
  header,
  pageTurner,
  paragraph,
  refreshPages,
  run,
  runsOf,
  smallText,
  text,
} from './fragments.ts';

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
    group(
      [
        text('${archiveTitle}', { weight: 'Bolder' }),
        archiveParts(),
        pageTurner('partsTurn'),
        smallText('${archiveNote}'),
      ],
      { $when: '${hasArchive}', spacing: 'Medium', separator: true },
    ),
  ],
});
