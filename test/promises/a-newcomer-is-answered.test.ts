import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChatPerson, chatTenantId } from '../../src/emulators/graph/sample-people.ts';
import { walk } from '../cards/walk.ts';
import { createTestDatabase, describeOnPostgres, type TestDatabase } from '../harness/postgres.ts';
import { buttonOf, cardFor, pressButton } from '../harness/talk.ts';
import { type CardJson, cardText, type PostedMessage, personalChat } from '../harness/teams.ts';
import { adele, alex, approversChannel, isaiah, megan, patti, startWorld, type World } from '../harness/world.ts';

const contact = 'Nadia Keller (studio-help@example.com)';
const welcome = 'I am Studio Steward';
const channel = { conversation: '19:general@thread.tacv2;messageid=1', kind: 'channel' } as const;

let accounts = 0;

/** What the buttons of a card say when they are pressed. */
const says = (card: CardJson | null): string[] =>
  [...walk(card)].flatMap(({ verb, data }) => (verb === 'say' ? [(data as { text: string }).text] : []));

function newcomersAreAnswered(options: () => Promise<Parameters<typeof startWorld>[0]>): void {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({
      ...(await options()),
      prepare: async (settings) => ({
        ...settings,
        requests: { ...settings.requests, administratorContact: contact },
      }),
    });
  });
  afterAll(() => world.close());

  /** Somebody whom nobody has seen before, and who is in no workspace. */
  function stranger(): ChatPerson {
    const number = String(++accounts).padStart(2, '0');
    const person: ChatPerson = {
      id: `29:newcomer-${number}`,
      objectId: `bbbbbbbb-0000-4000-8000-0000000000${number}`,
      givenName: 'Noa',
      surname: `New${number}`,
      email: `newcomer-${number}@example.com`,
    };
    world.teams.roster.set(person, {
      name: `Noa New${number}`,
      aadObjectId: person.objectId,
      userPrincipalName: person.email,
      email: person.email,
      tenantId: chatTenantId,
      userRole: 'user',
    });
    return person;
  }

  const installs = (person: ChatPerson, id?: string, place: object = {}) =>
    world.teams.send(
      world.teams.activity(
        person,
        { type: 'installationUpdate', action: 'add', ...(id === undefined ? {} : { id }) },
        place,
      ),
    );
  const textOf = ({ text, card }: PostedMessage) => `${text} ${cardText(card)}`;
  const welcomesIn = (conversation: string) =>
    world.teams.messages(conversation).filter((message) => textOf(message).includes(welcome));

  /** All that the bot says to one message of somebody, by mention where others read it. */
  async function answersTo(person: ChatPerson, text: string, place: typeof channel | null = null) {
    const { teams } = world;
    const conversation = place?.conversation ?? personalChat(person);
    const before = new Set(teams.messages(conversation).map(({ id }) => id));
    const mention = '<at>Studio Steward</at>';
    const entities = [{ type: 'mention', text: mention, mentioned: { id: 'bot', name: 'Studio Steward' } }];
    const { status } = await (place === null
      ? teams.write(person, text)
      : teams.write(person, `${mention} ${text}`, { ...place, more: { entities } }));
    expect(status).toBe(200);
    await teams.waitFor(conversation, ({ id }) => !before.has(id));
    return teams.messages(conversation).filter(({ id }) => !before.has(id));
  }

  const firstMessages: readonly [string, string, RegExp][] = [
    ['a greeting', 'hi', /Hello Noa\. What would you like to do\?/u],
    ['a command', 'list my datasets', /cannot find a workspace that you are a member of/u],
    ['nonsense', 'mmm foo bar', /did not understand/u],
    ['a question', 'what can a guest do?', /guest/iu],
    ['a wish for help', 'help', /What I can do for you/u],
  ];

  it.each(firstMessages)('in the personal chat by what it says: %s', async (_kind, text, expected) => {
    const person = stranger();
    const said = await answersTo(person, text);
    expect(said).toHaveLength(1);
    expect(said.map(textOf).join()).toMatch(expected);
    expect(welcomesIn(personalChat(person))).toEqual([]);
  });

  it.each(firstMessages)('by mention in a channel by what it says: %s', async (_kind, text, expected) => {
    const said = await answersTo(stranger(), text, channel);
    expect(said).toHaveLength(1);
    expect(said.map(textOf).join()).toMatch(expected);
    expect(said.map(textOf).join()).not.toContain('newcomer-');
  });

  it('with one welcome after an installation, which is reported twice, and an answer to “hi” beside it', async () => {
    await installs(alex, 'installed-1');
    await cardFor(world.teams, alex, 'Hello Alex', welcome);
    await installs(alex, 'installed-1');
    const [greeting] = await answersTo(alex, 'hi');
    expect(cardText(greeting?.card ?? null)).toContain('Hello Alex. What would you like to do?');
    expect(says(greeting?.card ?? null)).toEqual(['export my workspace', 'list my datasets', 'status', 'help']);
    expect(welcomesIn(personalChat(alex))).toHaveLength(1);
  });

  it('with what they asked for, when their first message is a command', async () => {
    const [listed] = await answersTo(megan, 'list my datasets in workspace "Churn Lab"');
    expect(cardText(listed?.card ?? null)).toContain('churn.csv');
    await answersTo(adele, 'export my workspace');
    await cardFor(world.teams, adele, 'Export “Fraud Detection”?');
    expect(welcomesIn(personalChat(adele))).toEqual([]);
  });

  it('in a channel with a welcome for everybody, which names nobody', async () => {
    const team = { conversation: '19:data@thread.tacv2', kind: 'channel' };
    await installs(isaiah, undefined, team);
    const [message] = welcomesIn(team.conversation);
    expect(cardText(message?.card ?? null)).toContain('Mention me here');
    expect(cardText(message?.card ?? null)).not.toContain('Isaiah');
  });

  describe('without a workspace', () => {
    it('with whom to ask, by name, and which address was compared, whatever they want', async () => {
      const person = stranger();
      await installs(person);
      const welcomed = await cardFor(world.teams, person, welcome);
      expect(cardText(welcomed.card)).toContain(`ask ${contact}.`);
      expect(says(welcomed.card)).not.toContain('export my workspace');
      for (const text of [
        'list my datasets',
        'list my workspaces',
        'export my workspace',
        'delete dataset churn.csv',
        'what may I do',
      ]) {
        await answersTo(person, text);
        const answer = await world.teams.waitFor(
          personalChat(person),
          ({ card, id }) => id !== welcomed.id && cardText(card).includes(contact),
        );
        expect(cardText(answer.card), text).toContain(person.email);
        world.teams.forget(answer.id);
      }
      const [helped] = await answersTo(person, 'help');
      expect(cardText(helped?.card ?? null)).toContain(contact);
      expect(says(helped?.card ?? null)).not.toContain('delete my workspace');
    });
  });

  describe('asking for help', () => {
    it('in five lines with buttons that fit, and with everything only when that is wanted', async () => {
      const [short] = await answersTo(alex, 'help');
      const { card = null } = short ?? {};
      expect(says(card)).toEqual([
        'export my workspace',
        'list my datasets',
        'list my datasets',
        'status',
        'list my datasets',
        'help all',
      ]);
      expect(cardText(card)).toContain('delete dataset …');
      expect(cardText(card)).toContain('More: ');
      const [long] = await answersTo(alex, 'help all');
      expect(says(long?.card ?? null).length).toBeGreaterThan(10);
      expect(cardText(long?.card ?? null)).toContain('delete my workspace');
    });

    it('for an approver where approvals are asked for, with these first', async () => {
      const [answer] = await answersTo(megan, 'help', { ...channel, conversation: approversChannel } as never);
      expect(says(answer?.card ?? null)[0]).toBe('what waits for my approval');
      const [elsewhere] = await answersTo(patti, 'help', channel);
      expect(says(elsewhere?.card ?? null)[0]).toBe('export my workspace');
    });

    it('asks for the name when a suggestion is sent with its “…”, and the next message completes it', async () => {
      const [asked] = await answersTo(alex, 'delete dataset …');
      expect(cardText(asked?.card ?? null)).toContain('What should I delete?');
      await world.teams.write(alex, 'churn.csv');
      const preview = await cardFor(world.teams, alex, 'Delete “churn.csv” from “Churn Lab”?');
      await pressButton(world.teams, alex, preview, 'Cancel');
      await cardFor(world.teams, alex, buttonOf(preview, 'Cancel').request, /[Cc]ancelled/u);
      const [which] = await answersTo(alex, 'how big is …?');
      expect(cardText(which?.card ?? null)).toContain('Which one do you mean?');
      expect(says(which?.card ?? null)).toEqual(['list my datasets', 'list my experiments']);
    });
  });
}

describe('a newcomer is answered, on PGlite:', () => newcomersAreAnswered(async () => ({})));

describeOnPostgres('a newcomer is answered, on PostgreSQL:', () => {
  let database: TestDatabase;
  afterAll(() => database.drop());
  newcomersAreAnswered(async () => {
    database = await createTestDatabase();
    return { database: { kind: 'postgres', url: database.url, maxConnections: 4 } };
  });
});
