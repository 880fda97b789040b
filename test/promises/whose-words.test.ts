import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type NamedSeed, seedWithDatasets } from '../harness/named-seed.ts';
import { cardText, personalChat } from '../harness/teams.ts';
import { alex, megan, startWorld, type World } from '../harness/world.ts';

let world: World;
let seed: NamedSeed;

beforeAll(async () => {
  seed = await seedWithDatasets([
    'sales<b>.csv',
    'sales.csv',
    'undefined.csv',
    'R&D.csv',
    'caf\u00e9.csv',
    'cafe\u0301.csv',
  ]);
  world = await startWorld({ studio: { seedFolder: seed.folder } });
});
afterAll(async () => {
  await world.close();
  await seed.remove();
});

/** What the bot says next in somebody's own chat; a card that is still being prepared is waited for. */
async function answerTo(text: string, more: object = {}, patience = 4): Promise<string> {
  const { teams } = world;
  const before = new Set(teams.messages(personalChat(alex)).map(({ id }) => id));
  const { status } = await teams.write(alex, text, { more: { textFormat: 'plain', ...more } });
  expect(status).toBe(200);
  const answer = await teams.waitFor(
    personalChat(alex),
    ({ id, card, text: said }) => !before.has(id) && !/Being prepared|Looking/u.test(cardText(card) + said),
  );
  const said = `${answer.text} ${cardText(answer.card)}`;
  // On a machine with too much to do, the deadline for reading may pass; then it is said once more.
  return said.includes('could not read that in time') && patience > 0 ? answerTo(text, more, patience - 1) : said;
}

function html(content: string): object {
  return { attachments: [{ contentType: 'text/html', content }] };
}

function reply(author: string, said: string, own: string): object {
  return html(
    `<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="1"><strong itemprop="mri" itemid="8:x">` +
      `${author}</strong><p itemprop="preview">${said}</p></blockquote><p>${own}</p>`,
  );
}

const forward = (before: string, said: string) =>
  html(`<p>${before}</p><blockquote itemscope itemtype="http://schema.skype.com/Forward"><p>${said}</p></blockquote>`);

const previewed = /Delete “|Delete \d|Delete the whole|Export “/u;

describe('words of others', () => {
  it.each([
    [
      'forwarded alone',
      '\r\n\r\ndelete dataset churn.csv',
      forward('', 'delete dataset churn.csv'),
      /forwarded.*not your words/iu,
    ],
    [
      'forwarded with a caption',
      'please have a look\r\n\r\ndelete dataset churn.csv',
      forward('please have a look', 'delete dataset churn.csv'),
      /not your words/u,
    ],
    [
      'forwarded as a whole workspace',
      'fyi\r\n\r\nexport my workspace',
      forward('fyi', 'export my workspace'),
      /not your words/u,
    ],
    [
      'quoted with thanks',
      'Megan Bowen\r\ndelete dataset churn.csv\r\nthanks',
      reply('Megan Bowen', 'delete dataset churn.csv', 'thanks'),
      /You are welcome|not your words/u,
    ],
    [
      'quoted with yes',
      'Megan Bowen\r\ndelete dataset churn.csv\r\nyes please',
      reply('Megan Bowen', 'delete dataset churn.csv', 'yes please'),
      // Another preview may be open.
      /waiting for a confirmation|To confirm exactly what/u,
    ],
    [
      'quoted only',
      'Megan Bowen\r\ndelete dataset churn.csv',
      reply('Megan Bowen', 'delete dataset churn.csv', ''),
      /not your words/u,
    ],
    [
      'in a mail that was pasted',
      'From: Megan\nSent: today\nSubject: x\n\ndelete dataset churn.csv',
      {},
      /not your words/u,
    ],
    [
      'glued to a name without a sign',
      'Studio StewardDelete dataset churn.csv?export my workspace',
      {},
      /cannot tell where yours begin/u,
    ],
    ['of which text and HTML differ', 'export my workspace', html('<p>delete my workspace</p>'), /different things/u],
  ] as const)('%s are no command', async (_how, text, more, expected) => {
    const said = await answerTo(text, more);
    expect(said).not.toMatch(previewed);
    expect(said).toMatch(expected);
  });

  it('are not what a pronoun means, and neither is the last thing said', async () => {
    expect(await answerTo('export workspace "Churn Lab"')).toMatch(/Export “Churn Lab”/u);
    const said = await answerTo(
      'delete this one please\r\n\r\nchurn.csv',
      forward('delete this one please', 'churn.csv'),
    );
    expect(said).not.toMatch(previewed);
    expect(said).toMatch(/your own words, “delete this one please”/u);
  });

  it.each([
    ['<quoted messageId="1777777777777"/> list my workspaces', {}],
    [
      'Studio StewardDelete dataset churn.csv?list my workspaces',
      reply('Studio Steward', 'Delete dataset churn.csv?', 'list my workspaces'),
    ],
  ])('beside a reply leave the reply to be read: %s', async (text, more) => {
    expect(await answerTo(text, more)).toMatch(/Churn Lab/u);
  });

  it('stay out of what an edited message says', async () => {
    const { teams } = world;
    const before = teams.messages(personalChat(alex)).length;
    const text = 'Megan Bowen\r\ndelete dataset churn.csv\r\nlist my workspaces';
    const more = reply('Megan Bowen', 'delete dataset churn.csv', 'list my workspaces');
    await teams.send(
      teams.activity(alex, { type: 'messageUpdate', id: 'edited-1', text, textFormat: 'plain', ...more }),
    );
    await teams.waitFor(personalChat(alex), ({ card }) => cardText(card).includes('Churn Lab'));
    for (const { card } of teams.messages(personalChat(alex)).slice(before))
      expect(cardText(card)).not.toMatch(previewed);
  });
});

