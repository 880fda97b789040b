import { card, choose, group, header, paragraph, refresh, run, runsOf, text } from './fragments.ts';

export const template = card({
  refresh: refresh(),
  body: [
    ...header(),
    paragraph([runsOf('what')], { spacing: 'Small' }),
    text('${facts}', { $when: '${canKeep}', spacing: 'Small' }),
    paragraph([run('${label}', { weight: 'Bolder' }), run('${words}')], { $data: '${choices}', spacing: 'Medium' }),
    group([text('${loss}', { weight: 'Bolder' })], { $when: '${hasLoss}', style: 'attention', spacing: 'Medium' }),
    group([paragraph([runsOf('trouble')])], { $when: '${hasTrouble}', style: 'warning', spacing: 'Medium' }),
    text('${progress}', { spacing: 'Medium' }),
  ],
  actions: [
    choose('New link, old one stops working', 'replace-links', { $when: '${canReplace}', style: 'positive' }),
    choose('Remove the archive', 'remove-archive', { $when: '${canRemove}', style: 'destructive' }),
    choose('Keep the link', 'keep-links', { $when: '${canKeep}' }),
  ],
});
