import { card, group, paragraph, runsOf, subtitleLine, text } from './fragments.ts';

export const template = card({
  body: [
    text('What I can do for you', { size: 'Large', weight: 'Bolder', style: 'heading' }),
    subtitleLine('role', { $when: '${hasStanding}' }),
    group(
      [
        text('${title}', { weight: 'Bolder' }),
        {
          $data: '${items}',
          type: 'ColumnSet',
          spacing: 'Small',
          selectAction: { type: 'Action.Execute', title: 'Say it', verb: 'say', data: { text: '${text}' } },
          columns: [
            { type: 'Column', width: 2, items: [paragraph([runsOf('says', { color: 'Accent' })])] },
            { type: 'Column', width: 3, items: [text('${meaning}', { isSubtle: true })] },
          ],
        },
      ],
      { $data: '${sections}', spacing: 'Medium' },
    ),
    text('Nothing is exported or deleted before you have seen a preview and confirmed it.', {
      spacing: 'Medium',
      separator: true,
    }),
  ],
});
