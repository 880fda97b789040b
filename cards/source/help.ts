import { buttons, card, group, paragraph, run, runsOf, subtitleLine, text } from './fragments.ts';

const say = { type: 'Action.Execute', verb: 'say', data: { text: '${text}' } };

export const template = card({
  body: [
    text('What I can do for you', { size: 'Large', weight: 'Bolder', style: 'heading' }),
    subtitleLine('role', { $when: '${hasRole}' }),
    // Not beside its button: Teams on phones draws no button in a column.
    group(
      [
        paragraph([runsOf('lead', { weight: 'Bolder' }), run('${meaning}')]),
        buttons([{ ...say, title: '${button}', tooltip: '${tooltip}' }], { spacing: 'Small' }),
      ],
      { $data: '${lines}', spacing: 'Small', separator: true },
    ),
    group(
      [
        paragraph([runsOf('more', { isSubtle: true })]),
        buttons([{ ...say, title: 'Show everything', data: { text: '${moreText}' } }], { spacing: 'Small' }),
      ],
      { $when: '${hasMore}', spacing: 'Small', separator: true },
    ),
    group(
      [
        text('${title}', { weight: 'Bolder' }),
        {
          $data: '${items}',
          type: 'ColumnSet',
          spacing: 'Small',
          selectAction: { ...say, title: '${tooltip}' },
          columns: [
            { type: 'Column', width: 2, items: [paragraph([runsOf('says', { color: 'Accent' })])] },
            { type: 'Column', width: 3, items: [text('${meaning}', { isSubtle: true })] },
          ],
        },
      ],
      { $data: '${sections}', spacing: 'Medium' },
    ),
    text('${note}', { $when: '${hasNote}', isSubtle: true, spacing: 'Medium' }),
    text('Nothing is exported or deleted before you have seen a preview and confirmed it.', {
      spacing: 'Medium',
      separator: true,
    }),
  ],
});
