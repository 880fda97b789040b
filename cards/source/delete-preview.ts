import {
  card,
  changedNotice,
  choose,
  expiryLine,
  group,
  header,
  pageTurner,
  paragraph,
  reasonField,
  refreshPages,
  runsOf,
  subtitleLine,
  text,
} from './fragments.ts';

export const template = card({
  refresh: refreshPages(),
  body: [
    ...header(),
    subtitleLine(),
    changedNotice('It changed after you confirmed, so nothing was done. Please check the changes and confirm again.'),
    paragraph([runsOf('name', { weight: 'Bolder' }), runsOf('detail', { isSubtle: true }), runsOf('uses')], {
      $data: '${assets}',
      spacing: 'Small',
    }),
    pageTurner('assetsTurn'),
    group(
      [
        text('This cannot be undone.', { weight: 'Bolder' }),
        text('${consequence}', { spacing: 'None' }),
        text('It is exported first, as you asked. What cannot be exported completely is kept.', {
          $when: '${exportsFirst}',
          spacing: 'Small',
        }),
        text('${dependantsNote}', { $when: '${hasDependants}', spacing: 'Small' }),
        text('${approvers}', { $when: '${needsApproval}', spacing: 'Small' }),
      ],
      { style: 'attention', spacing: 'Medium' },
    ),
    expiryLine(),
    ...reasonField(),
  ],
  actions: [
    choose('${deleteTitle}', 'delete', { style: 'destructive', $when: '${!exportsFirst}' }),
    choose('Export first, then delete', 'export-then-delete', { style: 'positive' }),
    choose('Cancel', 'cancel'),
  ],
});
