import { card, choose, requestRows, subtitleLine, text, titleLine } from './fragments.ts';

export const template = card({
  refresh: { action: choose('Refresh', 'group'), userIds: '${refreshFor}' },
  body: [titleLine(), subtitleLine('sentence'), requestRows(), text('${sum}', { separator: true, spacing: 'Medium' })],
  actions: [choose('Update', 'group', { tooltip: 'Show how far each of them is now' })],
});
