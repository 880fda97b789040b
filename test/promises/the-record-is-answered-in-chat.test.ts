import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportProofWords, readExportFile } from '../../src/audit/record-export-file.ts';
import { verifyExport } from '../../src/domain/record-export.ts';
import type { ChatPerson } from '../../src/emulators/graph/sample-people.ts';
import { inChannel, worldOfApprovers } from '../harness/approvers.ts';
import { everyDeletionNeeds } from '../harness/policies.ts';
import { became, buttonOf, cardFor, cardSaying, linksOf, pressButton } from '../harness/talk.ts';
import { cardText, type PostedMessage, personalChat } from '../harness/teams.ts';
import { adele, alex, approversChannel, isaiah, megan, patti, type World } from '../harness/world.ts';

describe('the record in chat', () => {
  let world: World;
  let rejected: string;
  let deleted: string;
  const comment = 'The audit of the model is not finished.';
  const secrets = /Adele|Megan|labels\.csv|chargebacks|Fraud Detection|not finished/u;

  beforeAll(async () => {
    const policy = { ...everyDeletionNeeds(1), approversExist: true };
    world = await worldOfApprovers({ policy, approvers: [megan.email], auditors: [patti.email] });
    const approval = async (dataset: string) => {
      await world.teams.write(adele, `delete dataset "${dataset}" in workspace "Fraud Detection"`);
      const preview = await cardFor(world.teams, adele, `Delete “${dataset}” from “Fraud Detection”?`);
      await pressButton(world.teams, adele, preview, 'Delete');
      const asked = await cardSaying(world.teams, approversChannel, 'Adele Vance wants to delete', dataset);
      return { asked, own: preview, id: /DSR-\d+/u.exec(JSON.stringify(asked.card))?.[0] ?? '' };
    };
    const press = (message: PostedMessage, choice: string, more: object = {}) =>
      world.teams.press(megan, { ...(buttonOf(message, choice) as object), ...more }, inChannel);
    const first = await approval('labels.csv');
    rejected = first.id;
    await press(first.asked, 'Reject', { comment });
    await became(world.teams, first.own, comment);
    const second = await approval('chargebacks.tsv');
    deleted = second.id;
    await press(second.asked, 'Approve');
    await cardFor(world.teams, adele, 'Deleted “chargebacks.tsv”');
  });
  afterAll(() => world.close());

  /** Writes a message and waits for the answer to it, the newest message that was not there before. */
  async function answerTo(person: ChatPerson, text: string, options: object = {}, conversation = personalChat(person)) {
    const before = new Set(world.teams.messages(conversation).map(({ id }) => id));
    await world.teams.write(person, text, options);
    const answer = await world.teams.waitFor(conversation, ({ id, card }) => !before.has(id) && card !== null);
    return { answer, said: cardText(answer.card) };
  }

  it('says who approved, in five wordings', async () => {
    for (const ask of [
      'who approved ID?',
      'who signed off on ID',
      'ID - who gave the green light for it?',
      'which approver decided on ID?',
      'who okayed ID',
    ]) {
      const { said } = await answerTo(patti, ask.replace('ID', deleted));
      expect(said, ask).toContain(`${deleted} was approved by Megan Bowen (approver) on `);
    }
  });

  it('says why something was refused, in five wordings', async () => {
    for (const ask of [
      'why was ID refused?',
      'why did ID get rejected',
      'how come ID was turned down',
      'what was the reason for the rejection of ID',
      'Why was it refused?',
    ]) {
      const { said } = await answerTo(patti, ask.replace('ID', rejected));
      expect(said, ask).toContain(`${rejected} was rejected by Megan Bowen (approver) on `);
      expect(said, ask).toContain(comment);
    }
  });

  it('answers the requester about “it”, and the approver about what they decided', async () => {
    expect((await answerTo(adele, 'why was it refused?')).said).toContain(`${rejected} was rejected by Megan Bowen`);
    expect((await answerTo(adele, 'who approved it?')).said).toContain(`${rejected}`);
    expect((await answerTo(megan, `show the record of ${rejected}`)).said).toMatch(
      /Adele Vance \(requester\) +asked for it/u,
    );
    expect((await answerTo(megan, 'why was it refused?')).said).toContain(comment);
  });

  it('shows the record as a timeline with what seals it', async () => {
    const { said } = await answerTo(patti, `show the record of ${deleted}`);
    expect(said).toMatch(/Adele Vance \(requester\).* asked for it/u);
    expect(said).toMatch(/Megan Bowen \(approver\).* approved it/u);
    expect(said).toContain('deleted “chargebacks.tsv”');
    expect(said).toMatch(/Sealed as entries \d+ to \d+ of the chain|not sealed yet/u);
    expect(said).toContain('policy ');
  });

  it('answers who must not see it as for a number that nobody has', async () => {
    for (const ask of [
      'show the record of ID',
      'who approved ID?',
      'why was ID refused?',
      'export the record of ID as CSV',
    ]) {
      const { said } = await answerTo(isaiah, ask.replace('ID', rejected));
      const unknown = await answerTo(isaiah, ask.replace('ID', 'DSR-999999'));
      expect(said.replaceAll(rejected, 'ID'), ask).toBe(unknown.said.replaceAll('DSR-999999', 'ID'));
    }
    for (const ask of ['who deleted chargebacks.tsv?', 'what did Megan approve this year?']) {
      const { said } = await answerTo(isaiah, ask);
      expect(said, ask).toContain('The record that you may read has nothing');
      expect(said, ask).not.toMatch(/DSR-\d/u);
    }
  });

  it('shows roles where others read along, whoever asks', async () => {
    for (const ask of ['show the record of ID', 'who approved ID?', 'why was ID refused?']) {
      for (const person of [megan, adele]) {
        const { said } = await answerTo(person, ask.replace('ID', rejected), inChannel, approversChannel);
        expect(said, ask).toContain(rejected);
        expect(said, ask).toMatch(/approver/u);
        expect(said, ask).not.toMatch(secrets);
      }
    }
    const { said } = await answerTo(megan, 'what did Megan approve this year?', inChannel, approversChannel);
    expect(said).toContain('in your own chat with me only');
  });

  it('lists the decisions of a person, and what was done with something of a name', async () => {
    const { said } = await answerTo(patti, 'what did Megan approve this year?');
    expect(said).toContain(deleted);
    expect(said).toContain('Megan Bowen approved');
    const own = await answerTo(megan, 'what have I rejected this month?');
    expect(own.said).toContain(rejected);
    const named = await answerTo(patti, 'who deleted chargebacks.tsv?');
    expect(named.said).toContain(deleted);
    expect(named.said).toContain('Adele Vance asked for');
  });

  it('gives the record as a file that proves itself, and tells what was changed in it', async () => {
    const { answer } = await answerTo(patti, `export the record of ${deleted} as JSON`);
    const [link = ''] = linksOf(answer);
    const text = await (await fetch(link)).text();
    const file = path.join(tmpdir(), `record-${deleted}-${process.pid}.json`);
    await writeFile(file, text);
    const exported = await readExportFile(file, []);
    const proof = verifyExport(exported);
    expect(proof.problems).toEqual([]);
    expect(proof.proven + proof.unsealed).toBe(exported.rows.length);
    expect(exportProofWords(proof, exported).join(' ')).toContain('Not proven:');
    expect(text).toContain('chargebacks.tsv');
    const csv = await answerTo(patti, 'give me the audit record of this year as a CSV');
    const [csvLink = ''] = linksOf(csv.answer);
    const lines = (await (await fetch(csvLink)).text()).split('\r\n');
    expect(lines[0]).toContain('entry,hash,written_at,action,person');
    expect(lines.some((line) => line.includes('request.approved') && line.includes('Megan Bowen'))).toBe(true);
    expect((await answerTo(alex, 'give me the audit record of this year as a CSV')).said).toContain('Only auditors');
  });
});
