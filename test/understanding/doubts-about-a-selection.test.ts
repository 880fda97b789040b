import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyConversation, remember } from '../../src/understanding/conversation.ts';
import { understand } from '../../src/understanding/decide.ts';
import { isCommand, type Reading } from '../../src/understanding/intents.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';
import { StemIndex } from '../../src/understanding/name-stems.ts';

const assets = ['churn.csv', 'churns.csv', 'CON', 'aux.txt', 'Churn training', 'Explore tenure', 'Old churn attempt'];
const names = new StemIndex([
  ...['Churn Lab', 'Fraud Detection'].map((name) => ({ name, isWorkspace: true })),
  ...assets.map((name) => ({ name, isWorkspace: false })),
]);
const read = (text: string): Reading => understand(text, shippedModel(), { today: '2026-11-30', names });
const wishesOf = ({ intent, slots, offers = [] }: Reading) => [{ intent, slots }, ...offers];

describe('nothing is done, not on a button either, where a message', () => {
  it.each([
    ['names first what it then excepts', 'delete churn.csv and CON from Churn Lab, except CON'],
    [
      'names first what it then excepts',
      'delete the experiments Churn training and Explore tenure, except Explore tenure',
    ],
    ['names first what it then excepts', 'export churn.csv and CON in Churn Lab, minus CON'],
    ['denies a year', 'delete all datasets in Churn Lab not created in 2019'],
    ['denies a year', "delete all datasets in Churn Lab that weren't created in 2020"],
    ['denies an age', 'delete all datasets not older than 5 years'],
    ['denies a state', 'delete all datasets that are not unused'],
    ['says what stays', 'delete all failed experiments in Churn Lab, mine are off limits'],
    ['says what stays', 'delete all failed experiments in Churn Lab, mine stay'],
    ['says what stays', 'delete all failed experiments in Churn Lab, I need mine'],
    ['says what stays', "delete everything in Churn Lab; CON and Megan's things stay"],
    ['says what stays', 'delete all datasets in Churn Lab, CON is still in use'],
    ['says what stays', 'delete all datasets in Churn Lab. CON is under legal hold'],
    ['says what stays', "delete all failed experiments in Churn Lab, Megan's stay"],
    ['says what stays', 'delete everything in Churn Lab, experiments stay'],
    ['leaves out somebody', "delete all unused datasets in Churn Lab, not Megan's though"],
    ['leaves out somebody', "delete anyone's datasets but mine in Churn Lab"],
    ['means two people', 'delete all datasets made by Megan or me'],
    ['means two people', "delete all of Megan's and my datasets in Churn Lab"],
    ['leaves out two people, one without a name', 'delete all datasets except mine or the ones of my boss'],
    ['needs what it names', 'delete churn.csv and CON in Churn Lab. I need CON'],
    ['needs what it names', 'delete churn.csv and CON in Churn Lab. CON is still used by Megan'],
    ['corrects itself', 'delete all datasets older than seven years no i mean eight years'],
    ['corrects itself', 'delete the 10 oldest datasets in Churn Lab, no, 5'],
    ['corrects itself', "delete Megan's datasets in Churn Lab, no, Alex's"],
    ['corrects itself', 'delete all datasets in Churn Lab, I mean experiments'],
    ['repeats a part that is not read', 'export Churn Lab every Friday, only mine'],
    ['repeats a part that is not read', 'export Churn Lab every monday, just the datasets Megan made'],
    ['means two people', "delete Megan's but not Alex's datasets"],
    ['means two kinds', 'delete all notebooks and csv files'],
    ['means two kinds', 'export the experiments, csvs in Churn Lab'],
    ['means some of what was shown', 'Could you export the two in Churn Lab for me?'],
    ['means some of what was shown', 'export those in Churn Lab'],
    ['means some of what was shown', 'delete the three in Churn Lab'],
    ['means some of what was shown', 'back up both in Churn Lab every friday'],
    ['means some of what was shown', 'export the ones from Churn Lab'],
    ['has a condition', 'delete all datasets in Churn Lab, but only if they are older than a year'],
    ['has a condition', 'delete everything in Churn Lab as long as it is not in use'],
    ['has a condition', 'delete all experiments in Churn Lab unless somebody needs them'],
    ['means files', 'delete all tsv files in Churn Lab'],
    ['means files', "delete Alex's csv files in Churn Lab"],
  ])('%s: %s', (_what, text) => {
    for (const { intent, slots } of wishesOf(read(text))) {
      if (!isCommand(intent) && intent !== 'schedule.create') continue;
      // At most what is named is offered, and never what is said to stay.
      expect([intent, slots.all, slots.except], `${text}: ${JSON.stringify(slots)}`).toEqual([
        'delete.assets',
        undefined,
        undefined,
      ]);
      if (/I need|used by/u.test(text)) expect(slots.assets?.map(({ name }) => name)).not.toContain('CON');
    }
  });

  it('leaves nothing out that a list does not say', () => {
    for (const [text, words] of [
      ['list datasets that are not unused', 'not unused'],
      ['list datasets not smaller than 1 GB', 'not smaller'],
      ['list datasets made by Megan or Alex', 'Megan or Alex'],
      ['list datasets not created in 2019', 'not created in 2019'],
    ] as const)
      expect(read(text).overlooked, text).toContain(words);
  });

  it.each([
    ['delete all datasets older than 2 years', 'delete.assets'],
    ['delete all failed experiments', 'delete.assets'],
    ['delete all unused datasets', 'delete.assets'],
    ['export all datasets from before 2019', 'export.assets'],
    ['back up Churn Lab every month', 'schedule.create'],
    ['delete churn.csv and CON', 'delete.assets'],
    ["export Megan's experiments", 'export.assets'],
    ["delete Megan's experiments in Churn Lab", 'delete.assets'],
    ['delete everything in Churn Lab except the models', 'delete.assets'],
    ['delete all datasets in Churn Lab except churn.csv', 'delete.assets'],
  ])('but not where it is plain: %s', (text, intent) => {
    expect(read(text).intent).toBe(intent);
  });

  it('says of a name that it stays, in whatever words and place', () => {
    const stays = fc.constantFrom('stays', 'must stay', 'is still in use', 'is off limits', 'remains', 'must not go');
    const what = fc.constantFrom('all datasets', 'all failed experiments', 'the two oldest datasets', 'everything');
    const joint = fc.constantFrom(', ', '. ', '; ', ', but ');
    const who = fc.constantFrom('CON', 'mine', "Megan's", 'churn.csv', 'the newest one', 'the stuff of Patti');
    fc.assert(
      fc.property(
        fc.constantFrom('delete', 'please remove', 'wipe'),
        what,
        joint,
        who,
        stays,
        (verb, all, mark, kept, says) => {
          const text = `${verb} ${all} in Churn Lab${mark}${kept} ${says}`;
          for (const { intent, slots } of wishesOf(read(text))) {
            expect(intent, text).not.toBe('delete.workspace');
            const { except, exceptOwner, exceptKinds } = slots;
            const isHeld = [except, exceptOwner, exceptKinds].some((each) => each !== undefined);
            if (intent === 'delete.assets') expect(isHeld, `${text}: ${JSON.stringify(slots)}`).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('what is offered behind a list', () => {
  it('is of that list', () => {
    const model = shippedModel();
    const listed = read("list everything in Churn Lab that isn't mine");
    const context = remember(emptyConversation, listed, 0);
    const { offers = [] } = understand('delete the datasets', model, { today: '2026-11-30', names, context });
    for (const { intent, slots } of offers)
      if (intent === 'delete.assets') expect(slots).toMatchObject({ workspace: 'Churn Lab', exceptOwner: 'me' });
  });
});
