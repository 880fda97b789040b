import { buttons, card, smallText, text, titleLine } from './fragments.ts';

export const template = card({
  body: [
    titleLine(),
    text('${size}', { spacing: 'Small' }),
    text('${note}', { spacing: 'Small' }),
    buttons([{ type: 'Action.OpenUrl', title: '${button}', url: '${url}' }]),
    smallText('${expiry}'),
  ],
});
