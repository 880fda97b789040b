import { buttons, card, group, paragraph, runsOf, smallText, subtitleLine, text, titleLine } from './fragments.ts';

export const template = card({
  body: [
    titleLine(),
    subtitleLine(),
    group(
      [
        paragraph([runsOf('who', { weight: 'Bolder' }), runsOf('what')]),
        paragraph([runsOf('comment', { isSubtle: true })], { $when: '${hasComment}', spacing: 'None' }),
        smallText('${when}', { spacing: 'None' }),
      ],
      { $data: '${events}', separator: true, spacing: 'Small' },
    ),
    group(
      [
        text('${where}', { isSubtle: true }),
        buttons(
          [
            {
              $data: '${turns}',
              type: 'Action.Execute',
              title: '${title}',
              tooltip: '${tooltip}',
              isEnabled: '${isEnabled}',
              verb: 'record',
              data: '${data}',
            },
          ],
          { spacing: 'Small' },
        ),
      ],
      { $data: '${turn}', spacing: 'Small' },
    ),
    smallText('${sealing}', { spacing: 'Medium' }),
    paragraph([runsOf('note', { isSubtle: true, size: 'Small' })], { $when: '${hasNote}', spacing: 'Small' }),
    buttons(
      [{ $data: '${examples}', type: 'Action.Execute', title: '${title}', verb: 'say', data: { text: '${text}' } }],
      { $when: '${hasExamples}' },
    ),
  ],
});
