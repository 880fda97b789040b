import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatPerson } from '../../src/emulators/graph/sample-people.ts';
import { inChannel, introduce } from '../harness/approvers.ts';
import { everyDeletionNeeds } from '../harness/policies.ts';
import { StudioPerson } from '../harness/studio-person.ts';
import { became, buttonOf, cardFor, cardSaying, pressButton } from '../harness/talk.ts';
import { cardText, type PostedMessage, personalChat } from '../harness/teams.ts';
import { adele, alex, approversChannel, isaiah, megan, patti, startWorld, type World } from '../harness/world.ts';

describe('an approver who is away has a deputy', () => {
  let world: World;
  let studio: StudioPerson;
  beforeAll(async () => {
    world = await startWorld({
      prepare: async (settings) => ({
        ...settings,
        requests: {
          ...settings.requests,
          policy: { ...everyDeletionNeeds(1), approversExist: true },
          approvers: [adele.email, patti.email],
          administrators: [megan.email],
          approvalsInOwnChats: false,
        },
      }),
    });
    await introduce(world);
    studio = new StudioPerson(world.studio, 'Churn Lab');
    for (const person of [alex, adele, isaiah, megan]) await world.teams.write(person, 'what may I do');
  });
  afterAll(() => world.close());

  const pressOn = async (person: ChatPerson, { card }: PostedMessage, choice: string, place = {}) => {
    const deputyship = Number(/"deputyship":(\d+)/u.exec(JSON.stringify(card))?.[1]);
    const { body } = await world.teams.press(person, { deputyship, choice }, { verb: 'deputy', ...place });
    return { said: JSON.stringify(body ?? ''), text: cardText((body?.value ?? null) as PostedMessage['card']) };
  };
  /** A deletion by Alex that waits for an approval. */
  async function asked(dataset: string): Promise<PostedMessage> {
    const { teams } = world;
    await teams.write(alex, `delete dataset "${dataset}" in workspace "Churn Lab"`);
    const preview = await cardFor(teams, alex, `Delete “${dataset}” from “Churn Lab”?`);
    await pressButton(teams, alex, preview, 'Delete');
    return cardSaying(teams, approversChannel, 'Alex Wilber wants to delete', dataset);
  }
  const seenBy = (person: ChatPerson, text: string) =>
    world.teams.messages(personalChat(person)).filter(({ card }) => cardText(card).includes(text));
  const titles = ({ card }: PostedMessage) =>
    [...JSON.stringify(card).matchAll(/"title":"([^"]+)","verb":"deputy"/gu)].map(([, title]) => title);
  let shown: PostedMessage;
  let toIsaiah: PostedMessage;

  it('whom they name by a press on a card that says until when, and nobody else', async () => {
    const { teams } = world;
    await teams.write(adele, 'Isaiah decides for me');
    await cardFor(teams, adele, 'Until when?', 'at most 60 days');
    await teams.write(adele, 'Isaiah Langer decides for me until 2099-01-01');
    await cardFor(teams, adele, 'at most 60 days at a time');
    await teams.write(alex, 'Isaiah Langer decides for me for two weeks');
    await cardFor(teams, alex, 'This person does not decide about any requests');
    await teams.write(alex, 'Isaiah Langer decides for Adele Vance for two weeks');
    await cardFor(teams, alex, 'For somebody else only an administrator can');
    await teams.write(adele, 'Isaiah Langer decides for me for two weeks', inChannel);
    await cardSaying(teams, approversChannel, 'Please ask me in our personal chat.');
    await teams.write(adele, 'Isaiah decides for me for two weeks');
    shown = await cardFor(teams, adele, 'Isaiah Langer decides for you?', 'From now until the end of');
    expect(cardText(shown.card)).toContain('I ask the administrators when you press.');
    for (const other of [isaiah, megan, alex])
      expect((await pressOn(other, shown, 'confirm')).said).toContain(
        'Only the person who asked for this can confirm it.',
      );
    expect((await pressOn(adele, shown, 'confirm', inChannel)).said).toContain('in our personal chat only');
    expect((await pressOn(adele, shown, 'confirm')).text).toContain('Isaiah Langer decides for you');
    expect((await pressOn(adele, shown, 'confirm')).text).toContain('Isaiah Langer decides for you');
    toIsaiah = await cardFor(teams, isaiah, 'You decide for Adele Vance', 'Named by Adele Vance.');
    expect(seenBy(isaiah, 'You decide for Adele Vance')).toHaveLength(1);
  });

  it('who is asked and decides once an administrator has admitted them, and is named as the deputy', async () => {
    const { teams } = world;
    const approval = await asked('churn.csv');
    const toMegan = await cardFor(teams, megan, 'Isaiah Langer decides for Adele Vance', 'until an administrator');
    expect(titles(toMegan)).toEqual(['Admit this deputy', 'End it']);
    expect(seenBy(isaiah, 'wants to delete')).toEqual([]);
    const forged = await teams.press(isaiah, buttonOf(approval, 'Approve'), inChannel);
    expect(JSON.stringify(forged.body)).not.toContain('Approved by');
    await cardSaying(teams, approversChannel, 'You are not among those who decide about this request.');
    expect((await pressOn(isaiah, toMegan, 'admit')).said).toContain('only an administrator can');
    expect((await pressOn(alex, toMegan, 'end')).said).toContain('Only the two people concerned');
    expect((await pressOn(megan, toMegan, 'admit')).text).toContain('An administrator has admitted Isaiah Langer.');
    await cardFor(teams, isaiah, 'An administrator has admitted you.');
    const own = await cardFor(teams, isaiah, 'Alex Wilber wants to delete', 'You decide for Adele Vance.');
    await pressButton(teams, isaiah, own, 'Approve');
    await became(teams, approval, 'Approved by Isaiah Langer (for Adele Vance)');
    await cardFor(teams, alex, 'Deleted “churn.csv”', 'Isaiah Langer (for Adele Vance)');
    expect(await studio.names()).not.toContain('churn.csv');
  });

  it('whom those who decide can ask for, and nobody else', async () => {
    const { teams } = world;
    await teams.write(adele, 'who is my deputy?');
    await cardFor(teams, adele, 'Isaiah Langer decides for you', 'An administrator has admitted Isaiah Langer.');
    await teams.write(megan, 'who stands in for Adele?');
    await cardFor(teams, megan, 'Isaiah Langer decides for Adele Vance', 'has admitted Isaiah Langer');
    await teams.write(alex, 'who stands in for Adele?');
    await cardFor(teams, alex, 'I know of nobody who decides for Adele Vance, or may not show it to you.');
    await teams.write(megan, 'who stands in for Adele?', inChannel);
    await cardSaying(teams, approversChannel, 'Who is away and who decides for them concerns only them.');
    expect(seenBy(alex, 'Isaiah Langer')).toHaveLength(1);
  });

  it('until they are back, which a press says', async () => {
    const { teams } = world;
    await teams.write(adele, "I'm back");
    const held = await cardFor(teams, adele, 'Isaiah Langer decides for you', 'An administrator has admitted');
    expect(titles(held)).toEqual(['I am back']);
    expect((await pressOn(adele, held, 'end')).text).toContain('You ended it.');
    expect((await pressOn(isaiah, toIsaiah, 'end')).text).toContain('You no longer decide for Adele Vance');
    await cardFor(teams, isaiah, 'You no longer decide for Adele Vance', 'Adele Vance ended it.');
    await teams.write(adele, "I'm back");
    await cardFor(teams, adele, 'Nobody is your deputy');
    const approval = await asked('customers.tsv');
    await teams.press(isaiah, buttonOf(approval, 'Approve'), inChannel);
    expect(seenBy(isaiah, 'customers.tsv')).toEqual([]);
    await teams.write(isaiah, 'what waits for my approval');
    await cardFor(teams, isaiah, 'Nothing is waiting for your approval.');
    expect(await studio.names()).toContain('customers.tsv');
  });

  it('named by an administrator, of which the person away is told, and who can decline', async () => {
    const { teams } = world;
    await teams.write(megan, 'Megan Bowen is the deputy of Adele Vance for a week');
    await cardFor(teams, megan, 'An administrator cannot become somebody’s deputy by their own press.');
    await teams.write(megan, 'make Isaiah the deputy of Adele for a week');
    const preview = await cardFor(
      teams,
      megan,
      'Isaiah Langer decides for Adele Vance?',
      'You admit Isaiah Langer with this',
    );
    await pressOn(megan, preview, 'confirm');
    await cardFor(teams, adele, 'Isaiah Langer decides for you', 'Named by Megan Bowen.');
    const told = await cardFor(teams, isaiah, 'You decide for Adele Vance', 'Named by Megan Bowen.');
    await cardFor(teams, isaiah, 'Alex Wilber wants to delete', 'customers.tsv', 'You decide for Adele Vance.');
    expect((await pressOn(isaiah, told, 'end')).text).toContain('You declined.');
    await cardFor(teams, adele, 'Isaiah Langer no longer decides for you', 'Isaiah Langer declined.');
  });
});
