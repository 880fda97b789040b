import {
  archiveParts,
  buttons,
  card,
  choose,
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
    paragraph([runsOf('name', { weight: 'Bolder' }), runsOf('detail', { isSubtle: true })], {
      $data: '${deleted}',
      spacing: 'Small',
    }),
    pageTurner('assetsTurn'),
    {
      type: 'ColumnSet',
      $when: '${isChecked}',
      spacing: 'Medium',
      columns: [
        { type: 'Column', width: 'auto', items: [text('✔', { color: 'Good', weight: 'Bolder' })] },
        { type: 'Column', width: 'stretch', items: [text('${check}')] },
      ],
    },
    text('${check}', { $when: '${isUnchecked}', weight: 'Bolder', spacing: 'Medium' }),
    group(
      [
        text('${keptTitle}', { weight: 'Bolder' }),
        paragraph([runsOf('name', { weight: 'Bolder' }), runsOf('note')], { $data: '${kept}', spacing: 'Small' }),
        buttons([{ $data: '${byHand}', type: 'Action.OpenUrl', title: '${title}', url: '${url}' }], {
          spacing: 'Small',
        }),
        pageTurner('exceptionsTurn'),
      ],
      { $when: '${hasKept}', style: 'warning', spacing: 'Medium' },
    ),
    text('${retried}', { $when: '${isRetried}', spacing: 'Medium' }),
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
  actions: [choose('Retry what failed', 'retry', { $when: '${canRetry}' })],
});
