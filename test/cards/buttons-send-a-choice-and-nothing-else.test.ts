import { describe, expect, it } from 'vitest';
import {
  addressPress,
  addressVerb,
  choosePress,
  chooseVerb,
  deputyPress,
  deputyVerb,
  holdPress,
  holdVerb,
  listPress,
  listVerb,
  recordPress,
  recordVerb,
  sayPress,
  sayVerb,
  schedulePress,
  scheduleVerb,
} from '../../src/teams/cards/button-data.ts';
import { offeredPress, offeredVerb } from '../../src/teams/cards/meant-press.ts';
import { renderCard } from '../../src/teams/cards/render.ts';
import { samples } from './samples.ts';
import { walk } from './walk.ts';

const cards = samples.map(({ card, title, data, draw }) => ({ name: card, title, data, ...draw() }));

/** Buttons of a kind, refreshes left out. */
function buttons(card: unknown, type: string) {
  return [...walk(card)].filter((node) => node.type === type && node.title !== 'Refresh');
}

function choices(card: unknown): unknown[] {
  return buttons(card, 'Action.Execute')
    .filter(({ verb }) => verb === chooseVerb)
    .map(({ data }) => choosePress.parse(data).choice);
}

function find(name: string, title = 'usual') {
  const found = cards.find((card) => card.name === name && card.title === title);
  if (!found) throw new Error(`no sample ${title} of ${name}`);
  return found;
}

describe('a button', () => {
  it('has a verb and data that the bot accepts, whichever card it is on', () => {
    for (const { card } of cards) {
      for (const { verb, data } of buttons(card, 'Action.Execute')) {
        const schema = {
          [chooseVerb]: choosePress,
          [listVerb]: listPress,
          [sayVerb]: sayPress,
          [offeredVerb]: offeredPress,
          [scheduleVerb]: schedulePress,
          [addressVerb]: addressPress,
          [holdVerb]: holdPress,
          [recordVerb]: recordPress,
          [deputyVerb]: deputyPress,
        }[String(verb)];
        expect(schema?.safeParse(data).success).toBe(true);
      }
    }
  });

  it('is never a plain submit, which Teams and the chat window treat differently', () => {
    for (const { card } of cards) expect(buttons(card, 'Action.Submit')).toEqual([]);
  });

  it('carries the request and version of its card', () => {
    for (const { card, data } of cards) {
      for (const { verb, data: sent } of buttons(card, 'Action.Execute')) {
        if (verb !== chooseVerb) continue;
        const { request, version } = data as { request: string; version: number };
        expect(sent).toMatchObject({ request, version });
      }
    }
  });
});

describe('what each card offers', () => {
  it.each([
    ['export-preview', 'usual', ['export', 'cancel']],
    ['delete-preview', 'usual', ['delete', 'export-then-delete', 'cancel']],
    ['choose-workspace', 'usual', ['w0', 'w1', 'w2', 'cancel']],
    ['choose-asset', 'several', ['a0', 'a1', 'b0', 'b1', 'cancel']],
    ['propose-name', 'usual', ['w0', 'cancel']],
    ['progress', 'usual', ['cancel']],
    ['progress', 'stopping', []],
    ['progress', 'checking', []],
    ['approval', 'usual', ['approve', 'reject']],
    ['waiting-for-approval', 'usual', ['cancel']],
    ['cooling-off', 'usual', ['cancel']],
    ['request-status', 'usual', ['cancel']],
    ['request-status', 'running', ['cancel']],
    ['request-status', 'succeeded', []],
    ['approval-decided', 'usual', []],
    ['delete-receipt', 'usual', []],
    ['closed', 'usual', []],
    ['delete-workspace-preview', 'usual', ['delete-workspace', 'export-then-delete-workspace', 'cancel']],
    ['workspace-watch', 'usual', ['cancel']],
    ['workspace-watch', 'accepted', []],
    ['workspace-receipt', 'usual', []],
    ['revoke-link', 'usual', ['replace-links', 'remove-archive', 'keep-links']],
    ['revoke-link', 'directory', ['remove-archive', 'keep-links']],
    ['revoke-link', 'replacing', []],
    ['revoke-link', 'trouble', ['remove-archive']],
    ['revoke-link', 'removing', []],
  ])('%s (%s): %j', (name, title, offered) => {
    expect(choices(find(name, title).card)).toEqual(offered);
  });

  it.each([
    ['schedule-preview', 'usual', ['confirm', 'decline']],
    ['schedule-preview', 'active', ['stop']],
    ['schedule-preview', 'ended', []],
    ['schedule-list', 'usual', ['stop-in-list', 'stop-in-list']],
    ['schedule-list', 'none', []],
  ])('%s (%s), about its schedule: %j', (name, title, offered) => {
    const { card } = find(name, title);
    expect(choices(card)).toEqual([]);
    const presses = buttons(card, 'Action.Execute').map(({ data }) => schedulePress.parse(data));
    expect(presses.map(({ choice }) => choice)).toEqual(offered);
  });

  it.each([
    ['usual', ['confirm', 'decline']],
    ['unlinked', ['confirm', 'decline']],
    ['done', []],
    ['declined', []],
  ])('address-link (%s), about its preview: %j', (title, offered) => {
    const { card } = find('address-link', title);
    expect(choices(card)).toEqual([]);
    const presses = buttons(card, 'Action.Execute').map(({ data }) => addressPress.parse(data));
    expect(presses.map(({ choice }) => choice)).toEqual(offered);
  });

  it.each([
    [
      'hold',
      'usual',
      [
        { hold: 12, choice: 'place' },
        { hold: 12, choice: 'decline' },
      ],
    ],
    ['hold', 'incomplete', [{ draft: '{"target":{}}' }]],
    ['hold', 'placed', [{ hold: 12, choice: 'lift' }]],
    ['hold', 'declined', []],
    ['hold', 'ended', []],
    ['hold-lift', 'incomplete', [{ hold: 12, choice: 'lift' }]],
    [
      'hold-lift',
      'usual',
      [
        { lift: 3, choice: 'confirm' },
        { lift: 3, choice: 'decline' },
      ],
    ],
    ['hold-lift', 'lifted', []],
  ])('%s (%s), about a legal hold: %j', (name, title, sent) => {
    const { card } = find(name, title);
    expect(choices(card)).toEqual([]);
    expect(buttons(card, 'Action.Execute').map(({ data }) => holdPress.parse(data))).toEqual(sent);
  });

  it.each([
    ['usual', ['confirm', 'decline']],
    ['to-deputy', ['end']],
    ['to-away', ['end']],
    ['to-administrator', ['admit', 'end']],
    ['to-colleague', []],
    ['ended-in-time', []],
  ])('deputy (%s), about its deputyship: %j', (title, offered) => {
    const { card } = find('deputy', title);
    expect(choices(card)).toEqual([]);
    const presses = buttons(card, 'Action.Execute').map(({ data }) => deputyPress.parse(data));
    expect(presses.map(({ choice }) => choice)).toEqual(offered);
  });

  it('colours the way that destroys, and only that one', () => {
    for (const { card } of cards) {
      for (const { style, data } of buttons(card, 'Action.Execute')) {
        const { choice } = data as { choice?: string };
        const destroys = ['delete', 'delete-workspace', 'remove-archive'].includes(choice ?? '');
        if (destroys) expect(style).toBe('destructive');
        else if (style === 'destructive') expect(choice).toBe('approve');
      }
    }
    expect(find('delete-preview').card.actions).toMatchObject([
      { title: 'Delete churn.csv', style: 'destructive' },
      {},
      {},
    ]);
  });
});

