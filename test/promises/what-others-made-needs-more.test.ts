import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { introduce } from '../harness/approvers.ts';
import { StudioPerson } from '../harness/studio-person.ts';
import { cardFor, cardSaying, pressButton } from '../harness/talk.ts';
import { cardText } from '../harness/teams.ts';
import { adele, alex, approversChannel, megan, patti, startWorld, type World } from '../harness/world.ts';

const needsApproval = 'Someone else must approve it before it starts.';

describe('a rule about what others made', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({
      prepare: async (settings) => {
        const says = 'What others made needs an approval.';
        const rule = { says, actions: ['delete', 'delete-workspace'], othersAssets: true, approvals: 1 } as const;
        const policy = { version: 'others+0', rules: [rule], approversExist: true };
        const approvers = [megan.email, patti.email];
        return { ...settings, requests: { ...settings.requests, policy, approvers } };
      },
    });
    await introduce(world);
  });
  afterAll(() => world.close());

  it('asks nobody about what is certainly the requester’s own, by name or address', async () => {
    await world.teams.write(adele, 'delete dataset labels.csv in workspace "Fraud Detection"');
    const own = await cardFor(world.teams, adele, 'Delete “labels.csv” from “Fraud Detection”?');
    expect(cardText(own.card)).not.toContain(needsApproval);
    await pressButton(world.teams, adele, own, 'Delete');
    await cardFor(world.teams, adele, 'Deleted “labels.csv”');
    await world.teams.write(alex, 'delete experiment "Explore tenure" in workspace "Churn Lab"');
    const byAddress = await cardFor(world.teams, alex, 'Delete “Explore tenure” from “Churn Lab”?');
    expect(cardText(byAddress.card)).not.toContain(needsApproval);
  });

  it.each([
    ['somebody else’s', adele, 'chargebacks.tsv', 'Fraud Detection'],
    ['of a client, which is nobody', alex, 'customers.tsv', 'Churn Lab'],
  ])('asks somebody else about a dataset that is %s, an owner’s request too', async (_case, person, dataset, where) => {
    await world.teams.write(person, `delete dataset ${dataset} in workspace "${where}"`);
    const preview = await cardFor(world.teams, person, `Delete “${dataset}” from “${where}”?`);
    expect(cardText(preview.card)).toContain(needsApproval);
    await pressButton(world.teams, person, preview, 'Delete');
    await cardSaying(world.teams, approversChannel, 'What others made needs an approval.', dataset);
    expect(await new StudioPerson(world.studio, where).names()).toContain(dataset);
  });

  it('asks somebody else when only some of them are others’, and about a whole workspace that holds any', async () => {
    await world.teams.write(alex, 'delete all datasets that I made in workspace "Churn Lab"');
    const own = await cardFor(world.teams, alex, 'Delete 5 datasets from “Churn Lab”');
    expect(cardText(own.card)).not.toContain(needsApproval);
    await world.teams.write(alex, 'delete all datasets in workspace "Churn Lab"');
    const all = await cardFor(world.teams, alex, 'Delete 9 datasets from “Churn Lab”');
    expect(cardText(all.card)).toContain(needsApproval);
    await world.teams.write(alex, 'delete workspace "Churn Lab"');
    const whole = await cardFor(world.teams, alex, 'Delete the whole workspace “Churn Lab”');
    expect(cardText(whole.card)).toContain(needsApproval);
  });
});
