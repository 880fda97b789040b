import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyConversation, remember } from '../../src/understanding/conversation.ts';
import { understand } from '../../src/understanding/decide.ts';
import { isDestructive, type Reading } from '../../src/understanding/intents.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';
import { rowsByWriter } from '../../src/understanding/training/rows.ts';
import { withinProduct } from '../../src/understanding/within-product.ts';

const today = '2026-11-25';
const read = (text: string): Reading => understand(text, shippedModel(), { today });

describe('what the rules alone could not read', () => {
  it.each([
    ['Please permanently delete workspace Skunkworks', 'delete.workspace'],
    ['could we do a complete workspace export this afternoon?', 'export.workspace'],
    ['whole ws dump plz', 'export.workspace'],
    ['list ws', 'list.workspaces'],
    ['acct type', 'account.info'],
    ['revoke the download link', 'link.revoke'],
    ['try again', 'request.retry'],
    ['put workspace Churn Lab under legal hold because the court asked', 'hold.place'],
    ['who approved DSR-1001?', 'record.show'],
    ['is the queue healthy?', 'admin.health'],
    ['what do we hold on jane@contoso.com?', 'dsr.discover'],
    ['which cases are due this week?', 'request.list'],
  ])('is read: %s', (text, intent) => {
    expect(read(text).intent).toBe(intent);
  });
});

describe('a deletion', () => {
  it.each([
    'I no longer need the job calm_parrot_77 in workspace mlw-cv-lab2, remove it',
    'kill the Jira project GUILD, it is done',
    "the client's Databricks workspace 'halberd-dbx' should be deleted",
    'Rumour has it the whole Bioanalytics workspace will be deleted in Q3',
    'Not a single job in mlw-system-ops may be deleted, please note.',
    'Changed my mind within one sentence: remove the environment sklearn-courier, or better, let it be.',
    'delete old models',
    'delete all datasets older than two moons',
    'erase all personal data',
  ])('of a whole workspace, or against the words, is not acted on: %s', (text) => {
    const { intent, slots } = withinProduct(read(text), text);
    expect(intent === 'delete.workspace' || (isDestructive(intent) && slots.all === true)).toBe(false);
    if (!/calm_parrot|moons/.test(text)) expect(isDestructive(intent)).toBe(false);
  });

  it('of everything never drops what limits it', () => {
    const limits = fc.constantFrom(
      'older than last Easter',
      'that failed',
      'except those of Megan',
      'nobody uses',
      'from before the merger',
      'containing',
      'but only the drafts',
      'made in Q3',
    );
    const orders = fc.constantFrom('delete all datasets', 'wipe every model', 'remove all my experiments');
    fc.assert(
      fc.property(orders, limits, (order, limit) => {
        const readings = [read(`${order} ${limit}`)].flatMap((one) => [one, ...(one.offers ?? [])]);
        for (const { intent, slots } of readings)
          if (isDestructive(intent))
            expect(
              Object.keys(slots).some((slot) => /dates|except|filter|workspace|unused|status|owner|pick/.test(slot)),
            ).toBe(true);
      }),
    );
  });

  it('of a kind that Studio does not have says so and does nothing', () => {
    const text = 'delete the job calm_parrot_77 in workspace mlw-cv-lab2';
    const reading = read(text);
    expect(reading).toMatchObject({ intent: 'delete.assets', slots: { assets: [{ kind: 'job' }] } });
    expect(withinProduct(reading, text)).toMatchObject({ intent: 'none', slots: {}, laterKind: 'job' });
  });
});

describe('what is no asset', () => {
  it.each(['list members', 'list gateways', 'show the commitment plans', 'delete the endpoint churn-online'])(
    'is left to its own answer: %s',
    (text) => {
      expect(withinProduct(read(text), text)).toMatchObject({ intent: 'none', slots: {} });
      expect(withinProduct(read(text), text).offers).toBeUndefined();
    },
  );

  it.each(['export dataset "gateway settings"', 'delete dataset members.csv'])('is not meant by: %s', (text) => {
    expect(withinProduct(read(text), text).intent).toMatch(/assets$/);
  });
});

describe('an unsure message', () => {
  it('has at most three offers, each a whole reading, and acts on none of them', () => {
    for (const [writer, rows] of rowsByWriter(new URL('utterances/', import.meta.url))) {
      for (const { text } of rows.filter((_, index) => index % 10 === writer.length % 10)) {
        const { intent, offers } = read(text);
        if (offers === undefined) continue;
        expect(intent).toBe('none');
        expect(offers.length).toBeGreaterThan(0);
        expect(offers.length).toBeLessThanOrEqual(3);
        for (const offer of offers) {
          expect(['none', 'greet', 'confirm', 'decline']).not.toContain(offer.intent);
          if (offer.intent.endsWith('.assets') && offer.intent !== 'list.assets')
            expect(offer.slots.assets !== undefined || offer.slots.all === true).toBe(true);
        }
      }
    }
  });
});

describe('a workspace that is to be kept', () => {
  it.each([
    'Leave workspace Herbal Line in place, just remove its complete contents',
    'empty the workspace Hop Lab but keep the workspace itself',
    'delete everything inside workspace Hop Lab, the workspace stays',
  ])('is never read as one to delete: %s', (text) => {
    expect(read(text).intent).not.toBe('delete.workspace');
    const among = [read(text), ...(read(text).offers ?? [])];
    expect(among.map(({ intent }) => intent)).toContain('delete.assets');
  });
});

describe('thanks', () => {
  it.each(['thanks', 'Thank you!', 'thx', 'ok thanks a lot'])('agree to nothing and decline nothing: %s', (text) => {
    expect(read(text)).toMatchObject({ intent: 'none', slots: {} });
    expect(read(text).offers).toBeUndefined();
  });
});

describe('the readers together', () => {
  it('leave to the rules what follows from the conversation', () => {
    const before = remember(emptyConversation, read('export dataset trips.csv from workspace Churn Lab'), 0);
    const { intent, slots } = understand('now delete it', shippedModel(), { context: before, today });
    expect(intent).toBe('delete.assets');
    expect(slots).toMatchObject({ assets: [{ kind: 'dataset', name: 'trips.csv' }], workspace: 'Churn Lab' });
    expect(understand('delete it', shippedModel(), { context: emptyConversation, today }).intent).toBe('none');
  });

  it('keep what joins two names, which may be one', () => {
    expect(read('delete datasets a.csv and b.csv').slots.assets).toEqual([
      { kind: 'dataset', name: 'a.csv', joinedBy: ' and ' },
      { kind: 'dataset', name: 'b.csv' },
    ]);
  });
});
