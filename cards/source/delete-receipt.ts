import {
  archiveGroup,
  buttons,
  card,
  checkedLine,
  choose,
  group,
  header,
  pageTurner,
  paragraph,
  refreshPages,
  runsOf,
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
    checkedLine(),
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
    paragraph([runsOf('reasonGiven')], { $when: '${hasReason}', spacing: 'None' }),
    text('${finished}', { spacing: 'None' }),
    archiveGroup(),
  ],
  actions: [choose('Retry what failed', 'retry', { $when: '${canRetry}' })],
});
