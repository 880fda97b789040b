import {
  card,
  changedNotice,
  choose,
  expiryLine,
  group,
  header,
  input,
  paragraph,
  reasonField,
  refresh,
  runsOf,
  subtitleLine,
  text,
  totalsTable,
} from './fragments.ts';

export const template = card({
  refresh: refresh(),
  body: [
    ...header(),
    subtitleLine(),
    changedNotice('It changed after you confirmed, so nothing was done. Please check the changes and confirm again.'),
    totalsTable(),
    group(
      [
        text('This cannot be undone.', { weight: 'Bolder' }),
        text('${consequence}', { spacing: 'None' }),
        text('It is exported first, as you asked. What cannot be exported completely is kept.', {
          $when: '${exportsFirst}',
          spacing: 'Small',
        }),
        text('${approvers}', { $when: '${needsApproval}', spacing: 'Small' }),
      ],
      { style: 'attention', spacing: 'Medium' },
    ),
    group(
      [
        text('Connected to it', { weight: 'Bolder' }),
        paragraph([runsOf('name', { weight: 'Bolder' }), runsOf('detail', { isSubtle: true })], {
          $data: '${tied}',
          spacing: 'Small',
        }),
        text('${moreTied}', { $when: '${hasMoreTied}', isSubtle: true, spacing: 'Small' }),
      ],
      { $when: '${hasTied}', spacing: 'Medium' },
    ),
    text(
      'I cannot look into Azure, so web services and commitment plans there are not listed. They stay, and commitment plans keep costing money.',
      { $when: '${isTiedUnknown}', spacing: 'Medium' },
    ),
    paragraph([runsOf('stays')], { spacing: 'Medium' }),
    text('${how}', { spacing: 'Medium' }),
    expiryLine(),
    ...reasonField(),
    paragraph([runsOf('wholeName')], { $when: '${hasWholeName}', spacing: 'Medium' }),
    input('typed', 'To confirm the deletion, type the name of the workspace', 300, { $when: '${asksForName}' }),
  ],
  actions: [
    choose('${deleteTitle}', 'delete-workspace', { style: 'destructive', $when: '${!exportsFirst}' }),
    choose('Export first, then delete', 'export-then-delete-workspace', { style: 'positive' }),
    choose('Cancel', 'cancel'),
  ],
});
