import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { offeredVerb } from '../../src/teams/cards/meant-press.ts';
import { otherUnsupported, unsupportedWords } from '../../src/teams/unsupported-words.ts';
import { type UnsupportedOperation, unsupportedOperations } from '../../src/understanding/intents.ts';
import { walk } from '../cards/walk.ts';
import { buttonOf, cardFor, pressButton } from '../harness/talk.ts';
import { cardText, type PostedMessage, personalChat } from '../harness/teams.ts';
import { alex, megan, startWorld, type World } from '../harness/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

type Place = { readonly conversation: string; readonly kind: 'groupChat' };

/** The answer to a message that is read as something that Steward does not do. */
async function answerTo(person: typeof alex, operation?: UnsupportedOperation, place?: Place) {
  const { teams } = world;
  const conversation = place?.conversation ?? personalChat(person);
  const before = new Set(teams.messages(conversation).map(({ id }) => id));
  const reading = JSON.stringify({ intent: 'unsupported', slots: operation === undefined ? {} : { operation } });
  await teams.press(person, { reading }, { verb: offeredVerb, ...place });
  return teams.waitFor(conversation, ({ id }) => !before.has(id));
}

const says = ({ card }: PostedMessage): string[] =>
  [...walk(card)].flatMap(({ verb, data }) => (verb === 'say' ? [(data as { text: string }).text] : []));

it.each([...unsupportedOperations, undefined])(
  'says in a sentence why not, and offers the nearest: %s',
  async (operation) => {
    const { why, nearest, examples } = operation === undefined ? otherUnsupported : unsupportedWords[operation];
    const answer = await answerTo(alex, operation);
    expect(cardText(answer.card)).toContain(why);
    expect(cardText(answer.card)).toContain(nearest);
    expect(says(answer)).toEqual(examples);
  },
);

describe('somebody who wants something back', () => {
  it('is shown the deletion that can still be stopped, and the button stops it', async () => {
    const { teams } = world;
    await teams.write(alex, 'delete dataset churn.csv in workspace "Churn Lab"');
    const preview = await cardFor(teams, alex, 'Delete “churn.csv” from “Churn Lab”?');
    const { request } = buttonOf(preview, 'Delete');
    const answer = await answerTo(alex, 'restore');
    expect(cardText(answer.card)).toContain(`${request} (churn.csv in Churn Lab) is not finished`);
    expect(says(answer)[0]).toBe(`cancel ${request}`);
    expect(says(await answerTo(megan, 'restore'))).toEqual(unsupportedWords.restore.examples);
    await teams.press(alex, { text: says(answer)[0] }, { verb: 'say' });
    await cardFor(teams, alex, request, /is cancelled/u);
    expect(says(await answerTo(alex, 'restore'))).toEqual(unsupportedWords.restore.examples);
  });

  it('is shown the newest archive that is still there, of their own requests alone, and the button links to it', async () => {
    const { teams } = world;
    await teams.write(alex, 'export dataset churn.csv in workspace "Churn Lab"');
    const preview = await cardFor(teams, alex, 'Export “churn.csv” from “Churn Lab”?');
    const { request } = buttonOf(preview, 'Export');
    await pressButton(teams, alex, preview, 'Export');
    await cardFor(teams, alex, request, 'is ready');
    const answer = await answerTo(alex, 'restore');
    expect(cardText(answer.card)).toMatch(
      new RegExp(`What you exported with ${request} \\(churn\\.csv in Churn Lab\\) is still in storage until \\d`, 'u'),
    );
    expect(says(answer)[0]).toBe(`new link for ${request}`);
    expect(cardText((await answerTo(megan, 'restore')).card)).not.toContain(request);
    await teams.press(alex, { text: says(answer)[0] }, { verb: 'say' });
    await teams.waitFor(
      personalChat(alex),
      ({ id, card }) => id !== preview.id && cardText(card).includes('is ready') && cardText(card).includes(request),
    );
    const group = await answerTo(alex, 'restore', { conversation: 'a group', kind: 'groupChat' });
    expect(JSON.stringify(group.card)).not.toContain('sig=');
  });
});
