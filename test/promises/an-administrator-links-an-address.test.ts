import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../src/database/connection.ts';
import { defaultRetention } from '../../src/domain/retention.ts';
import type { ChatPerson } from '../../src/emulators/graph/sample-people.ts';
import { cardFor, cardSaying } from '../harness/talk.ts';
import { cardText, type PostedMessage } from '../harness/teams.ts';
import { adele, alex, megan, patti, startWorld, type World } from '../harness/world.ts';

const inGroup = { conversation: 'group-chat', kind: 'groupChat' } as const;

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

describe('somebody proves an address by a code', () => {
  let world: World;
  let printed = '';
  beforeAll(async () => {
    world = await startWorld({
      prepare: async (settings) => ({
        ...settings,
        mail: { kind: 'console' },
        requests: { ...settings.requests, retention: { ...defaultRetention, unclearMs: 86_400_000 } },
      }),
    });
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      printed += String(text);
      return true;
    });
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await world.close();
  });

  it('that is in the mail, on their screen, and nowhere else', async () => {
    const { teams } = world;
    await teams.write(adele, 'adele@old.example is mine too', inGroup);
    await cardSaying(teams, inGroup.conversation, 'Others can read this chat, so I did nothing here.');
    await teams.write(adele, 'adele@old.example is mine too');
    await cardFor(teams, adele, 'I have sent a code to adele@old.example.');
    const code = /my code is (\d{8})/u.exec(printed)?.[1] ?? '';
    expect(code).not.toBe('');
    // Words that nobody can read, with the code in them, and then others that say what was wanted.
    await teams.write(adele, `zxqv ${code} hmm blorp`);
    await cardFor(teams, adele, 'If the number in your message is the code that I sent you');
    await teams.write(adele, 'my code is 00000000');
    await cardFor(teams, adele, /That is not the code\. You can try \d more times?\./u);
    await teams.write(adele, code);
    await cardFor(teams, adele, 'adele@old.example is linked to your account.');
    await teams.write(adele, 'list my workspaces');
    expect(world.log.join('')).not.toContain(code);
    expect(world.log.join('')).not.toContain('adele@old.example');
    await world.steward.stop();
    const database = await openDatabase(world.settings.database, () => undefined);
    for (const table of ['unclear_messages', 'conversation_states', 'audit', 'address_codes', 'read_messages']) {
      const { rows } = await sql<object>`select * from ${sql.table(table)}`.execute(database.db);
      expect(JSON.stringify(rows)).not.toContain(code);
    }
    await database.close();
  });
});
