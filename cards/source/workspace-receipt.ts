import {
  archiveParts,
  card,
  group,
  header,
  pageTurner,
  paragraph,
  refreshPages,
  runsOf,
  smallText,
  text,
} from './fragments.ts';

export const template = card({
  refresh: refreshPages(),
  body: [
    ...header(),
    {
      type: 'ColumnSet',
      $when: '${isChecked}',
      spacing: 'Medium',
      columns: [
        { type: 'Column', width: 'auto', items: [text('✔', { color: 'Good', weight: 'Bolder' })] },
        { type: 'Column', width: 'stretch', items: [text('${check}')] },
      ],
    },
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
    text('${finished}', { spacing: 'None' }),
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
