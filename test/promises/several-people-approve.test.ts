import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StudioPerson } from '../harness/studio-person.ts';
import { buttonOf, cardFor, cardSaying, pressButton } from '../harness/talk.ts';
import { cardText, type PostedMessage } from '../harness/teams.ts';
import { adele, alex, approversChannel, megan, patti, startWorld, type World } from '../harness/world.ts';

const inChannel = { conversation: approversChannel, kind: 'channel' } as const;

/** Adds the bot to the approvers' channel. */
async function introduce({ teams }: World): Promise<void> {
  await teams.send(teams.activity(megan, { type: 'installationUpdate', action: 'add' }, inChannel));
}

describe('a deletion that needs two approvals', () => {
  let world: World;
  let studio: StudioPerson;
  beforeAll(async () => {
    world = await startWorld({
      prepare: async (settings) => ({
        ...settings,
        requests: {
          ...settings.requests,
          policy: { approvals: 'always', approversExist: true, approvalsNeeded: 2, azureApprovals: 'as-others' },
          approvers: [megan.email, patti.email, adele.email],
        },
      }),
    });
    studio = new StudioPerson(world.studio, 'Fraud Detection');
    await introduce(world);
  });
  afterAll(() => world.close());

  /** A deletion by Adele as the approvers see it, and her own card. */
  async function asked(dataset: string): Promise<{ approval: PostedMessage; own: PostedMessage }> {
    const { teams } = world;
    await teams.write(adele, `delete dataset ${dataset} in workspace "Fraud Detection"`);
    const preview = await cardFor(teams, adele, `Delete “${dataset}” from “Fraud Detection”?`);
    expect(cardText(preview.card)).toContain('2 other people must approve it before it starts.');
    await pressButton(teams, adele, preview, 'Delete');
    const approval = await cardSaying(teams, approversChannel, 'Adele Vance wants to delete', dataset);
    return { approval, own: preview };
  }
  const approve = async (person: typeof megan, { card, id, conversationId }: PostedMessage, choice = 'Approve') => {
    const { body } = await world.teams.press(
      person,
      buttonOf({ card, id, conversationId } as PostedMessage, choice),
      inChannel,
    );
    return JSON.stringify(body ?? '');
  };
  const became = ({ id, conversationId }: PostedMessage, ...texts: string[]) =>
    world.teams.waitFor(
      conversationId,
      (message) => message.id === id && texts.every((text) => cardText(message.card).includes(text)),
    );

  it('runs after the second one, by somebody else, and both are named on the receipt', async () => {
    const { approval, own } = await asked('labels.csv');
    expect(cardText(approval.card)).toContain('needs the approvals of 2 other people');
    expect(await approve(megan, approval)).toContain('1 of 2 approvals so far: Megan Bowen');
    const partly = await became(approval, '1 of 2 approvals so far: Megan Bowen.');
    await became(own, 'It starts when 2 other people approve it.', '1 of 2 approvals so far: Megan Bowen.');
    expect(await studio.names()).toContain('labels.csv');
    await approve(megan, partly);
    await cardSaying(world.teams, approversChannel, 'have approved this already; one person counts once');
    await approve(adele, partly);
    await cardSaying(world.teams, approversChannel, 'You made this request, so somebody else has to approve it.');
    await approve(alex, partly);
    await cardSaying(world.teams, approversChannel, 'Only an approver can decide about this request.');
    expect(await studio.names()).toContain('labels.csv');
    await approve(patti, partly);
    await became(approval, 'Approved by Megan Bowen and Patti Fernandez');
    await cardFor(world.teams, adele, 'Deleted “labels.csv”', 'Megan Bowen and Patti Fernandez');
    expect(await studio.names()).not.toContain('labels.csv');
  });

  it('is ended by one rejection, and the vote before it does nothing', async () => {
    const { approval, own } = await asked('chargebacks.tsv');
    await approve(patti, approval);
    const partly = await became(approval, '1 of 2 approvals so far: Patti Fernandez.');
    await approve(megan, partly, 'Reject');
    await became(approval, 'Rejected by Megan Bowen');
    await became(own, 'Megan Bowen');
    expect(await approve(patti, partly)).not.toMatch(/Deleted|starts now/u);
    expect(await studio.names()).toContain('chargebacks.tsv');
  });

  it('is withdrawn by the requester after the first vote', async () => {
    const { approval, own } = await asked('transactions.csv');
    await approve(megan, approval);
    await became(approval, '1 of 2 approvals so far');
    await pressButton(world.teams, adele, await became(own, 'Waiting for approval'), 'Withdraw').catch(async () => {
      await world.teams.write(adele, 'cancel my request');
    });
    await became(approval, 'Withdrawn');
    expect(await studio.names()).toContain('transactions.csv');
  });
});

describe('a deletion for which too few could vote', () => {
  it('is refused when it is asked for, with who can change that', async () => {
    const world = await startWorld({
      prepare: async (settings) => ({
        ...settings,
        requests: {
          ...settings.requests,
          policy: { approvals: 'always', approversExist: true, approvalsNeeded: 2, azureApprovals: 'as-others' },
          approvers: [megan.email, adele.email],
        },
      }),
    });
    await introduce(world);
    await world.teams.write(adele, 'delete dataset labels.csv in workspace "Fraud Detection"');
    await cardFor(world.teams, adele, 'needs the approvals of 2 people', 'administrator can name more approvers');
    await world.close();
  });
});
