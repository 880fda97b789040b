import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatPerson } from '../../src/emulators/graph/sample-people.ts';
import { walk } from '../cards/walk.ts';
import { cardFor, cardSaying } from '../harness/talk.ts';
import { cardText, type PostedMessage } from '../harness/teams.ts';
import { adele, alex, megan, patti, startWorld, type World } from '../harness/world.ts';

/** The data that the button of a card whose title begins so sends. Throws when the card has none. */
function sentBy({ card }: Pick<PostedMessage, 'card'>, title: string): { readonly draft?: string } {
  const button = [...walk(card ?? {})].find((each) => each.verb === 'hold' && String(each.title).startsWith(title));
  if (button === undefined) throw new Error(`no button ${title}`);
  return button.data as { readonly draft?: string };
}

const inChannel = { conversation: 'some-channel', kind: 'channel' } as const;

describe('a legal hold in the chat', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({
      prepare: async (settings) => ({
        ...settings,
        requests: {
          ...settings.requests,
          administrators: [megan.email, patti.email],
          administratorContact: 'the data office (privacy@contoso.com)',
        },
      }),
    });
    for (const person of [alex, megan, adele, patti]) await world.teams.write(person, 'what may I do');
  });
  afterAll(() => world.close());

  /** A person's press on the button of a card whose title begins so, with what is written into its fields. */
  const pressOn = async (person: ChatPerson, card: PostedMessage, title: string, written: object = {}) => {
    const sent = { ...sentBy(card, title), ...written };
    const { body } = await world.teams.press(person, sent, { verb: 'hold' });
    return { ...card, card: body?.value as PostedMessage['card'], sentence: String(body?.value) };
  };
  const textOf = ({ card }: Pick<PostedMessage, 'card'>) => cardText(card);

  it('is for administrators, and in a channel nobody reads anything of it', async () => {
    const { teams } = world;
    await teams.write(alex, 'put a legal hold on Churn Lab, matter 2024-118, because of the audit');
    await cardFor(teams, alex, 'You cannot see, place or lift legal holds', 'the data office (privacy@contoso.com)');
    await teams.write(megan, 'put a legal hold on Churn Lab, matter 2024-118, because of the audit', inChannel);
    const said = await cardSaying(teams, inChannel.conversation, 'Others can read this chat');
    expect(textOf(said)).not.toMatch(/Churn|2024|audit/u);
  });

  it('on an asset: the fields ask for what is missing, and what is written is checked', async () => {
    const { teams } = world;
    await teams.write(megan, 'place dataset churn.csv under hold until the claim is closed');
    const asked = await cardFor(teams, megan, 'Place a legal hold on the dataset “churn.csv” in');
    expect(textOf(asked)).toContain('“until the claim is closed” names no day');
    const empty = await pressOn(megan, asked, 'Check', { reference: '2024-118', reason: ' ' });
    expect(textOf(empty)).toContain('The reference and the reason are needed');
    const preview = await pressOn(megan, empty, 'Check', { reference: '2024-118', reason: 'The auditors asked' });
    expect(textOf(preview)).toContain('What no hold can stop');
    expect(textOf(preview)).toMatch(/Matter: {1,2}2024-118/u);
    const declined = await pressOn(megan, preview, 'Do not');
    expect(textOf(declined)).toContain('Nothing is held.');
    expect(textOf(await pressOn(megan, preview, 'Place'))).toContain('Nothing is held.');
  });

  it('is placed by a press, told to the others, and then nothing of it is deleted', async () => {
    const { teams } = world;
    await teams.write(megan, 'put a legal hold on Churn Lab, matter 2024-118, because of the audit');
    const preview = await cardFor(teams, megan, 'Place a legal hold on the workspace “Churn Lab”?', 'the audit');
    // Neither somebody else nor somebody without the right confirms it.
    expect((await pressOn(patti, preview, 'Place')).sentence).toContain('Only the person who asked for this');
    expect((await pressOn(alex, preview, 'Place')).sentence).toContain('You cannot see, place or lift legal holds');
    const placed = await pressOn(megan, preview, 'Place');
    expect(textOf(placed)).toContain('The hold stands.');
    await cardFor(teams, patti, 'on the workspace “Churn Lab” (2024-118) was placed by Megan Bowen');
    await teams.write(alex, 'delete dataset churn.csv in Churn Lab');
    const refused = await cardFor(teams, alex, 'A legal hold stands on', 'It can still be exported');
    expect(textOf(refused)).toContain('the data office (privacy@contoso.com)');
    expect(textOf(refused)).not.toMatch(/2024-118|audit|Megan/u);
  });

  it('is listed for who may see it, and for others only as far as it stands on what is theirs', async () => {
    const { teams } = world;
    await teams.write(patti, 'what is on hold?');
    const list = await cardFor(
      teams,
      patti,
      'Legal holds: 1',
      'The workspace “Churn Lab”',
      '2024-118, placed by Megan Bowen',
    );
    expect(textOf(await pressOn(patti, list, 'Show'))).toMatch(/Reason: {1,2}the audit/u);
    await teams.write(patti, 'is Churn Lab under a hold?');
    await cardFor(teams, patti, 'Legal holds: 1');
    await teams.write(patti, 'any holds on Jane Doe?');
    await cardFor(teams, patti, 'No legal hold that stands names “Jane Doe”');
    await teams.write(alex, 'is Churn Lab under a hold?');
    const told = await cardFor(teams, alex, 'A legal hold stands on “Churn Lab”', 'Please ask the data office');
    expect(textOf(told)).not.toMatch(/2024-118|audit|Megan/u);
    await teams.write(alex, 'any holds on Jane Doe?');
    await cardFor(teams, alex, 'On whom a hold stands I tell only those who place holds');
    // A forged press of somebody who may not see it.
    const forged = await teams.press(alex, { hold: 2, choice: 'show' }, { verb: 'hold' });
    expect(JSON.stringify(forged.body)).toContain('You cannot see, place or lift legal holds');
    const elsewhere = await teams.press(patti, { hold: 2, choice: 'show' }, { verb: 'hold', ...inChannel });
    expect(JSON.stringify(elsewhere.body)).toContain('in our personal chat only');
  });

  it('is held by name alone where no account is known, and by nobody else’s word', async () => {
    const { teams } = world;
    await teams.write(megan, 'hold everything of Jane Doe until 1 March');
    const asked = await cardFor(teams, megan, 'Place a legal hold on Jane Doe?', 'I know no account of this person');
    expect(textOf(asked)).toContain('until the end of 1 Mar');
    const forged = { draft: sentBy(asked, 'Check').draft?.replace('"objectId":null', '"objectId":"nobody"') };
    const refused = await world.teams.press(megan, { ...forged, reference: 'X-1', reason: 'why' }, { verb: 'hold' });
    expect(JSON.stringify(refused.body)).toContain('I cannot find that hold');
    const preview = await pressOn(megan, asked, 'Check', { reference: 'LIT-7', reason: 'A claim' });
    expect(textOf(await pressOn(megan, preview, 'Place'))).toContain('The hold stands.');
  });

  it('is lifted by another administrator, on a card that says what can be deleted again', async () => {
    const { teams } = world;
    await teams.write(megan, 'lift the hold on Churn Lab because the audit is over');
    await cardFor(teams, megan, 'You placed this hold, so somebody else has to lift it');
    await teams.write(patti, 'lift the hold');
    await cardFor(teams, patti, 'Which of these do you mean? Nothing was lifted.');
    await teams.write(patti, 'lift the hold on Churn Lab');
    const asked = await cardFor(teams, patti, 'Lift the legal hold on the workspace “Churn Lab”?');
    const preview = await pressOn(patti, asked, 'Continue', { reason: 'The audit is over' });
    expect(textOf(preview)).toContain('Can be deleted again at once: everything in the workspace “Churn Lab”');
    expect((await pressOn(megan, preview, 'Lift')).sentence).toContain('Only the person who asked for this');
    expect(textOf(await pressOn(patti, preview, 'Lift'))).toContain('The hold was lifted.');
    await cardFor(teams, megan, 'on the workspace “Churn Lab” (2024-118) was lifted by Patti Fernandez');
    await teams.write(alex, 'delete dataset churn.csv in Churn Lab please');
    await cardFor(teams, alex, 'Delete', 'churn.csv', 'cannot be undone');
    await teams.write(patti, 'lift hold 99 because it is over');
    await cardFor(teams, patti, 'I cannot find that hold');
  });
});
