import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { offeredVerb } from '../../src/teams/cards/meant-press.ts';
import { became, cardFor, pressButton } from '../harness/talk.ts';
import { cardText, type PostedMessage, personalChat } from '../harness/teams.ts';
import { alex, patti, startWorld, type World } from '../harness/world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** Writes a sentence to Steward, waits for the preview that lists what it found, and cancels it. */
async function previewOf(sentence: string, ...texts: readonly (string | RegExp)[]): Promise<string> {
  await world.teams.write(alex, sentence);
  const preview = await cardFor(world.teams, alex, ...texts);
  await cancelAll(preview);
  return cardText(preview.card);
}

/** Cancels what waits, and waits until the preview says so: a later test would find it otherwise. */
async function cancelAll(preview: PostedMessage): Promise<void> {
  await cancelEverything(idOf(preview));
  await became(world.teams, preview, 'cancelled');
}

async function cancelEverything(id: string): Promise<void> {
  await world.teams.write(alex, 'cancel everything');
  await cardFor(world.teams, alex, new RegExp(`${id}[^.]* (?:is|are) cancelled`, 'u'));
}

function idOf({ card }: PostedMessage): string {
  return /DSR-\d+/u.exec(cardText(card))?.[0] ?? '';
}

/** The sentence that a button with this title sends. */
function sentenceOf(card: unknown, title: string): string {
  const found = new RegExp(`"title":"${title}","verb":"say","data":\\{"text":"((?:[^"\\\\]|\\\\.)*)"`, 'u').exec(
    JSON.stringify(card),
  );
  return JSON.parse(`"${found?.[1] ?? ''}"`);
}

describe('a selection by what is known of the assets', () => {
  it.each([
    ['delete the two oldest datasets in Churn Lab', ['Churn baseline', 'CON'], ['churn.csv', 'customers.tsv']],
    ['delete the newest experiment in Churn Lab', ['Explore tenure'], ['Churn training', 'Old churn attempt']],
    ['delete the draft experiments in Churn Lab', ['Explore tenure'], ['Import from the warehouse']],
    ['delete Megan’s experiments in Churn Lab', ['Churn baseline', 'Import from the warehouse'], ['Explore tenure']],
    [
      'delete all experiments in Churn Lab except Megan’s',
      ['Explore tenure', 'that somebody other than “Megan” owns'],
      ['Churn baseline', 'Import from the warehouse'],
    ],
    ["delete all experiments in Churn Lab that aren't mine", ['Churn baseline', 'other than you'], ['Explore tenure']],
    ['delete all models in Churn Lab except the newest one', ['Churn predictor 2018'], ['Explore tenure']],
  ] as const)('“%s” previews exactly that', async (sentence, found, others) => {
    const preview = await previewOf(sentence, 'cannot be undone', ...found);
    for (const other of others) expect(preview).not.toContain(`“${other}”`);
  });

  it('is deleted as it was previewed, and nothing beside it', async () => {
    const { teams } = world;
    await teams.write(alex, 'delete the newest dataset in Churn Lab');
    const preview = await cardFor(teams, alex, 'Delete “Scored customers”', 'cannot be undone');
    await pressButton(teams, alex, preview, 'Delete');
    await cardFor(teams, alex, 'Deleted “Scored customers”');
    await teams.write(alex, 'list the datasets in Churn Lab');
    const list = await cardFor(teams, alex, '8 datasets in “Churn Lab”');
    expect(cardText(list.card)).not.toContain('Scored customers');
  });

  it('that nothing matches is refused', async () => {
    const { teams } = world;
    await teams.write(alex, 'delete all datasets in Churn Lab made by Nobody Known');
    await cardFor(teams, alex, /cannot find/u);
  });

  it('that leaves out somebody whom nobody knows is refused: the name may be misspelt', async () => {
    const { teams } = world;
    await teams.write(alex, 'delete all experiments in Churn Lab except those made by Megna Bowen');
    await cardFor(teams, alex, 'I cannot find “Megna Bowen”');
    await teams.write(alex, "delete all experiments in Churn Lab except mine and Adele's");
    await cardFor(teams, alex, 'I cannot find “Adele”');
  });

  it('lists what others own, and says whose each is in the own chat only', async () => {
    const { teams } = world;
    await teams.write(alex, 'which experiments in Churn Lab are not mine?');
    const list = await cardFor(teams, alex, 'experiments in “Churn Lab”', 'other than you', /meganb?/iu);
    expect(cardText(list.card)).not.toContain('Explore tenure');
  });
});

describe('what remains of a list', () => {
  it('“the second” is the one in that place on the card', async () => {
    const { teams } = world;
    await teams.write(alex, 'list the models in Churn Lab');
    const list = await cardFor(teams, alex, '2 trained models in “Churn Lab”');
    const text = cardText(list.card);
    const isNewFirst = text.indexOf('Churn predictor 2018') > text.indexOf('Churn predictor');
    await teams.write(alex, 'delete all of these except the second');
    const first = isNewFirst ? 'Churn predictor' : 'Churn predictor 2018';
    const preview = await cardFor(teams, alex, `Delete “${first}” from “Churn Lab”?`, 'cannot be undone');
    await cancelAll(preview);
  });

  it('“the other one” is the one that was not spoken of since', async () => {
    const { teams } = world;
    await teams.write(alex, 'list the two oldest datasets in Churn Lab');
    await cardFor(teams, alex, 'CON', 'Churn baseline');
    await teams.write(alex, 'how big is CON?');
    await cardFor(teams, alex, 'About this dataset', 'CON');
    await teams.write(alex, 'delete the other one');
    const preview = await cardFor(teams, alex, 'Delete “Churn baseline” from “Churn Lab”?', 'cannot be undone');
    await cancelAll(preview);
  });

  it('is a question that names each, where it is not certain', async () => {
    const { teams } = world;
    await teams.write(alex, 'list the two oldest datasets in Churn Lab');
    await cardFor(teams, alex, 'CON', 'Churn baseline');
    await teams.write(alex, 'delete the other one');
    await cardFor(teams, alex, /Did you mean/u, 'CON', 'Churn baseline');
  });
});

