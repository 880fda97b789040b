import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sayLater } from '../../src/teams/answers/not-yet-answers.ts';
import { offeredPress, offeredVerb } from '../../src/teams/cards/meant-press.ts';
import { chosenCard, offerCard, offersOf } from '../../src/teams/offers.ts';
import { readingWords } from '../../src/teams/reading-words.ts';
import type { Turn } from '../../src/teams/turn.ts';
import { understand } from '../../src/understanding/decide.ts';
import type { IntentName, Offer, Slots } from '../../src/understanding/intents.ts';
import { intentNames } from '../../src/understanding/intents.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';
import { withinProduct } from '../../src/understanding/within-product.ts';
import { walk } from '../cards/walk.ts';
import { cardFor } from '../harness/talk.ts';
import { cardText, type PostedMessage, personalChat } from '../harness/teams.ts';
import { alex, megan, startWorld, type World } from '../harness/world.ts';

/** The buttons of a card that asks what was meant. */
function offeredButtons(card: unknown): { readonly title: string; readonly data: { readonly reading: string } }[] {
  return [...walk(card)]
    .filter(({ verb }) => verb === offeredVerb)
    .map(({ title, data }) => ({ title: String(title), data: data as { reading: string } }));
}

const offer = (intent: IntentName, slots: Slots = {}): Offer => ({ intent, slots, confidence: 0.4 });

describe('the card that asks', () => {
  const churn = { kind: 'dataset', name: 'churn.csv' } as const;
  const offers = [
    offer('delete.assets', { assets: [churn], workspace: 'Churn Lab' }),
    offer('list.assets', { kind: 'dataset' }),
    offer('request.list', { scope: 'mine' }),
    offer('help'),
  ];

  it('offers three full readings at most and none of them, each carrying exactly its reading', () => {
    const card = offerCard(offers, 'the thing with churn.csv')?.card;
    expect(offeredButtons(card).map(({ title }) => title)).toEqual([
      'Delete dataset “churn.csv” in “Churn Lab”',
      'List datasets',
      'Show my requests',
      'None of these',
    ]);
    const carried = offeredButtons(card).map(({ data }) => offeredPress.parse(data));
    expect(carried).toEqual([
      ...offers.slice(0, 3).map(({ intent, slots }) => ({ intent, slots })),
      { intent: 'none', slots: {} },
    ]);
  });

  it('offers one button for readings that differ in blanks or letter case alone', () => {
    const names = ['Fraud Detection', 'Fraud\u00a0Detection', 'FRAUD DETECTION'];
    const card = offerCard(
      names.map((workspace) => offer('delete.workspace', { workspace })),
      '',
    )?.card;
    expect(offeredButtons(card).map(({ title }) => title)).toEqual([
      'Delete all of workspace “Fraud Detection”',
      'No, not this',
    ]);
  });

  it('is drawn of the reader’s offers, or of a reading that is unsure; a sure one is not asked about', () => {
    const sure = { intent: 'help', slots: {}, confidence: 0.9, why: '' } as const;
    expect(offersOf(sure)).toEqual([]);
    expect(offersOf({ ...sure, intent: 'none', offers })).toEqual(offers);
    const bare = { intent: 'export.assets', slots: { assets: [{ name: 'Lab' }] }, confidence: 0.5, why: '' } as const;
    expect(offersOf(bare).map(({ intent }) => intent)).toEqual(['export.workspace', 'export.assets']);
  });

  it('keeps a question’s own words, which the answer is looked up by', () => {
    const [button] = offeredButtons(offerCard([offer('ask')], 'undo of deletions')?.card);
    expect(button?.title).toBe('Answer the question “undo of deletions”');
    expect(offeredPress.parse(button?.data)).toEqual({ intent: 'ask', slots: {}, text: 'undo of deletions' });
  });

  it('shows whole what is too long for a button, and leaves out what no button can carry', () => {
    const some = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `quarter ${index}.csv` }));
    const card = offerCard([offer('delete.assets', { assets: some(6) })], '')?.card;
    expect(cardText(card ?? null)).toContain('“quarter 5.csv”');
    expect(offeredButtons(card)[0]?.title.length).toBeLessThanOrEqual(60);
    expect(offerCard([offer('delete.assets', { assets: some(120) })], '')).toBeNull();
    expect(offerCard([offer('greet'), offer('none')], '')).toBeNull();
  });

  it('says after the tap what was chosen, with no button left', () => {
    const { card } = chosenCard({ intent: 'delete.assets', slots: { assets: [churn] } });
    expect(cardText(card)).toBe('You chose: Delete dataset “churn.csv”');
    expect(offeredButtons(card)).toEqual([]);
  });

  it('has words for everything that can be asked for', () => {
    const named = { assets: [churn], request: 'DSR-7', subject: 'Jane Doe' };
    const without = intentNames.filter((intent) => readingWords({ intent, slots: named }, 'why?') === null);
    expect(without).toEqual(['unsupported', 'greet', 'confirm', 'decline', 'none']);
    const selection: Slots = {
      all: true,
      kind: 'experiment',
      filter: 'tmp',
      dates: { after: '2018-01-01', before: '2019-01-01' },
      except: [{ name: 'keep' }],
    };
    expect(readingWords({ intent: 'export.assets', slots: selection }, '')).toBe(
      'Export all experiments with “tmp” in the name from 1 Jan 2018 to 31 Dec 2018, except “keep”',
    );
  });
});

