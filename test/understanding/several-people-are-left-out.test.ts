import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listPress } from '../../src/teams/cards/button-data.ts';
import { encodeReading, offeredPress } from '../../src/teams/cards/meant-press.ts';
import { chosenWords } from '../../src/teams/limit-words.ts';
import type { Reading } from '../../src/understanding/intents.ts';
import { readTurns } from './said-turns.ts';

const read = (...said: readonly string[]): Reading => readTurns(said);

describe('several people in one exception', () => {
  it.each([
    ["delete all datasets except Megan's and Adele's", 'delete.assets', ['Megan', 'Adele']],
    ["delete all datasets except mine and Megan's", 'delete.assets', ['me', 'Megan']],
    ["export all datasets, not Megan's or mine", 'export.assets', ['Megan', 'me']],
    ["list datasets that are not Megan's or mine", 'list.assets', ['Megan', 'me']],
    ['delete all datasets not made by Megan or me', 'delete.assets', ['Megan', 'me']],
    ["delete all datasets not mine and not Megan's", 'delete.assets', ['me', 'Megan']],
    ["delete all experiments except Megan's, Adele's and mine", 'delete.assets', ['Megan', 'Adele', 'me']],
    [
      'delete all experiments except those made by Megan Bowen and Adele Vance',
      'delete.assets',
      ['Megan Bowen', 'Adele Vance'],
    ],
    ['delete all datasets except those by Megan and those by Adele', 'delete.assets', ['Megan', 'Adele']],
    ['delete all models by anyone but me and Megan', 'delete.assets', ['me', 'Megan']],
    ['delete all datasets that neither Megan nor I made', 'delete.assets', ['Megan', 'me']],
    ["delete all datasets that Megan and I didn't make", 'delete.assets', ['Megan', 'me']],
    ['delete all datasets except the ones Megan or Adele uploaded', 'delete.assets', ['Megan', 'Adele']],
    [
      'delete all datasets except those of meganb@example.com and adelev@example.com',
      'delete.assets',
      ['meganb@example.com', 'adelev@example.com'],
    ],
    ["export churn lab every week except Megan's and Adele's", 'schedule.create', ['Megan', 'Adele']],
  ] as const)('“%s” (%s, not %j)', (text, intent, people) => {
    const { slots, ...reading } = read(text);
    expect(reading.intent).toBe(intent);
    expect(slots.exceptOwner).toEqual(people);
    expect(slots.except).toBeUndefined();
    expect(reading.overlooked).toBeUndefined();
  });

  it.each([
    [
      ['list experiments', "not Megan's or Adele's"],
      ['Megan', 'Adele'],
    ],
    [
      ['list datasets that are not mine', "not Megan's either"],
      ['me', 'Megan'],
    ],
    [
      ["list datasets except Megan's", 'export those that are not mine'],
      ['Megan', 'me'],
    ],
  ] as const)('is a limit of the list before, which is never widened: %j', (said, people) => {
    expect(read(...said).slots).toMatchObject({ exceptOwner: people });
  });

  it.each([
    "delete all datasets except Megan's and Fraud Detection",
    "delete all datasets except Megan's datasets and Adele's models",
    "delete all datasets, but without Megan's and Adele's approval",
    "do not delete Megan's and Adele's datasets",
  ])('“%s” is not acted on', (text) => {
    expect(read(text).intent).toBe('none');
  });

  it('of more than ten is not acted on', () => {
    const people = 'Megan Adele Alex Lee Diego Joni Isaiah Patti Nestor Grady'.split(' ').map((name) => `${name}'s`);
    for (const last of ['mine', "Lidia's"])
      expect(read(`delete all datasets except ${people.join(', ')} and ${last}`).intent, last).toBe('none');
  });

  const people = ["Megan's", "Adele's", "Halvard Berg's", "Isaiah's", 'mine'];
  const joints = [' and ', ' or ', ', ', ', and ', ' & ', ' nor '];
  const denials = ['except', 'but not', 'that are not', 'without', 'apart from', 'excluding'];

  it('is held whole, or what is not held is named', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('delete', 'export', 'list', 'please remove', 'back up', 'show me'),
        fc.constantFrom('all datasets', 'everything', 'all experiments', 'the models'),
        fc.constantFrom('', ' in Churn Lab'),
        fc.constantFrom(...denials),
        fc.uniqueArray(fc.constantFrom(...people), { minLength: 2, maxLength: 5 }),
        fc.array(fc.constantFrom(...joints), { minLength: 5, maxLength: 5 }),
        (verb, what, place, denied, who, between) => {
          const list = who.map((each, at) => (at === 0 ? each : `${between[at]}${each}`)).join('');
          const text = `${verb} ${what}${place} ${denied} ${list}`;
          const { intent, slots, offers = [], overlooked } = read(text);
          const all = who.map((each) => (each === 'mine' ? 'me' : each.replace("'s", '')));
          for (const each of [{ intent, slots }, ...offers]) {
            expect(each.slots.owner, text).toBeUndefined();
            const acts = each.intent.startsWith('delete.') || each.intent.startsWith('export.');
            const isHeld = JSON.stringify(each.slots.exceptOwner) === JSON.stringify(all);
            if (acts) expect(isHeld, `${text}: ${JSON.stringify(each.slots)}`).toBe(true);
            if (each.intent === 'list.assets' && each.slots === slots)
              expect(isHeld || overlooked !== undefined, `${text}: ${JSON.stringify(slots)}`).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('what carries an exception', () => {
  it.each(['Megan', ['Megan'], ['Megan', 'me']])('a button, new or from before: %j', (exceptOwner) => {
    const list = { workspace: 'w', page: 1, exceptOwner };
    expect(listPress.parse(list)).toEqual(list);
    const reading = { intent: 'delete.assets', slots: { all: true, exceptOwner } } as const;
    const packed = encodeReading(reading);
    expect(offeredPress.parse({ reading: packed })).toEqual(reading);
  });

  it('says everybody who is left out', () => {
    const words = (exceptOwner: string | readonly string[]) => chosenWords({ selection: { exceptOwner, except: [] } });
    expect(words('Megan')).toContain('that somebody other than “Megan” owns');
    expect(words(['Megan', 'me'])).toContain('that somebody other than “Megan” or you owns');
    expect(words(['Megan', 'Adele', 'me'])).toContain('other than “Megan”, “Adele”, or you owns');
  });
});
