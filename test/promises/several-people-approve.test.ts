import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PolicyRule } from '../../src/domain/policy-rules.ts';
import { inChannel, worldOfApprovers } from '../harness/approvers.ts';
import { everyDeletionNeeds } from '../harness/policies.ts';
import { StudioPerson } from '../harness/studio-person.ts';
import { became as becameIn, buttonOf, cardFor, cardSaying, pressButton } from '../harness/talk.ts';
import { cardText, type PostedMessage } from '../harness/teams.ts';
import { adele, alex, approversChannel, megan, patti, type World } from '../harness/world.ts';

describe('a deletion that needs two approvals', () => {
  let world: World;
  let studio: StudioPerson;
  beforeAll(async () => {
    world = await worldOfApprovers();
    studio = new StudioPerson(world.studio, 'Fraud Detection');
  });
  afterAll(() => world.close());

  /** A deletion by Adele as the approvers see it, and her own card. */
  async function asked(dataset: string): Promise<{ approval: PostedMessage; own: PostedMessage }> {
    const { teams } = world;
    await teams.write(adele, `delete dataset "${dataset}" in workspace "Fraud Detection"`);
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
  const became = (message: PostedMessage, ...texts: string[]) => becameIn(world.teams, message, ...texts);

  it('runs after the second one, by somebody else, and both are named on the receipt', async () => {
    const { approval, own } = await asked('labels.csv');
    expect(cardText(approval.card)).toContain('needs the approvals of 2 other people');
    expect(await approve(megan, approval)).toContain('1 of 2 approvals so far: Megan Bowen');
    const partly = await became(approval, '1 of 2 approvals so far: Megan Bowen.');
    await became(own, 'It starts when 2 other people approve it.', '1 of 2 approvals so far: Megan Bowen.');
    expect(await studio.names()).toContain('labels.csv');
    await approve(megan, partly);
    await cardSaying(world.teams, approversChannel, 'have voted on this already; one person counts once');
    await approve(adele, partly);
    await cardSaying(world.teams, approversChannel, 'You made this request, so somebody else has to approve it.');
    await approve(alex, partly);
    await cardSaying(world.teams, approversChannel, 'You are not among those who decide about this request.');
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

  it('shows what a reviewer wrote to the requester, on one line and without secrets, and to nobody else', async () => {
    const { approval, own } = await asked('chargebacks.tsv');
    const reject = buttonOf(approval as PostedMessage, 'Reject') as object;
    const comment = ` Still\nin use; my password is hunter22x. ${'More. '.repeat(200)}`;
    await world.teams.press(patti, { ...reject, comment }, inChannel);
    await became(approval, 'Rejected by Patti Fernandez', 'Reason: “Still in use; my password is ***');
    const ended = cardText((await became(own, 'Reason: “Still in use;')).card);
    expect(ended).not.toContain('hunter22x');
    expect(ended.length).toBeLessThan(2_500);
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
    const world = await worldOfApprovers({ approvers: [megan.email, adele.email] });
    await world.teams.write(adele, 'delete dataset labels.csv in workspace "Fraud Detection"');
    await cardFor(
      world.teams,
      adele,
      'needs the approval of 2 approvers',
      'administrator can change who may approve it',
    );
    await world.close();
  });
});

describe('a deletion that two have to reject, and say why', () => {
  it('goes on waiting after one rejection, and answers a rejection without a word', async () => {
    await using stack = new AsyncDisposableStack();
    const [rule] = everyDeletionNeeds(2).rules;
    const rules = [{ ...rule, rejections: 2, rejectionNeedsComment: true }] as PolicyRule[];
    const world = await worldOfApprovers({
      policy: { version: 'strict+1', rules, approversExist: true },
      approvers: [megan.email, patti.email, alex.email],
    });
    stack.defer(() => world.close());
    const studio = new StudioPerson(world.studio, 'Fraud Detection');
    const { teams } = world;
    await teams.write(adele, 'delete dataset labels.csv in workspace "Fraud Detection"');
    const preview = await cardFor(teams, adele, 'Delete “labels.csv” from “Fraud Detection”?');
    await pressButton(teams, adele, preview, 'Delete');
    const approval = await cardSaying(teams, approversChannel, 'Adele Vance wants to delete', 'labels.csv');
    expect(cardText(approval.card)).toContain('Every deletion needs an approval.');
    const reject = buttonOf(approval, 'Reject') as object;
    await teams.press(megan, { ...reject, comment: '  ' }, inChannel);
    await cardSaying(teams, approversChannel, 'Whoever rejects this has to say why.');
    await teams.press(megan, { ...reject, comment: 'Too early.' }, inChannel);
    const partly = await cardSaying(teams, approversChannel, 'Megan Bowen rejected it. Reason: “Too early.”');
    await teams.press(megan, buttonOf(partly, 'Approve deletion'), inChannel);
    await cardSaying(teams, approversChannel, 'have voted on this already');
    await teams.press(patti, { ...(buttonOf(partly, 'Reject') as object), comment: 'No.' }, inChannel);
    await cardFor(teams, adele, 'Megan Bowen and Patti Fernandez rejected it.', 'wrote: “No.”');
    expect(await studio.names()).toContain('labels.csv');
  });
});