describe('a download link', () => {
  it('is on a result, a receipt, a workspace’s watch or a file of the record, and on no other card', () => {
    const withLinks = cards.filter(({ card }) => JSON.stringify(card).includes('sig=')).map(({ name }) => name);
    expect([...new Set(withLinks)]).toEqual([
      'delete-receipt',
      'directory-result',
      'export-result',
      'record-file',
      'workspace-receipt',
      'workspace-watch',
    ]);
  });

  it('is only behind a download button, never in a text', () => {
    for (const { card } of cards) {
      const texts = [...walk(card)]
        .filter(({ type }) => type === 'TextBlock' || type === 'TextRun')
        .map(({ text }) => text);
      expect(texts.join('\n')).not.toContain('sig=');
    }
  });

  it('is on the receipt that others see only as a sentence', () => {
    const { card } = find('delete-receipt', 'unchecked-in-channel');
    expect(buttons(card, 'Action.OpenUrl')).toEqual([]);
    expect(JSON.stringify(card)).toContain('personal chat');
  });
});

describe('a refresh', () => {
  it('asks for the people it is meant for, and is left out when there is nobody', () => {
    expect(find('progress').card.refresh).toEqual({
      action: {
        type: 'Action.Execute',
        title: 'Refresh',
        verb: 'choose',
        data: { request: 'DSR-1042', version: 3, choice: 'refresh' },
      },
      userIds: ['29:user-megan'],
    });
    expect(find('progress', 'waiting').card).not.toHaveProperty('refresh');
  });

  it('is refused for more people than Teams allows', () => {
    const data = {
      request: 'DSR-1',
      version: 1,
      action: 'delete',
      workspaceName: 'w',
      what: 'x',
      expiresAt: new Date(0),
    } as const;
    const people = Array.from({ length: 61 }, (_, index) => `29:${index}`);
    expect(() => renderCard('waiting-for-approval', { ...data, refreshFor: people })).toThrow(/60/u);
  });
});

describe('a sentence to tap', () => {
  it('is said exactly as it is written on the button', () => {
    const { card } = renderCard('welcome', { personName: 'Alex Wilber', examples: ['export my workspace', 'help'] });
    expect(buttons(card, 'Action.Execute').map(({ title, data }) => ({ title, data }))).toEqual([
      { title: 'export my workspace', data: { text: 'export my workspace' } },
      { title: 'help', data: { text: 'help' } },
    ]);
  });

  it('is left out when it is too long to be said, and there are six at most', () => {
    const { card } = renderCard('notice', {
      severity: 'info',
      sentence: 'Which one?',
      examples: ['x'.repeat(401), ...Array.from({ length: 9 }, (_, index) => `say ${index}`)],
    });
    expect(buttons(card, 'Action.Execute').map(({ title }) => title)).toEqual([
      'say 0',
      'say 1',
      'say 2',
      'say 3',
      'say 4',
      'say 5',
    ]);
  });
});
