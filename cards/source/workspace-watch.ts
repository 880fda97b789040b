import {
  archiveParts,
  buttons,
  card,
  choose,
  group,
  header,
  pageTurner,
  paragraph,
  refreshPages,
  runsOf,
  smallText,
  text,
} from './fragments.ts';

export const template = card({
  refresh: refreshPages(),
  body: [
    ...header(),
    paragraph([runsOf('why')], { spacing: 'Small' }),
    paragraph([runsOf('words')], { $data: '${steps}', spacing: 'Small' }),
    buttons([{ $data: '${open}', type: 'Action.OpenUrl', title: '${title}', url: '${url}' }], { spacing: 'Medium' }),
    text('${watch}', { spacing: 'Medium' }),
    group(
      [
        text('${archiveTitle}', { weight: 'Bolder' }),
        archiveParts(),
        pageTurner('partsTurn'),
        smallText('${archiveNote}'),
      ],
      { $when: '${hasArchive}', spacing: 'Medium', separator: true },
    ),
  ],
  actions: [choose('Cancel', 'cancel', { $when: '${canStop}' })],
});
