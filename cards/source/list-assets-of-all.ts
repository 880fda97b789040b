import { buttons, card, group, paragraph, runsOf, subtitleLine, text, titleLine } from './fragments.ts';

export const template = card({
  body: [
    titleLine(),
    subtitleLine('sentence'),
    group(
      [
        paragraph([runsOf('name', { weight: 'Bolder' }), runsOf('count', { isSubtle: true })]),
        paragraph([runsOf('name'), runsOf('detail', { isSubtle: true })], { $data: '${assets}', spacing: 'Small' }),
        buttons(
          [
            {
              type: 'Action.Execute',
              title: '${all}',
              tooltip: '${tooltip}',
              verb: 'list',
              data: '${data}',
            },
          ],
          { $when: '${hasMore}', spacing: 'Small' },
        ),
      ],
      { $data: '${lists}', separator: true, spacing: 'Medium' },
    ),
    text('${more}', { $when: '${hasMore}', isSubtle: true }),
  ],
});