describe('a kind that only today’s Azure Machine Learning has', () => {
  it.each([
    ['job', 'Jobs are part of today’s Azure Machine Learning, which I cannot reach yet.'],
    ['endpoints', 'Endpoints are part of today’s Azure Machine Learning, which I cannot reach yet.'],
  ])('is answered in a sentence: %s', async (laterKind, sentence) => {
    const said: string[] = [];
    const turn = { say: async ({ summary }: { summary: string }) => void said.push(summary) } as unknown as Turn;
    await sayLater(turn, laterKind);
    expect(said[0]).toContain(sentence);
  });
});

describe('a tap', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());

  const pack = (intent: string, slots: object = {}) => ({ reading: JSON.stringify({ intent, slots }) });
  /** Taps, and waits for what the bot says then in the person's own chat. */
  async function answerTo(data: object): Promise<{ chosen: string; said: PostedMessage }> {
    const { teams } = world;
    const before = new Set(teams.messages(personalChat(megan)).map(({ id }) => id));
    const { status, body } = await teams.press(megan, data, { verb: offeredVerb });
    expect(status).toBe(200);
    const said = await teams.waitFor(personalChat(megan), ({ id }) => !before.has(id));
    return { chosen: cardText(body?.value as never), said };
  }

  it('goes on with exactly that reading, through the preview; the card tells what was chosen', async () => {
    const { teams } = world;
    await teams.write(alex, 'export Churn');
    const asking = await cardFor(teams, alex, 'Did you mean one of these?');
    const workspace = offeredButtons(asking.card).find(({ title }) => title === 'Export workspace “Churn”');
    const { body } = await teams.press(alex, workspace?.data, { verb: offeredVerb, replyTo: asking.id });
    expect(cardText(body?.value as never)).toBe('You chose: Export workspace “Churn”');
    await cardFor(teams, alex, 'Churn Lab', /Did you mean|Export/u, 'DSR-');
  });

  it('on an offer of what the reader is unsure of shows the preview, and nothing else happens before', async () => {
    const { teams } = world;
    // Which of these is unsure depends on the model; one of them always is.
    const unsure = [
      'lose churn.csv would you',
      'customers.tsv is of no use to anybody',
      'churn.csv, out of there please',
    ]
      .map((text) => ({ text, offers: withinProduct(understand(text, shippedModel()), text).offers ?? [] }))
      .find(({ offers }) => offers.some(({ intent }) => intent === 'delete.assets'));
    const before = teams.messages(personalChat(alex)).length;
    await teams.write(alex, unsure?.text ?? '');
    const asking = await cardFor(teams, alex, 'Did you mean', /Delete “(?:churn\.csv|customers\.tsv)”/u);
    expect(
      teams
        .messages(personalChat(alex))
        .slice(before)
        .filter(({ card }) => card !== null).length,
    ).toBe(1);
    const button = offeredButtons(asking.card).find(({ title }) => title.startsWith('Delete'));
    await teams.press(alex, button?.data, { verb: offeredVerb, replyTo: asking.id });
    await cardFor(teams, alex, /Delete “(?:churn\.csv|customers\.tsv)” from “Churn Lab”\?/u);
  });

  it.each([
    ['revoke the download link', 'None of your exports has an archive in storage'],
    ['who approved DSR-1001?', 'cannot find DSR-1001 among'],
    ['put workspace Churn Lab under legal hold because the court asked', 'cannot see, place or lift legal holds'],
    ['is the queue healthy?', 'cannot show the health'],
    ['what do we hold on jane@contoso.com?', 'cannot search for the data about a person'],
    ['try again', 'None of your latest requests'],
    ['delete the job calm_parrot_77 in workspace mlw-cv-lab2', 'Jobs are part of today’s Azure Machine Learning'],
  ])('is not needed for: %s', async (text, expected) => {
    await world.teams.write(megan, text);
    await cardFor(world.teams, megan, expected);
  });

  it('of a deletion deletes nothing by itself, and what it named can be referred to', async () => {
    const { teams } = world;
    const slots = { assets: [{ kind: 'dataset', name: 'churn.csv' }], workspace: 'Churn Lab' };
    await teams.press(alex, pack('delete.assets', slots), { verb: offeredVerb });
    await cardFor(teams, alex, 'Delete “churn.csv” from “Churn Lab”?');
    await teams.write(alex, 'no, export it');
    await cardFor(teams, alex, 'Export “churn.csv” from “Churn Lab”?');
  });

  it('on none of these says what can be done', async () => {
    const { chosen, said } = await answerTo(pack('none'));
    expect(chosen).toBe('You chose: none of these');
    expect(cardText(said.card)).toContain('I did nothing');
  });

  it('that comes as a message is the same', async () => {
    const { teams } = world;
    await teams.write(megan, '', { more: { value: pack('list.workspaces') } });
    await cardFor(teams, megan, 'You chose: List workspaces');
    await cardFor(teams, megan, 'Fraud Detection');
  });

  it.each([
    ['dsr.discover', {}, /cannot search for the data about a person/u],
    ['dsr.extend', { request: 'DSR-88', reason: 'illness' }, /no due dates yet.*status of DSR-88/u],
    ['record.show', {}, /do not know which request you mean/u],
    ['link.revoke', {}, /None of your exports has an archive in storage/u],
    ['link.revoke', { request: 'DSR-999999' }, /cannot find DSR-999999 among/u],
    ['hold.place', { workspace: 'Churn Lab' }, /cannot see, place or lift legal holds/u],
    ['hold.lift', { subject: 'Jane' }, /cannot see, place or lift legal holds/u],
    ['admin.health', {}, /cannot show the health/u],
    ['request.retry', {}, /None of your latest requests/u],
    ['request.retry', { request: 'DSR-999999' }, /cannot find DSR-999999 among/u],
  ])('%s %j is answered', async (intent, slots, expected) => {
    expect(cardText((await answerTo(pack(intent, slots))).said.card)).toMatch(expected);
  });

  it('request.list of what is due says that due dates come later, and shows the person’s requests', async () => {
    await answerTo(pack('request.list', { scope: 'due' }));
    await cardFor(world.teams, megan, 'no due dates yet');
    await cardFor(world.teams, megan, 'Your requests');
  });

  it.each([
    ['no JSON', { reading: 'delete everything' }],
    ['too long', pack('delete.workspace', { workspace: 'x'.repeat(3_000) })],
    ['an intent that is none', pack('approve')],
    ['a slot too many', pack('delete.workspace', { workspace: 'Churn Lab', confirmed: true })],
    ['a field too many', { ...pack('delete.workspace'), person: 'megan' }],
    ['a reading that is no text', { reading: { intent: 'delete.workspace', slots: {} } }],
    ['a certainty of its own', { reading: '{"intent":"delete.workspace","slots":{},"confidence":1}' }],
    ['nothing', undefined],
  ])('with %s is answered in words and does nothing', async (_case, data) => {
    const { teams } = world;
    const before = teams.messages(personalChat(megan)).length;
    const { status, body } = await teams.press(megan, data, { verb: offeredVerb });
    expect(status).toBe(200);
    expect(body?.value).toMatch(/not one of mine, so nothing was done/u);
    if (data !== undefined) {
      await teams.write(megan, '', { more: { value: data } });
      await teams.waitFor(personalChat(megan), ({ text }) => text.includes('not one of mine'));
    }
    const said = teams.messages(personalChat(megan)).slice(before);
    expect(said.filter(({ card }) => card !== null)).toEqual([]);
  });
});
