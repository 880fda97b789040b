import {
  card,
  choose,
  group,
  header,
  input,
  pageTurner,
  paragraph,
  refreshPages,
  runsOf,
  smallText,
  subtitleLine,
  text,
  totalsTable,
} from './fragments.ts';

export const template = card({
  refresh: refreshPages(),
  body: [
    ...header(),
    subtitleLine(),
    totalsTable(),
    paragraph([runsOf('name', { weight: 'Bolder' }), runsOf('detail', { isSubtle: true }), runsOf('uses')], {
      $data: '${assets}',
      spacing: 'Small',
    }),
    pageTurner('assetsTurn'),
    group([text('${consequence}', { weight: 'Bolder' })], { style: '${style}', spacing: 'Medium' }),
    paragraph([runsOf('reason')], { spacing: 'Medium' }),
    paragraph([runsOf('reasonGiven')], { $when: '${hasReason}', spacing: 'Small' }),
    paragraph([runsOf('voted', { weight: 'Bolder' })], { $when: '${hasVoted}', spacing: 'Small' }),
    paragraph([runsOf('decidesFor', { weight: 'Bolder' })], { $when: '${isDeputy}' }),
    smallText('${expiry}'),
    input('comment', '${commentLabel}', 500, { $when: '${decides}', isMultiline: true }),
  ],
  actions: [
    choose('${approveTitle}', 'approve', { $when: '${decides}', style: '${approveStyle}' }),
    choose('Reject', 'reject', { $when: '${decides}' }),
    choose('Withdraw', 'cancel', { $when: '${withdraws}' }),
  ],
});
