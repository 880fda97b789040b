import { card, requestRows, text } from './fragments.ts';

export const template = card({
  body: [
    text('${heading}', { size: 'Large', weight: 'Bolder', style: 'heading' }),
    requestRows(),
    text('${more}', { $when: '${hasMore}', isSubtle: true }),
    text('${empty}', { $when: '${isEmpty}' }),
  ],
});
