import { buttons, card, group, paragraph, runsOf, text } from './fragments.ts';

export const template = card({
  body: [
    text('${heading}', { size: 'Large', weight: 'Bolder', style: 'heading' }),
    group(
      [
        paragraph([runsOf('name', { weight: 'Bolder' }), runsOf('what', { isSubtle: true })]),
        {
          type: 'FactSet',
          facts: [{ $data: '${facts}', title: '${title}', value: '${value}' }],
          spacing: 'Small',
        },
        paragraph([runsOf('uses')], { spacing: 'Small' }),
        buttons(
          [
            {
              type: 'Action.Execute',
              title: 'Export',
              verb: 'say',
              data: { text: '${exportText}' },
              tooltip: 'Preview an export of it',
              $when: '${canAsk}',
            },
            {
              type: 'Action.Execute',
              title: 'Delete',
              verb: 'say',
              data: { text: '${deleteText}' },
              tooltip: 'Preview a deletion of it',
              $when: '${canAsk}',
            },
          ],
          { spacing: 'Small' },
        ),
      ],
      { $data: '${assets}', separator: true, spacing: 'Medium' },
    ),
    text('${more}', { $when: '${hasMore}', isSubtle: true }),
    paragraph([runsOf('missing')], { $when: '${hasMissing}' }),
  ],
});
