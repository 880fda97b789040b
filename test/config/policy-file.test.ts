import { describe, expect, it } from 'vitest';
import { readPolicy, readPolicyFile, shippedPolicy } from '../../src/config-policy.ts';
import { refused } from '../../src/config-words.ts';

const good = { says: 'Every deletion needs two people.', actions: ['delete', 'delete-workspace'], approvals: 2 };
const file = (...rules: object[]) => JSON.stringify({ version: '7', rules });

function faultOf(text: string): string {
  const read = readPolicy(text);
  return refused(read) ? read.sentence : 'accepted';
}

describe('the policy file', () => {
  it('is read with its version and the hash of its content, whatever its layout', () => {
    const read = readPolicy(file(good));
    expect(read).toMatchObject({ version: expect.stringMatching(/^7\+[0-9a-f]{8}$/u), rules: [good] });
    expect(readPolicy(JSON.stringify(JSON.parse(file(good)), null, 4))).toEqual(read);
    expect(readPolicy(file({ ...good, approvals: 1 }))).not.toMatchObject({
      version: (read as { version: string }).version,
    });
  });

  it('names groups of people, compared as the directory compares them', () => {
    const groups = { privacy: ['Patti@Contoso.com', '6F0B2A52-6D4E-4A1E-9C55-5B8F3F0E2A11'] };
    const read = readPolicy(
      JSON.stringify({ version: '7', groups, rules: [{ ...good, reviewers: ['privacy', 'workspace-owners'] }] }),
    );
    expect(read).toMatchObject({
      groups: { privacy: ['patti@contoso.com', '6f0b2a52-6d4e-4a1e-9c55-5b8f3f0e2a11'] },
      rules: [{ reviewers: ['privacy', 'workspace-owners'] }],
    });
  });

  it('names groups that place legal holds, and whether another person lifts them', () => {
    const groups = { legal: ['adele@contoso.com'] };
    const holds = { placedBy: ['legal'], liftedByAnother: false };
    expect(readPolicy(JSON.stringify({ version: '7', groups, holds, rules: [good] }))).toMatchObject({ holds });
    const plain = readPolicy(JSON.stringify({ version: '7', groups, rules: [good] }));
    expect(plain).not.toHaveProperty('holds');
  });

  it('names where a rule’s approvals are asked for, by a link to the channel or its id', () => {
    const link =
      'https://teams.microsoft.com/l/channel/19%3Afin%40thread.tacv2/Finance%20%26%20tax?groupId=x&tenantId=6f0b2a52-6d4e-4a1e-9c55-5b8f3f0e2a11';
    const read = readPolicy(
      file({ ...good, conversation: link }, { ...good, conversation: '19:legal@thread.tacv2' }, good),
    );
    expect(read).toMatchObject({
      rules: [
        {
          conversation: {
            id: '19:fin@thread.tacv2',
            tenantId: '6f0b2a52-6d4e-4a1e-9c55-5b8f3f0e2a11',
            name: 'Finance & tax',
          },
        },
        { conversation: { id: '19:legal@thread.tacv2', tenantId: null } },
        { says: good.says },
      ],
    });
    if (refused(read)) throw new Error(read.sentence);
    expect(read.rules.map((rule) => rule.conversation === undefined)).toEqual([false, false, true]);
  });

  it('names whom an approval is escalated to, and when', () => {
    const escalateTo = { conversation: '19:legal@thread.tacv2', people: ['Patti@Contoso.com'] };
    const kept = { conversation: { id: '19:legal@thread.tacv2', tenantId: null }, people: ['patti@contoso.com'] };
    for (const escalateAfter of [{ share: 0.25 }, { minutes: 90 }]) {
      expect(readPolicy(file({ ...good, escalateTo, escalateAfter }))).toMatchObject({
        rules: [{ escalateTo: kept, escalateAfter }],
      });
    }
  });

  it('may ask for a reason alone', () => {
    const asking = { says: good.says, actions: ['delete'], reasonNeeded: true };
    expect(readPolicy(file(asking))).toMatchObject({ rules: [asking] });
  });

  it('that is shipped has its rules', () => {
    expect(shippedPolicy().rules.map(({ approvals }) => approvals)).toEqual([1, undefined, 1]);
  });

  it.each([
    ['no file', null, /is not a file that can be read; write the path/u],
    ['no JSON', '{', /is not JSON; write the form of/u],
    ['no rules', '{"version": "1"}', /wrong at rules/u],
    ['no version', '{"rules": []}', /wrong at version/u],
    ['an unknown key', file({ ...good, aprovals: 1 }), /wrong at rules, number 1: it has an unknown key: "aprovals"/u],
    ['an unknown action', file(good, { ...good, actions: ['erase'] }), /rules, number 2, actions, number 1/u],
    ['no action', file({ ...good, actions: [] }), /actions: it is empty/u],
    ['too many approvals', file({ ...good, approvals: 6 }), /approvals: it is more than 5/u],
    ['half an approval', file({ ...good, approvals: 1.5 }), /approvals: it is not a whole number/u],
    ['a rule that asks for nothing', file({ says: good.says, actions: ['delete'] }), /asks for nothing/u],
    ['approvals of exports', file({ ...good, actions: ['export'] }), /asks for approvals of exports/u],
    ['a wait of exports', file({ says: good.says, actions: ['export'], waitMinutes: 60 }), /lets exports wait/u],
    [
      'a reason of exports',
      file({ says: good.says, actions: ['export'], reasonNeeded: true }),
      /asks for a reason of ex/u,
    ],
    ['a reason that is no switch', file({ ...good, reasonNeeded: 'yes' }), /reasonNeeded: it is not true or false/u],
    ['others’ assets left out', file({ ...good, othersAssets: false }), /othersAssets: it is not true/u],
    ['a wait without end', file({ ...good, waitMinutes: 20_161 }), /waitMinutes: it is more than 20160/u],
    [
      'a name to type for assets',
      file({ ...good, confirmByTypingName: true }),
      /asks to type the name of a workspace/u,
    ],
    [
      'reviewers without approvals',
      file({ says: good.says, actions: ['delete'], waitMinutes: 5, reviewers: ['approvers'] }),
      /says who reviews, but asks for no approvals/u,
    ],
    [
      'a group that nobody is in',
      JSON.stringify({ version: '7', groups: { privacy: [] }, rules: [good] }),
      /groups, privacy: it is empty/u,
    ],
    [
      'somebody in a group who is nobody',
      JSON.stringify({ version: '7', groups: { privacy: ['patti@contoso.com', 'Patti'] }, rules: [good] }),
      /groups, privacy, number 2: it is neither an e-mail address nor an object id/u,
    ],
    [
      'a group with the name of others',
      JSON.stringify({ version: '7', groups: { 'workspace-owners': ['patti@contoso.com'] }, rules: [good] }),
      /groups, workspace-owners: it has a name that stands for other people/u,
    ],
    [
      'a group that does not exist',
      file(good, { ...good, reviewers: ['workspace-owners', 'privacy'] }),
      /rules, number 2, reviewers: it names a group that is not in "groups"/u,
    ],
    [
      'holds placed by a group that does not exist',
      JSON.stringify({ version: '7', holds: { placedBy: ['legal'] }, rules: [good] }),
      /holds, placedBy: it names a group that is not in "groups"/u,
    ],
    [
      'a wrong key for holds',
      JSON.stringify({ version: '7', holds: { lifted: true }, rules: [good] }),
      /holds: it has an unknown key/u,
    ],
    [
      'a conversation that is none',
      file({ ...good, conversation: 'Approvals finance' }),
      /rules, number 1, conversation: it is neither the id of a Teams conversation nor the link/u,
    ],
    [
      'a conversation without approvals',
      file({ says: good.says, actions: ['delete'], waitMinutes: 5, conversation: '19:abc@thread.tacv2' }),
      /says where approvals are asked for, but asks for none/u,
    ],
    ['an escalation to nobody', file({ ...good, escalateTo: {} }), /escalateTo: it names neither/u],
    [
      'an escalation to somebody who is nobody',
      file({ ...good, escalateTo: { people: ['Patti'] } }),
      /escalateTo, people, number 1: it is neither an e-mail address nor an object id/u,
    ],
    [
      'an escalation to where it is asked for',
      file({
        ...good,
        conversation: '19:abc@thread.tacv2',
        escalateTo: { conversation: 'https://teams.microsoft.com/l/channel/19%3Aabc%40thread.tacv2/General' },
      }),
      /escalates to the conversation in which it is asked for/u,
    ],
    ['a time without an escalation', file({ ...good, escalateAfter: { minutes: 5 } }), /but not to whom/u],
    [
      'a share that is none',
      file({ ...good, escalateTo: { people: ['patti@contoso.com'] }, escalateAfter: { share: 1 } }),
      /escalateAfter, share: it is more than 0\.95/u,
    ],
    [
      'two times',
      file({ ...good, escalateTo: { people: ['patti@contoso.com'] }, escalateAfter: { share: 0.5, minutes: 5 } }),
      /escalateAfter: it is neither/u,
    ],
    [
      'an escalation without approvals',
      file({ says: good.says, actions: ['delete'], waitMinutes: 5, escalateTo: { people: ['patti@contoso.com'] } }),
      /escalates approvals, but asks for none/u,
    ],
    ['no sentence', file({ ...good, says: 'two people' }), /says: it is not a sentence/u],
    ['several lines', file({ ...good, says: 'Two people\nmust approve.' }), /says: it is not a sentence/u],
  ])('is refused with %s, and says where', (_case, text, words) => {
    const fault = text === null ? readPolicyFile('/nowhere/policy.json') : readPolicy(text);
    expect(refused(fault) ? fault.sentence : 'accepted').toMatch(words);
  });

  it('is refused for every rule that is no rule', () => {
    for (const value of [null, 7, 'x', [], true])
      expect(faultOf(JSON.stringify({ version: '1', rules: value }))).not.toBe('');
    expect(faultOf('null')).toMatch(/wrong at its top/u);
  });
});