describe('a preview that waits', () => {
  it('is replaced by a narrower one', async () => {
    const { teams } = world;
    await teams.write(alex, 'delete all experiments in Churn Lab');
    const wide = await cardFor(teams, alex, 'Explore tenure', 'Churn baseline', 'cannot be undone');
    await teams.write(alex, "only Megan's");
    const preview = await cardFor(teams, alex, 'Churn baseline', 'owned by “Megan”', 'cannot be undone');
    expect(cardText(preview.card)).not.toContain('Explore tenure');
    await became(teams, wide, `so ${idOf(preview)} takes its place`);
    await cancelAll(preview);
  });

  it('is not replaced by what it does not list', async () => {
    const { teams } = world;
    await teams.write(alex, 'delete the draft experiments in Churn Lab');
    const preview = await cardFor(teams, alex, 'Delete “Explore tenure” from “Churn Lab”?', 'cannot be undone');
    const id = idOf(preview);
    await teams.write(alex, 'just churn.csv');
    await cardFor(teams, alex, `“churn.csv” is not among what ${id} lists, so I did nothing`);
    await teams.write(alex, 'just Explore tenure');
    // The preview before it may list the same.
    const narrow = await teams.waitFor(personalChat(alex), ({ card }) => {
      const text = cardText(card);
      return text.includes('Delete “Explore tenure” from “Churn Lab”?') && !text.includes(id);
    });
    await cancelAll(narrow);
  });
});

describe('names without their endings', () => {
  it('are asked about by their whole names before anything is previewed', async () => {
    const { teams } = world;
    // A turn waits 300 ms for the names at most, and the next one finds them.
    await teams.write(alex, 'how big is churn.csv?');
    await cardFor(teams, alex, 'About this dataset', 'churn.csv');
    await teams.write(alex, 'delete customers and the old churn-2018');
    const question = await cardFor(teams, alex, /Did you mean/u, 'Delete “customers.tsv” and “churn-2018.csv”');
    const slots = { assets: [{ name: 'customers.tsv' }, { name: 'churn-2018.csv' }] };
    const reading = JSON.stringify({ intent: 'delete.assets', slots });
    expect(JSON.stringify(question.card)).toContain(JSON.stringify(reading).slice(1, -1));
    await teams.press(alex, { reading }, { verb: offeredVerb, replyTo: question.id });
    const preview = await cardFor(teams, alex, 'customers.tsv', 'churn-2018.csv', 'cannot be undone');
    await cancelAll(preview);
  });
});

describe('a number of the biggest, without a workspace', () => {
  it('is picked from all of them together', async () => {
    await world.teams.write(alex, 'which five datasets take up the most space?');
    const card = await cardFor(world.teams, alex, /^5 datasets in \d workspaces/u, 'Only the 5 biggest');
    expect(cardText(card.card)).not.toContain('The newest of each');
  });
});

describe('what is nowhere', () => {
  it('is said at once, without a question for the workspace', async () => {
    const { teams } = world;
    await teams.write(alex, 'delete dataset nowhere.csv');
    await cardFor(teams, alex, 'nowhere.csv', 'any of your workspaces');
  });

  it('has no link: somebody who has exported nothing is told so', async () => {
    const { teams } = world;
    await teams.write(patti, 'download link please');
    await cardFor(teams, patti, 'You have no export with files to download');
  });
});

describe('looking before deleting', () => {
  it.each([
    'what happens if I delete churn.csv',
    'which experiments use churn.csv',
    'how big is churn.csv?',
    'who owns the dataset churn.csv',
    'what would break if I deleted the dataset churn.csv?',
  ])('“%s” shows the dataset, what uses it, and what can be done', async (sentence) => {
    const { teams } = world;
    await teams.write(alex, sentence);
    const card = await cardFor(teams, alex, 'About this dataset', 'churn.csv', 'Alex Wilber', /Versions/u);
    expect(cardText(card.card)).toMatch(/would be affected by its deletion/u);
    await teams.write(alex, sentenceOf(card.card, 'Delete'));
    const preview = await cardFor(teams, alex, 'Delete “churn.csv” from “Churn Lab”?', 'cannot be undone');
    await cancelAll(preview);
  });
});

describe('several workspaces in one sentence', () => {
  it('make one request each, with one card that adds up, and each has its own preview', async () => {
    const { teams } = world;
    await teams.write(alex, 'export the workspaces Churn Lab and Fraud Detection');
    const group = await cardFor(teams, alex, '2 requests, one for each workspace', 'Churn Lab', 'Fraud Detection');
    await cardFor(teams, alex, 'Export “Churn Lab”?');
    await cardFor(teams, alex, 'Export “Fraud Detection”?');
    const answer = await pressButton(teams, alex, group, 'Update');
    expect(JSON.stringify(answer.body)).toMatch(/2 waiting for your confirmation\\?\. Together: \d+ assets/u);
    await cancelEverything(idOf(group));
  });

  it('are all listed, the newest of each, when none is named', async () => {
    const { teams } = world;
    await teams.write(alex, 'list my datasets');
    const list = await cardFor(teams, alex, /datasets in 3 workspaces/u, 'Churn Lab', 'Fraud Detection');
    expect(cardText(list.card)).toContain('transactions.csv');
  });
});
