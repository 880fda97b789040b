import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '../../src/domain/clock.ts';
import { systemClock } from '../../src/system-clock.ts';
import { introduce } from '../harness/approvers.ts';
import { cardFor, pressButton } from '../harness/talk.ts';
import { cardText, type PostedMessage, personalChat } from '../harness/teams.ts';
import { alex, startWorld, type World } from '../harness/world.ts';

/** The real time; only the 300 ms that a turn waits for the names that exist are not shortened. */
const patientClock: Clock = {
  now: systemClock.now,
  wait: (milliseconds, signal) => systemClock.wait(milliseconds === 300 ? 3_000 : milliseconds / 50, signal),
};

/** What free talk of people who had not read the help was answered wrongly once, end to end. */
describe('what people say around commands', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ clock: patientClock });
    await introduce(world);
    // The names that exist are looked up with the first message, and are there for the next ones.
    await asking('list datasets in Churn Lab', 'datasets in “Churn Lab”');
  });
  afterAll(() => world.close());

  const say = (text: string) => world.teams.write(alex, text);
  const answered = (...texts: (string | RegExp)[]) => cardFor(world.teams, alex, ...texts);
  const idIn = (text: string) => /DSR-\d+/u.exec(text)?.[0] ?? '';
  /** Says it, and waits for a new message with these texts. */
  async function asking(text: string, ...texts: (string | RegExp)[]) {
    const before = new Set(world.teams.messages(personalChat(alex)).map(({ id }) => id));
    await say(text);
    const isNew = ({ id, card }: PostedMessage) => {
      const said = cardText(card);
      const has = (each: string | RegExp) => (typeof each === 'string' ? said.includes(each) : each.test(said));
      return !before.has(id) && texts.every(has);
    };
    return world.teams.waitFor(personalChat(alex), isNew, 12_000);
  }

  it('a list says what it does not answer, and a word of a workspace’s name is enough to look into it', async () => {
    await asking(
      'how much is in churn lab total and when does it shut down',
      'I did not take “when does it shut down” into account',
    );
    await asking('fraud detection datasets by megan', 'in “Fraud Detection”', 'Owned by “megan”');
  });

  it('“bin it” behind the one that a list picked is about that one', async () => {
    await asking('what is the oldest dataset in Churn Lab that nobody uses', 'CON', 'Owner');
    const preview = await asking('bin it', 'Delete “CON” from “Churn Lab”?');
    await asking(
      'hm I would rather keep it, it may be needed for the audit',
      `${idIn(cardText(preview.card))} is cancelled`,
    );
  });

  it('of several that wait, “leave it” is about the newest, and one that is named is that one', async () => {
    const first = await asking('delete dataset churn-2018.csv in Churn Lab', 'Delete “churn-2018.csv”');
    const second = await asking('delete dataset "Scored customers" in Churn Lab', 'Delete “Scored customers”');
    const third = await asking('delete dataset customers.tsv in Churn Lab', 'Delete “customers.tsv”');
    const [a, b, c] = [first, second, third].map(({ card }) => idIn(cardText(card))) as [string, string, string];
    await asking(
      'I changed my mind about churn-2018.csv, keep it, thanks',
      `${a} is cancelled`,
      `${c} and ${b} still wait`,
    );
    await asking(`${b.slice(4)} and ${c.slice(4)} can go`, `${c} is cancelled`);
    await answered(`${b} is cancelled`);
  });

  it('what waits for an approval does not wait for its requester', async () => {
    const preview = await asking('delete dataset labels.csv in Fraud Detection', 'Delete “labels.csv”');
    await pressButton(world.teams, alex, preview, 'Delete');
    await answered('Waiting for approval');
    const id = idIn(cardText(preview.card));
    await asking('flibbertigibbet the wibbly one', `${id} waits for an approval, not for you.`);
    await asking('oh no, I would rather keep labels.csv after all', `${id} is cancelled`);
  });

  it('a link is that of the archive that is named', async () => {
    for (const workspace of ['Guest-Workspace', 'Churn Lab']) {
      const preview = await asking(`export workspace "${workspace}"`, `Export “${workspace}”?`);
      await pressButton(world.teams, alex, preview, 'Export');
      await answered(`Your export of “${workspace}” is ready`);
    }
    await asking('I meant the download link for the guest backup', 'Your export of “Guest-Workspace” is ready');
    await asking('can you email the zip to Bob please', 'my download links go only to the person who asked');
  });

  it('a schedule says what it stands beside, and none is made for a workspace that is gone before', async () => {
    const card = await asking('export churn lab every monday', 'every Monday?', 'Schedule it');
    await world.teams.press(alex, scheduleData(card.card, 'Schedule it'), {
      conversation: personalChat(alex),
      verb: 'schedule',
    });
    await asking(
      'export churn lab every friday',
      '“Churn Lab” is already exported every Monday, and that stays as it is',
    );
    await asking('so only fridays now right', 'every Monday');
    await asking('export guest workspace every monday', 'is purged with all its data on', 'so I scheduled nothing');
    await asking(
      'back up churn lab every month, preferably on the first working day',
      'I cannot repeat on working days',
    );
  });

  it('readings that were offered can be named by their place', async () => {
    await asking(
      "wait, Guest-Workspace, what's that, did I make those?",
      'Did you mean one of these?',
      'List everything in “Guest-Workspace”',
    );
    await asking('the second one duh', 'assets in “Guest-Workspace”');
  });

  it('who an owner is, conditions, and thanks in many words are answered', async () => {
    await asking('who is Megan Bowen', 'The owner on a card is what');
    await asking("if churn.csv isn't Megan's, bin it, and if it is then leave it alone", 'I do not act on conditions');
    await asking('Thank you very much, you have been patient with me.', 'You are welcome.');
  });

  it('“all of them” to the question which workspace gets a sentence for each', async () => {
    await asking('alright, export my personal data then', 'Which workspace do you want to export?');
    const each = await asking('all of them', 'One request is about one workspace.');
    expect(cardText(each.card)).toContain('export my personal data from workspace "Churn Lab"');
  });

  it('“stop” a moment too late says so', async () => {
    await say('cancel everything');
    const preview = await asking('delete dataset CON in Churn Lab', 'Delete “CON”');
    await pressButton(world.teams, alex, preview, 'Delete');
    await answered('Deleted “CON”');
    await asking(
      'Oh, wait, please stop, I would rather keep it for the moment.',
      'has already ended, so there is nothing left to stop',
    );
  });
});

/** The data of a button of a schedule's card. */
function scheduleData(card: unknown, title: string): unknown {
  let found: unknown;
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(walk);
    if (node === null || typeof node !== 'object') return;
    const button = node as { title?: unknown; verb?: unknown; data?: unknown };
    if (button.verb === 'schedule' && button.title === title) found = button.data;
    Object.values(node).forEach(walk);
  };
  walk(card);
  return found;
}
