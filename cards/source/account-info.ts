import { card, group, paragraph, runsOf, subtitleLine, text, titleLine } from './fragments.ts';

export const template = card({
  body: [
    titleLine(),
    subtitleLine('email'),
    group(
      [
        paragraph([runsOf('name', { weight: 'Bolder' })]),
        text('${detail}', { isSubtle: true, spacing: 'None' }),
        text('${rights}', { spacing: 'Small' }),
        text('${expiry}', { $when: '${isExpiring}', weight: 'Bolder', spacing: 'Small' }),
      ],
      { $data: '${workspaces}', separator: true, spacing: 'Medium' },
    ),
    text('${more}', { $when: '${hasMore}', isSubtle: true }),
    paragraph([runsOf('empty')], { $when: '${isEmpty}' }),
    text('${roles}', { $when: '${hasRoles}', spacing: 'Medium', separator: true }),
    text('You can also approve or reject other people’s requests. Write "approvals" to see them.', {
      $when: '${isApprover}',
      spacing: 'Medium',
    }),
  ],
});
