import {
  buttons,
  card,
  choose,
  group,
  header,
  pageTurner,
  paragraph,
  refreshPages,
  run,
  runsOf,
  smallText,
} from './fragments.ts';

export const template = card({
  refresh: refreshPages(),
  body: [
    ...header(),
    paragraph([runsOf('sentence')], { spacing: 'None' }),
    group([paragraph([runsOf('note')])], { $when: '${hasNote}', style: 'warning', spacing: 'Medium' }),
    group(
      [
        paragraph([runsOf('label', { weight: 'Bolder' }), run('${detail}', { isSubtle: true })]),
        buttons([{ type: 'Action.OpenUrl', title: 'Download', url: '${url}' }], {
          spacing: 'Small',
          $when: '${hasLink}',
        }),
      ],
      { $data: '${files}', separator: true, spacing: 'Small' },
    ),
    pageTurner('filesTurn'),
    paragraph([run('${linkWord} until '), run('${linkUntil}', { weight: 'Bolder' }), run('. ${linkAgain}')], {
      $when: '${hasLinks}',
      spacing: 'Medium',
    }),
    smallText('${removal}', { spacing: 'Small' }),
  ],
  actions: [
    choose('Look for files', 'search-for-files', { $when: '${canSearch}' }),
    {
      $when: '${hasLinks}',
      type: 'Action.Execute',
      title: 'Get new links',
      verb: 'say',
      data: { text: '${renewText}' },
    },
  ],
});