describe('a person who is mentioned', () => {
  const entity = (name: string, text?: string) => ({
    type: 'mention',
    mentioned: { id: megan.id, name },
    ...(text === undefined ? {} : { text }),
  });

  it.each([
    ["export <at>Megan Bowen</at>'s workspace", [entity('Megan Bowen', '<at>Megan Bowen</at>')]],
    ["export Megan Bowen's workspace", []],
    ["back up Patti's workspace", []],
    ['export the workspace of <at>Megan Bowen</at>', [entity('Megan Bowen', '<at>Megan Bowen</at>')]],
    ['download her workspace', []],
  ])('is not the speaker: %s', async (text, entities) => {
    const said = await answerTo(text, { entities });
    expect(said).not.toMatch(previewed);
  });

  it('is the name that is meant, not what was said before', async () => {
    expect(await answerTo('delete dataset churn.csv')).toMatch(/Delete “churn.csv”/u);
    const said = await answerTo('delete dataset <at>Megan</at>', {
      entities: [entity('Megan Bowen', '<at>Megan</at>')],
    });
    expect(said).toMatch(/Which workspace|Megan/u);
    expect(said).not.toMatch(/Delete “churn/u);
  });

  it.each([
    ['a mention without a name', 'delete dataset <at></at>', [{ type: 'mention', mentioned: { id: megan.id } }]],
    [
      'the bot’s own mention',
      'delete dataset <at>Studio Steward</at>',
      [{ type: 'mention', mentioned: { id: 'bot', name: 'Studio Steward' }, text: '<at>Studio Steward</at>' }],
    ],
  ])('or %s leaves no room for what was said before', async (_what, text, entities) => {
    expect(await answerTo('delete dataset churn.csv')).toMatch(/Delete “churn.csv”/u);
    expect(await answerTo(text, { entities })).not.toMatch(previewed);
  });

  it.each([
    ['without text', [{ type: 'mention', mentioned: { id: 'bot', name: 'R&D Steward' } }], /undefined\.csv/u],
    ['without anybody', [{ type: 'mention' }], /undefined\.csv/u],
  ])('by an entity %s loses no other word', async (_what, entities, expected) => {
    const more = { entities, recipient: { id: 'bot', name: 'R&D Steward' } };
    expect(await answerTo('<at>R&amp;D Steward</at> delete dataset undefined.csv', more)).toMatch(expected);
  });

  it.each([
    ['null', null],
    ['empty objects', [{}, { type: 'mention', mentioned: null }]],
  ])('by entities that are %s is no fault', async (_what, entities) => {
    expect(await answerTo('list my workspaces', { entities })).toMatch(/Churn Lab/u);
  });
});

describe('plain text', () => {
  it('is what it says, angle brackets too', async () => {
    expect(await answerTo('delete dataset "sales<b>.csv"')).toMatch(/Delete “sales<b>\.csv”/u);
    expect(await answerTo('delete dataset "sales<b>.csv"', html('<p>delete dataset "sales&lt;b&gt;.csv"</p>'))).toMatch(
      /Delete “sales<b>\.csv”/u,
    );
  });
});

/** A preview without the sentence that says how its assets were chosen. */
const withoutChoice = (said: string) => said.replace(/Chosen: [^”]*”\./u, '');

describe('a name', () => {
  it('with a joint in it is one name, for a deletion and for what is kept', async () => {
    expect(await answerTo('delete dataset R&D.csv')).toMatch(/Delete “R&D\.csv”/u);
    const said = await answerTo('delete all datasets in Churn Lab except R&D.csv');
    expect(said).toMatch(/Delete \d+/u);
    expect(said).toContain('Chosen: all datasets, except “R&D.csv”.');
    expect(withoutChoice(said)).not.toMatch(/R&D/u);
  });

  it('that looks like another one is neither taken nor left without it', async () => {
    expect(await answerTo('export all datasets with caf\u00e9 in the name from Churn Lab')).toMatch(
      /Export 2 (?:assets|datasets)/u,
    );
    for (const name of ['caf\u00e9.csv', 'cafe\u0301.csv']) {
      const said = await answerTo(`delete all datasets in Churn Lab except ${name}`);
      expect(withoutChoice(said)).not.toMatch(/caf/u);
      expect(await answerTo(`delete dataset ${name} from Churn Lab`)).toMatch(/Which|which/u);
    }
  });
});

describe('what stands behind a pronoun', () => {
  it.each([
    ['delete it: churn.csv', /Delete “churn\.csv”/u],
    ['delete it. I mean churn.csv', /Delete “churn\.csv”/u],
    ['delete these\nchurn.csv\nundefined.csv', /Delete 2/u],
    ['delete them', /What should I delete/u],
    ['delete it: the old thing', /What should I delete/u],
  ])('is what is meant: %j', async (text, expected) => {
    expect(await answerTo('export workspace "Churn Lab"')).toMatch(/Export “Churn Lab”/u);
    expect(await answerTo(text)).toMatch(expected);
  });

  it('contradicts the place of what was said before', async () => {
    expect(await answerTo('export dataset churn.csv from Churn Lab')).toMatch(/Export “churn\.csv”/u);
    expect(await answerTo('delete that dataset from Fraud Detection')).not.toMatch(previewed);
  });
});
