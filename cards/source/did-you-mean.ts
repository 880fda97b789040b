import { buttons, card, group, paragraph, runsOf } from './fragments.ts';

export const template = card({
  body: [
    paragraph([runsOf('title', { weight: 'Bolder' })], { $when: '${isOpen}' }),
    paragraph([runsOf('sentence')], { spacing: 'Small' }),
    group(
      [
        paragraph([runsOf('whole', { isSubtle: true })], { $when: '${isLong}' }),
        buttons(
          [
            {
              type: 'Action.Execute',
              title: '${title}',
              verb: 'meant',
              data: { reading: '${reading}' },
              tooltip: '${tooltip}',
            },
          ],
          { spacing: 'Small' },
        ),
      ],
      { $data: '${buttons}', spacing: 'Small' },
    ),
  ],
});
