import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commandLists } from '../../src/manifest-command.ts';
import type { Rights } from '../../src/teams/answers/rights.ts';
import { commands, type Place } from '../../src/teams/command-table.ts';
import { type CommandUser, exampleSentences, fittingCommands } from '../../src/teams/fitting-commands.ts';
import { otherUnsupported, unsupportedWords } from '../../src/teams/unsupported-words.ts';
import { understand } from '../../src/understanding/decide.ts';
import { sureEnough, unsupportedOperations } from '../../src/understanding/intents.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';

const rights = (workspaces: number, deletes: 'freely' | 'nowhere', owns: 'freely' | 'nowhere' = deletes): Rights => ({
  workspaces,
  deletes,
  deletesWorkspaces: owns,
});
const user = (place: Place, given: Rights, more: Partial<CommandUser> = {}): CommandUser => ({
  place,
  rights: given,
  isApprover: false,
  isAdministrator: false,
  decidesHere: false,
  ...more,
});
const said = (someone: CommandUser) => fittingCommands(someone).map(({ say }) => say);

describe('what can be said', () => {
  it('to an owner in the personal chat begins with what is used most', () => {
    expect(said(user('personal', rights(1, 'freely'))).slice(0, 5)).toEqual([
      'export my workspace',
      'list my datasets',
      'delete dataset …',
      'status',
      'how big is …?',
    ]);
  });

  it('has no deletion for a guest or a member who may not delete, and none of a workspace but for owners', () => {
    expect(said(user('personal', rights(1, 'nowhere'))).filter((say) => say.startsWith('delete'))).toEqual([]);
    const member = said(user('personal', rights(1, 'freely', 'nowhere')));
    expect(member).toContain('delete dataset …');
    expect(member).not.toContain('delete my workspace');
    expect(said(user('personal', rights(1, 'freely')))).toContain('delete my workspace');
  });

  it('has nothing about data for somebody without a workspace, and everything when Studio is down', () => {
    const nobody = said(user('personal', rights(0, 'nowhere')));
    expect(nobody).toContain('what may I do');
    expect(nobody.filter((say) => /export|delete|list|big/u.test(say))).toEqual([]);
    expect(said(user('personal', null))).toContain('delete my workspace');
  });

  it('in front of others names no assets', () => {
    const shared = said(user('shared', rights(1, 'freely')));
    expect(shared[0]).toBe('export my workspace');
    expect(shared.filter((say) => /delete|list|big/u.test(say))).toEqual([]);
  });

  it('to an approver begins with approvals where these are asked for, and is for approvers alone', () => {
    const approver = user('shared', rights(1, 'freely'), { isApprover: true, decidesHere: true });
    expect(said(approver).slice(0, 3)).toEqual([
      'what waits for my approval',
      'status of DSR-…',
      'export my workspace',
    ]);
    expect(said({ ...approver, decidesHere: false })[0]).toBe('export my workspace');
    expect(said({ ...approver, isApprover: false })).not.toContain('what waits for my approval');
  });

  it('to an administrator has the links of addresses, in their own chat only', () => {
    const administrator = user('personal', rights(1, 'freely'), { isAdministrator: true });
    expect(said(administrator)).toEqual(expect.arrayContaining(['link … to …', 'whose is …?']));
    expect(said({ ...administrator, place: 'shared' })).not.toContain('link … to …');
    expect(said(user('personal', rights(1, 'freely'), { isApprover: true }))).not.toContain('link … to …');
  });

  it('is offered as an example only where it can be sent as it is', () => {
    const examples = exampleSentences(user('personal', rights(1, 'freely')));
    expect(examples).toEqual(['export my workspace', 'list my datasets', 'status', 'help']);
    for (const { say, press } of commands) expect(say.includes('…')).toBe(press !== undefined);
  });
});

describe('what Teams suggests', () => {
  it('is written into the manifest from the same table: npm run manifest:build', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../manifest/manifest.json', import.meta.url), 'utf8'));
    expect(manifest.bots[0].commandLists).toEqual(commandLists());
  });

  it('keeps to the limits of Teams, with no title twice', () => {
    for (const list of commandLists()) {
      expect(list.commands.length).toBeGreaterThan(0);
      expect(list.commands.length).toBeLessThanOrEqual(10);
      expect(new Set(list.commands.map(({ title }) => title)).size).toBe(list.commands.length);
      for (const { title, description } of list.commands) {
        expect(title.length).toBeLessThanOrEqual(32);
        expect(description.length).toBeLessThanOrEqual(128);
      }
    }
  });
});

describe('every suggestion', () => {
  const model = shippedModel();
  const sentences = [
    ...commands.map(({ say, press }) => press ?? say),
    ...[...Object.values(unsupportedWords), otherUnsupported].flatMap(({ examples }) => examples),
    'new link for DSR-1042',
    'cancel DSR-1042',
    'help all',
  ];

  it.each([...new Set(sentences)])('is understood: %s', (sentence) => {
    const reading = understand(sentence, model);
    expect(reading.intent).not.toBe('none');
    expect(reading.confidence).toBeGreaterThanOrEqual(sureEnough);
  });
});

describe('what Steward does not do', () => {
  it.each(unsupportedOperations)('is explained in a sentence, with the nearest thing: %s', (operation) => {
    const { why, nearest, examples } = unsupportedWords[operation];
    expect(why).toMatch(/^(?:I cannot|You need not) .+\.$/u);
    expect(nearest).toMatch(/^[A-Z].+\.$/u);
    expect(examples.length).toBeGreaterThan(0);
    // By hand in Studio is no advice any more.
    expect(`${why} ${nearest}`).not.toMatch(/in Studio yourself|open Studio|upload it/iu);
  });
});
