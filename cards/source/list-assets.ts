import { buttons, card, group, paragraph, runsOf, subtitleLine, tableRow, text, titleLine } from './fragments.ts';

export const template = card({
  body: [
    titleLine(),
    subtitleLine('sentence'),
    {
      $when: '${hasRows}',
      type: 'Table',
      showGridLines: false,
      firstRowAsHeaders: true,
      columns: [
        { width: 4 },
        { width: 2, horizontalCellContentAlignment: 'Right' },
        { width: 3, horizontalCellContentAlignment: 'Right' },
      ],
      rows: [
        tableRow([
          [text('Name', { isSubtle: true })],
          [text('Size', { isSubtle: true })],
          [text('Created', { isSubtle: true })],
        ]),
        tableRow(
          [[paragraph([runsOf('name'), runsOf('kind', { isSubtle: true })])], [text('${size}')], [text('${created}')]],
          { $data: '${assets}' },
        ),
      ],
    },
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
              verb: 'list',
              data: '${data}',
            },
          ],
          { spacing: 'Small' },
        ),
        text('${hint}', { isSubtle: true, spacing: 'Small' }),
      ],
      { $data: '${turn}', spacing: 'Small' },
    ),
    buttons(
      [{ $data: '${examples}', type: 'Action.Execute', title: '${title}', verb: 'say', data: { text: '${text}' } }],
      { $when: '${hasExamples}' },
    ),
  ],
});
