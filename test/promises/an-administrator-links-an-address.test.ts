import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatPerson } from '../../src/emulators/graph/sample-people.ts';
import { cardFor } from '../harness/talk.ts';
import { cardText, type PostedMessage } from '../harness/teams.ts';
import { adele, alex, megan, patti, startWorld, type World } from '../harness/world.ts';

/** Alex owns a workspace by this address in Studio, and Adele's account shows another one. */
const studioAddress = alex.email;

describe('an administrator links an address in the chat', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({
      prepare: async (settings) => ({
        ...settings,
        requests: { ...settings.requests, administrators: [megan.email, patti.email] },
      }),
    });
    // Alex's account has another address by now than the one that Studio knows.
    world.teams.roster.set(alex, { userPrincipalName: 'alex.new@example.com', email: 'alex.new@example.com' });
    for (const person of [alex, megan, adele]) await world.teams.write(person, 'what may I do');
  });
  afterAll(() => world.close());

  /** A person's press on the preview of a link. */
  const pressOn = (person: ChatPerson, { card }: PostedMessage, choice: 'confirm' | 'decline') => {
    const change = Number(/"change":(\d+)/u.exec(JSON.stringify(card))?.[1]);
    return world.teams.press(person, { change, choice }, { verb: 'address' });
  };
  const pressedCard = (body: { value?: unknown } | null) => cardText(body?.value as PostedMessage['card']);

  it(`who sees what it gives, and then Alex may do it`, async () => {
    const { teams } = world;
    await teams.write(alex, `link ${studioAddress} to Alex Wilber`);
    await cardFor(teams, alex, 'Only an administrator can see or change which account an address belongs to');
    await teams.write(megan, `whose is ${studioAddress}?`);
    await cardFor(teams, megan, `${studioAddress} is not linked to any account`);
    await teams.write(megan, `link ${studioAddress} to Alex Wilber`);
    const shown = await cardFor(teams, megan, `Link ${studioAddress} to Alex Wilber (alex.new@example.com)?`);
    expect(cardText(shown.card)).toContain('Owner of the workspace “Churn Lab”');
    // Nobody else's press does anything, on whatever card it comes.
    const others = await pressOn(alex, shown, 'confirm');
    expect(JSON.stringify(others.body)).toContain('I cannot find that, so nothing was changed.');
    const pressed = await pressOn(megan, shown, 'confirm');
    expect(pressedCard(pressed.body)).toContain('The address is linked.');
    expect(JSON.stringify(pressed.body)).not.toContain('Action.Execute');
    await cardFor(teams, alex, 'Megan Bowen linked the address', studioAddress, 'to your account');
    await teams.write(alex, 'list my workspaces');
    await cardFor(teams, alex, 'Churn Lab', 'owner');
    // What was written is in no log.
    expect(world.log.join('')).not.toContain(studioAddress);
  });

  it('never for the administrator’s own account', async () => {
    await world.teams.write(megan, 'link old.megan@example.com to Megan Bowen');
    await cardFor(world.teams, megan, 'Nobody can give rights to their own account');
  });

  it('and ends the link', async () => {
    const { teams } = world;
    await teams.write(megan, `unlink ${studioAddress} from Adele Vance`);
    await cardFor(teams, megan, `${studioAddress} is linked to Alex Wilber`, 'not to Adele Vance');
    await teams.write(megan, `unlink ${studioAddress}`);
    const shown = await cardFor(teams, megan, `Unlink ${studioAddress} from Alex Wilber`, 'What is lost with it today');
    expect(pressedCard((await pressOn(megan, shown, 'decline')).body)).toContain('Nothing was changed.');
    await teams.write(megan, `unlink ${studioAddress} please`);
    const again = await cardFor(teams, megan, 'Unlink', 'waiting for your confirmation');
    const pressed = await pressOn(megan, again, 'confirm');
    expect(pressedCard(pressed.body)).toContain('The link has ended.');
    await cardFor(teams, alex, 'Megan Bowen ended the link');
  });
});
