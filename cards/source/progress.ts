import { card, choose, header, paragraph, refresh, run, runsOf, smallText, text } from './fragments.ts';

export const template = card({
  refresh: refresh(),
  body: [
    ...header(),
    paragraph([
      run('${barDone}', { $when: '${hasDone}', color: 'Accent', fontType: 'Monospace' }),
      run('${barLeft}', { $when: '${hasLeft}', isSubtle: true, fontType: 'Monospace' }),
      run('  ${percent}', { weight: 'Bolder' }),
    ]),
    text('${amount}', { spacing: 'Small' }),
    text('${outage}', { $when: '${hasOutage}', spacing: 'Small', color: 'Attention' }),
    paragraph([runsOf('note', { color: 'Attention' })], { $when: '${hasNote}', spacing: 'Small' }),
    smallText('${started}'),
    smallText('${stopNote}', { spacing: 'None' }),
  ],
  actions: [choose('Stop', 'cancel', { $when: '${canStop}' })],
});
