import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportInChat } from '../harness/exports.ts';
import { cardFor, cardSaying } from '../harness/talk.ts';
import { cardText } from '../harness/teams.ts';
import { alex, megan, startWorld, type World } from '../harness/world.ts';

let world: World;

/** A Steward without access to Azure Resource Manager, as it is until an administrator switches that on. */
beforeAll(async () => {
  world = await startWorld({ prepare: async ({ resourceManager: _none, ...settings }) => settings });
});
afterAll(() => world?.close());

const inAzure = 'workspace, web services and commitment plans in Azure.json';

describe('an export of a standard workspace without access to Azure', () => {
  it('ends with what it could get, and names what Azure keeps on the card and in the manifest', async () => {
    const archive = await exportInChat(world, megan, 'export workspace "Fraud Detection"', 'Export “Fraud Detection”?');
    const exception = archive.manifest.exceptions.find(({ kind }) => kind === 'workspace');
    expect(exception).toMatchObject({ fileName: inAzure, reason: 'unsupported', effect: 'missing' });
    expect(exception?.message).toContain('https://portal.azure.com');
    expect(cardText(archive.result.card)).toContain(inAzure);
    expect(cardText(archive.result.card)).toContain('no access to Azure Resource Manager');
    expect(archive.files.has('workspace/settings.json')).toBe(true);
    expect(archive.text('README.txt')).toContain('manifest.json names each');
  });

  it('says the same when commitment plans are to be listed', async () => {
    await world.teams.write(megan, 'list the commitment plans of Fraud Detection');
    await cardFor(world.teams, megan, 'Commitment plans', 'no access to Azure Resource Manager');
  });
});

describe('account data', () => {
  it('is in no export of customer data, though the settings of the workspace are', async () => {
    const sentence = 'export the customer data of the workspace "Churn Lab"';
    const archive = await exportInChat(world, alex, sentence, 'Export “Churn Lab”?');
    expect(archive.manifest.data).toBe('customer');
    expect(archive.files.has('personal-data.json')).toBe(false);
    const settings = archive.text('workspace/settings.json');
    expect(settings).toContain('Who leaves, and why');
    expect(settings).not.toContain('@');
  });

  it('of others is listed for owners only, and never in front of others', async () => {
    await world.teams.write(megan, 'list the members of Fraud Detection');
    await cardFor(world.teams, megan, 'Members', 'adelev@example.com', 'invited as a member');
    await world.teams.write(alex, 'list the members of Fraud Detection');
    const own = await cardFor(world.teams, alex, 'Members', 'Only owners can see the other members’ account data');
    expect(cardText(own.card)).toContain(alex.email);
    expect(cardText(own.card)).not.toContain('adelev@');
    await world.teams.write(megan, 'list the members of Fraud Detection', { conversation: 'group', kind: 'groupChat' });
    const shared = await cardSaying(world.teams, 'group', 'Ask me in our personal chat');
    expect(cardText(shared.card)).not.toContain('@');
  });
});
