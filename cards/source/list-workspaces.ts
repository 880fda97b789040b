import { buttons, card, group, paragraph, runsOf, text } from './fragments.ts';

export const template = card({
  body: [
    text('${heading}', { size: 'Large', weight: 'Bolder', style: 'heading' }),
    group(
      [
        paragraph([runsOf('name', { weight: 'Bolder' })]),
        text('${detail}', { isSubtle: true, spacing: 'None' }),
        text('${expiry}', { $when: '${isExpiring}', weight: 'Bolder', spacing: 'None' }),
        buttons(
          [
            {
              type: 'Action.Execute',
              title: 'List',
              verb: 'say',
              data: { text: '${listText}' },
              tooltip: 'List what is in it',
            },
            {
              type: 'Action.Execute',
              title: 'Export',
              verb: 'say',
              data: { text: '${exportText}' },
              tooltip: 'Preview an export',
            },
          ],
          { spacing: 'Small' },
        ),
      ],
      { $data: '${workspaces}', separator: true, spacing: 'Small' },
    ),
    text('${more}', { $when: '${hasMore}', isSubtle: true }),
    paragraph([runsOf('unseen')], { $when: '${hasUnseen}' }),
    text('${empty}', { $when: '${isEmpty}' }),
  ],
});
