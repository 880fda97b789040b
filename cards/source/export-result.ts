import {
  archiveParts,
  card,
  choose,
  group,
  header,
  pageTurner,
  paragraph,
  refreshPages,
  run,
  runsOf,
  scheduleLine,
  text,
} from './fragments.ts';

export const template = card({
  refresh: refreshPages(),
  body: [
    ...header(),
    paragraph([runsOf('sentence')], { spacing: 'None' }),
    text('${revoked}', { $when: '${hasRevoked}', spacing: 'Small' }),
    archiveParts(),
    pageTurner('partsTurn'),
    paragraph([run('${linkWord} until '), run('${linkUntil}', { weight: 'Bolder' }), run('. ${linkAgain}')], {
      spacing: 'Medium',
    }),
    group(
      [
        text('${exceptionsTitle}', { weight: 'Bolder' }),
        paragraph([runsOf('name', { weight: 'Bolder' }), runsOf('note')], { $data: '${exceptions}', spacing: 'Small' }),
        pageTurner('exceptionsTurn'),
      ],
      { $when: '${hasExceptions}', style: 'warning', spacing: 'Medium' },
    ),
    scheduleLine(),
    text('${retried}', { $when: '${isRetried}', spacing: 'Medium' }),
    group([text('${sums}', { size: 'Small', fontType: 'Monospace' })], { id: 'sums', isVisible: false }),
  ],
  actions: [
    choose('Retry what failed', 'retry', { $when: '${canRetry}' }),
    { type: 'Action.ToggleVisibility', title: 'Show full SHA-256', targetElements: ['sums'] },
    { type: 'Action.Execute', title: 'Get a new link', verb: 'say', data: { text: '${renewText}' } },
  ],
});
