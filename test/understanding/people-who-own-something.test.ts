import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { understand } from '../../src/understanding/decide.ts';
import type { Reading } from '../../src/understanding/intents.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';
import { StemIndex } from '../../src/understanding/name-stems.ts';
import { waysToSay, withSaidPeople } from '../../src/understanding/said-people.ts';

const people = ['Megan Bowen', 'Alex Wilber', 'will_s@example.com', 'Grace Okafor', 'Python SDK', 'R', 'PowerShell'];
const names = new StemIndex([
  ...['Churn Lab', 'Fraud Detection'].map((name) => ({ name, isWorkspace: true })),
  ...['churn.csv', 'megan tests.csv', 'Grace period model'].map((name) => ({ name, isWorkspace: false })),
  ...people.flatMap(waysToSay).map((name) => ({ name, isWorkspace: false, isPerson: true as const })),
]);
const read = (text: string): Reading => understand(text, shippedModel(), { today: '2026-11-30', names });

describe('somebody who owns something here', () => {
  it.each([
    ['which things in Churn Lab are from Megan?', 'Megan'],
    ['All right, which things in Churn Lab are from megan?', 'megan'],
    ['just the ones megan made', 'megan'],
    ['which things in churn lab did megan make', 'megan'],
    ["only megan's", 'megan'],
    ['which datasets are by megan bowen', 'megan bowen'],
    ['list datasets that grace uploaded', 'grace'],
    ['list everything that belongs to will_s@example.com', 'will_s@example.com'],
  ])('limits a list, in small letters, too: “%s”', (text, owner) => {
    const { intent, slots, overlooked } = read(text);
    expect([intent, slots.owner, overlooked]).toEqual(['list.assets', owner, undefined]);
  });

  it('is offered as an owner where the question is who they are', () => {
    const { intent, offers = [] } = read('Who is Megan Bowen, and how many datasets has she?');
    expect(intent).not.toBe('asset.show');
    expect(offers).toMatchObject([{ intent: 'list.assets', slots: { owner: 'Megan Bowen' } }]);
  });

  it.each([
    'what will break if I delete churn.csv',
    'list "megan tests.csv"',
    'list the datasets in Churn Lab',
    'how big is Grace period model',
    'list my python notebooks',
  ])('is not read into other words: “%s”', (text) => {
    const { slots, overlooked } = read(text);
    expect([slots.owner, slots.exceptOwner, overlooked]).toEqual([undefined, undefined, undefined]);
  });

  it('limits what a button would do, and a second one takes the button away', () => {
    const offer = { intent: 'export.assets', slots: { all: true, kind: 'dataset' }, confidence: 0.5 } as const;
    const unsure = { intent: 'none', slots: {}, confidence: 0.5, why: 'not sure', offers: [offer] } as const;
    const offersOf = (text: string) => withSaidPeople(unsure, text, names.people, names).offers;
    expect(offersOf('datasets by megan')).toMatchObject([{ slots: { owner: 'megan', kind: 'dataset' } }]);
    expect(offersOf('datasets by megan and grace')).toBeUndefined();
  });

  it('is a person by the whole of the name and its parts, and no client program is one', () => {
    expect(waysToSay('Megan Bowen')).toEqual(['Megan Bowen', 'Megan', 'Bowen']);
    expect(waysToSay('meganb@example.com')).toEqual(['meganb@example.com', 'meganb']);
    for (const client of ['R', 'Python SDK', 'PowerShell', 'Guest', '']) expect(waysToSay(client)).toEqual([]);
  });

  it('never leaves a deletion, an export or a list as wide as it would be without them', () => {
    let owned = 0;
    const person = fc.constantFrom('Megan', 'megan', 'Megan Bowen', 'grace', 'Grace Okafor', 'will_s@example.com');
    const kind = fc.constantFrom('datasets', 'experiments', 'everything', 'models', 'things');
    const act = fc.constantFrom('list', 'export', 'delete', 'show me', 'remove', 'back up');
    const said = fc.constantFrom(
      (who: string, what: string) => `all ${what} from ${who}`,
      (who: string, what: string) => `the ${what} ${who} made`,
      (who: string, what: string) => `${what} by ${who} in Churn Lab`,
      (who: string, what: string) => `${who}'s ${what}`,
      (who: string, what: string) => `all ${what} that ${who} uploaded, please`,
      (who: string, what: string) => `${what} in Churn Lab that belong to ${who}`,
    );
    fc.assert(
      fc.property(act, said, person, kind, (verb, phrase, who, what) => {
        const { intent, slots, offers = [] } = read(`${verb} ${phrase(who, what)}`);
        for (const wish of [{ intent, slots }, ...offers]) {
          const selects =
            wish.slots.all === true || wish.intent === 'list.assets' || wish.intent.endsWith('.workspace');
          if (!selects || wish.intent.startsWith('list.workspaces')) continue;
          expect([wish.slots.owner, wish.slots.filter].join(' ').toLowerCase()).toContain(
            who.toLowerCase().split(/[@_]/u)[0],
          );
          owned += 1;
        }
      }),
      { numRuns: 1_500 },
    );
    expect(owned).toBeGreaterThan(300);
  });
});
