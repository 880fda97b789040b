import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../src/understanding/intents.ts';
import { readTurns } from './said-turns.ts';

const read = (...said: readonly string[]): Reading => readTurns(said);

describe('whose things are left out', () => {
  it.each([
    ['list datasets that are not mine', 'list.assets', 'me'],
    ["show me everything that isn't mine", 'list.assets', 'me'],
    ["list the experiments that I didn't make", 'list.assets', 'me'],
    ['how many experiments are not mine', 'list.assets', 'me'],
    ["is there anything in Churn Lab that isn't mine?", 'list.assets', 'me'],
    ['show me what is in Churn Lab, just the ones other people own', 'list.assets', 'me'],
    ["list other people's experiments", 'list.assets', 'me'],
    ['show what others own in Churn Lab', 'list.assets', 'me'],
    ['list stuff from other people', 'list.assets', 'me'],
    ['which datasets belong to others', 'list.assets', 'me'],
    ['list everything somebody else made', 'list.assets', 'me'],
    ['which datasets are not by Megan Bowen', 'list.assets', 'Megan Bowen'],
    ['list all experiments not made by Halvard Berg', 'list.assets', 'Halvard Berg'],
    ["export all datasets but not Megan's", 'export.assets', 'Megan'],
    ["delete all datasets except Megan's", 'delete.assets', 'Megan'],
    ['delete all datasets except those made by Megan Bowen', 'delete.assets', 'Megan Bowen'],
    ['delete all datasets other than those made by Megan', 'delete.assets', 'Megan'],
    ['delete all datasets apart from those owned by me', 'delete.assets', 'me'],
    ['delete all experiments in Churn Lab apart from mine', 'delete.assets', 'me'],
    ["delete all datasets that aren't mine", 'delete.assets', 'me'],
    ['delete all models by anyone but me', 'delete.assets', 'me'],
  ])('“%s” (%s, not %s)', (text, intent, owner) => {
    const { slots, ...reading } = read(text);
    expect(reading.intent).toBe(intent);
    expect(slots.exceptOwner).toBe(owner);
    expect(slots.owner).toBeUndefined();
    expect(slots.except).toBeUndefined();
    expect(reading.overlooked).toBeUndefined();
  });

  it.each([
    [['list experiments', 'which ones are not mine?'], { kind: 'experiment', exceptOwner: 'me' }],
    [['list everything in Churn Lab', 'just the ones the others made'], { workspace: 'Churn Lab', exceptOwner: 'me' }],
    [['list everything in Churn Lab', 'what of those is mine?'], { workspace: 'Churn Lab', owner: 'me' }],
  ] as const)('is a limit of the list before: %j', (said, slots) => {
    expect(read(...said)).toMatchObject({ intent: 'list.assets', slots });
  });

  it.each([
    ['what have I made in Sourdough, not counting what others put there', /^list\.assets$/u],
    ['delete dataset churn.csv, not mine', /^(?!delete)/u],
    ["do not delete Megan's datasets", /^(?!delete)/u],
    ["export churn lab without Megan's", /^(?!export)/u],
    ["delete churn lab except megan's stuff", /^(?!delete)/u],
    ["I don't have much time, list datasets by Megan Bowen", /^list\.assets$/u],
  ])('is not read into “%s”', (text, intent) => {
    const { intent: as, slots } = read(text);
    expect(as).toMatch(intent);
    expect(slots.exceptOwner).toBeUndefined();
  });

  const people = ['Megan', 'Megan Bowen', 'Halvard', 'Adele Vance', 'Patti Fernandez', 'Isaiah'];
  const denials = [
    (who: string) => `except ${who}'s`,
    (who: string) => `except those made by ${who}`,
    (who: string) => `apart from ${who}'s`,
    (who: string) => `but not ${who}'s`,
    (who: string) => `that are not by ${who}`,
    (who: string) => `that ${who} didn't make`,
    (who: string) => `not made by ${who}`,
    (who: string) => `other than the ones ${who} made`,
    (who: string) => `without those of ${who}`,
  ];

  it('never becomes what is selected, and is never dropped', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('delete', 'export', 'list', 'please remove', 'back up', 'show me'),
        fc.constantFrom('all datasets', 'all experiments', 'everything', 'the models', 'all notebooks'),
        fc.constantFrom('', ' in Churn Lab'),
        fc.constantFrom(...denials),
        fc.constantFrom(...people),
        (verb, what, place, denied, who) => {
          const text = `${verb} ${what}${place} ${denied(who)}`;
          const { intent, slots, offers = [], lost, overlooked } = read(text);
          for (const each of [{ intent, slots }, ...offers]) {
            expect(each.slots.owner, text).toBeUndefined();
            const acts = each.intent.startsWith('delete.') || each.intent.startsWith('export.');
            const { exceptOwner, except = [], exceptKinds } = each.slots;
            // What is left out by a name that does not exist refuses the whole selection.
            const isHeld = exceptOwner !== undefined || except.length > 0 || exceptKinds !== undefined;
            if (acts) expect(isHeld, `${text}: ${JSON.stringify(each)}`).toBe(true);
            const isSaid = isHeld || overlooked !== undefined || lost !== undefined || intent === 'none';
            if (each.intent === 'list.assets') expect(isSaid, `${text}: ${JSON.stringify(each)}`).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
