import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { namedEntry, neitherPersonNorGroup } from './config-people.ts';
import { refused, shown, type Wrong, wrong } from './config-words.ts';
import { isWorkspaceDeletion, policyColumns } from './domain/actions.ts';
import { botRoles } from './domain/bot-roles.ts';
import { linkedChannelName, type NamedConversation, namedConversation } from './domain/conversation-id.ts';
import type { PolicyRules } from './domain/policy-rules.ts';
import { mostApprovals, reservedSets } from './domain/reviews.ts';

/** The reviewed file that holds the policy's rules where no other is named. */
const defaultPolicyFile = path.join(import.meta.dirname, 'default-policy.json');

const several = <const Option extends string>(options: readonly Option[]) =>
  z.array(z.enum(options, `is not one of ${options.map((each) => `"${each}"`).join(', ')}`)).min(1, 'is empty');

const count = (from: number, to: number) =>
  z.int('is not a whole number').min(from, `is less than ${from}`).max(to, `is more than ${to}`);

const sentence = z
  .string('is not a text')
  .trim()
  .min(10, 'is not a sentence')
  .max(200, 'is longer than 200 characters')
  .regex(/^[^\p{Cc}]*[.!?]$/u, 'is not a sentence on one line with a full stop');

/** What a rule can ask for; one that asks for none of it is a mistake. */
const conditions = [
  'approvals',
  'rejectionNeedsComment',
  'waitMinutes',
  'confirmByTypingName',
  'reasonNeeded',
  'refuse',
] as const;
const setName = z
  .string('is not a text')
  .regex(/^[a-z][a-z0-9-]{1,39}$/u, 'is not a name of 2 to 40 small letters, digits and hyphens');

const people = z
  .array(
    z.string('is not a text').transform((entry, context) => {
      const person = namedEntry(entry);
      if (person !== null) return person;
      context.addIssue({ code: 'custom', message: neitherPersonNorGroup });
      return z.NEVER;
    }),
  )
  .min(1, 'is empty')
  .max(60, 'has more than 60 entries');

/** In the forms of APPROVAL_CONVERSATION; whether it is of this tenant is checked with the other settings. */
const conversation = z.string('is not a text').transform((pasted, context): NamedConversation => {
  const found = namedConversation(pasted);
  const name = linkedChannelName(pasted);
  if (found !== null) return name === null ? found : { ...found, name };
  context.addIssue({
    code: 'custom',
    message: 'is neither the id of a Teams conversation nor the link that “Get link to channel” gives',
  });
  return z.NEVER;
});

const rule = z
  .strictObject({
    says: sentence,
    actions: several(policyColumns),
    accountTypes: several(['guest', 'free', 'standard']).exactOptional(),
    workspaceRoles: several(['owner', 'user']).exactOptional(),
    botRoles: several([...botRoles, 'user']).exactOptional(),
    withOwnRights: z.boolean('is not true or false').exactOptional(),
    moreThanAssets: count(1, 1_000_000).exactOptional(),
    othersAssets: z.literal(true, 'is not true').exactOptional(),
    approvals: count(1, mostApprovals).exactOptional(),
    reviewers: z.array(setName).min(1, 'is empty').max(10, 'has more than 10 names').exactOptional(),
    conversation: conversation
      .describe(
        'Where these approvals are asked for, in place of APPROVAL_CONVERSATION. The reviewers are taken to be members ' +
          'of it and are mentioned there; only the owners of workspaces are asked in their own chats as well.',
      )
      .exactOptional(),
    escalateTo: z
      .strictObject({ conversation: conversation.exactOptional(), people: people.exactOptional() })
      .refine(
        (to) => to.conversation !== undefined || to.people !== undefined,
        'names neither "conversation" nor "people"',
      )
      .describe(
        'Where the request is asked for as well, and in whose own chats, when nobody has decided by "escalateAfter". ' +
          'This gives nobody a vote: people whom the rule’s reviewers do not admit are only told that it waits, and ' +
          'see nothing of what it is about. A conversation shows the same card as the first one.',
      )
      .exactOptional(),
    escalateAfter: z
      .union(
        [
          z.strictObject({
            share: z.number('is not a number').min(0.05, 'is less than 0.05').max(0.95, 'is more than 0.95'),
          }),
          z.strictObject({ minutes: count(1, 14 * 24 * 60) }),
        ],
        'is neither {"share": …} of the time in which a request waits nor {"minutes": …}',
      )
      .describe('When it is escalated, counted from when it is asked for; by default {"share": 0.5}, half of the time.')
      .exactOptional(),
    rejections: count(1, mostApprovals).exactOptional(),
    rejectionNeedsComment: z.boolean('is not true or false').exactOptional(),
    waitMinutes: count(1, 14 * 24 * 60).exactOptional(),
    confirmByTypingName: z.boolean('is not true or false').exactOptional(),
    reasonNeeded: z.boolean('is not true or false').exactOptional(),
    refuse: sentence.exactOptional(),
  })
  .refine(
    (each) => conditions.some((condition) => each[condition] !== undefined),
    `asks for nothing: it has none of ${new Intl.ListFormat('en').format(conditions.map((each) => `"${each}"`))}`,
  )
  .refine(
    ({ actions, confirmByTypingName }) =>
      confirmByTypingName === undefined || actions.every((action) => isWorkspaceDeletion(action)),
    'asks to type the name of a workspace for something else than its deletion',
  )
  .refine(
    ({ actions, approvals }) => approvals === undefined || !actions.includes('export'),
    'asks for approvals of exports, which recurring exports could not have; only deletions can need them',
  )
  .refine(
    ({ approvals, reviewers }) => reviewers === undefined || approvals !== undefined,
    'says who reviews, but asks for no approvals; only rules with "approvals" can have "reviewers"',
  )
  .refine(
    ({ approvals, conversation }) => conversation === undefined || approvals !== undefined,
    'says where approvals are asked for, but asks for none; only rules with "approvals" can have a "conversation"',
  )
  .refine(
    ({ approvals, escalateTo }) => escalateTo === undefined || approvals !== undefined,
    'escalates approvals, but asks for none; only rules with "approvals" can have "escalateTo"',
  )
  .refine(
    ({ escalateTo, escalateAfter }) => escalateAfter === undefined || escalateTo !== undefined,
    'says when to escalate, but not to whom; only rules with "escalateTo" can have "escalateAfter"',
  )
  .refine(
    ({ conversation, escalateTo }) => conversation === undefined || escalateTo?.conversation?.id !== conversation.id,
    'escalates to the conversation in which it is asked for',
  )
  .refine(
    ({ actions, waitMinutes }) => waitMinutes === undefined || !actions.includes('export'),
    'lets exports wait, of which there is nothing to stop; only deletions can have "waitMinutes"',
  )
  .refine(
    ({ actions, reasonNeeded }) => reasonNeeded === undefined || !actions.includes('export'),
    'asks for a reason of exports, which recurring exports could not give; only deletions can need one',
  );

const schema = z
  .strictObject({
    version: z.string('is not a text').regex(/^[\w.-]{1,40}$/u, 'is not 1 to 40 letters, digits, dots and hyphens'),
    groups: z.record(setName, people).exactOptional(),
    holds: z
      .strictObject({
        placedBy: z.array(setName).min(1, 'is empty').max(10, 'has more than 10 names').exactOptional(),
        liftedByAnother: z.boolean('is not true or false').exactOptional(),
      })
      .describe(
        'Groups whose people place and lift legal holds beside the administrators, and whether a hold is lifted by ' +
          'somebody else than who placed it; by default it is, where somebody else may.',
      )
      .exactOptional(),
    rules: z.array(rule).max(100, 'has more than 100 rules'),
  })
  .superRefine(({ groups = {}, holds, rules }, context) => {
    if (holds?.placedBy?.some((set) => !Object.hasOwn(groups, set)) === true) {
      context.addIssue({
        code: 'custom',
        path: ['holds', 'placedBy'],
        message: 'names a group that is not in "groups"',
      });
    }
    const taken = reservedSets.find((set) => Object.hasOwn(groups, set));
    if (taken !== undefined) {
      context.addIssue({ code: 'custom', path: ['groups', taken], message: 'has a name that stands for other people' });
    }
    for (const [index, { reviewers = [] }] of rules.entries()) {
      const unknown = reviewers.find((set) => !reservedSets.includes(set) && !Object.hasOwn(groups, set));
      if (unknown === undefined) continue;
      const message = `names a group that is not in "groups"; it can also be ${reservedSets.map((set) => `"${set}"`).join(' or ')}`;
      context.addIssue({ code: 'custom', path: ['rules', index, 'reviewers'], message });
    }
  });

/**
 * Reads the rules of the policy from a file and checks them. Returns what is wrong with them, and what to write, as a
 * sentence that follows the setting's name.
 */
export function readPolicyFile(file: string): PolicyRules | Wrong {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return wrong(`${shown(file)} is not a file that can be read`, 'the path of a JSON file with the rules');
  }
  return readPolicy(text);
}

/** The rules that are shipped, which are in force where the configuration names no others. */
export function shippedPolicy(): PolicyRules {
  const rules = readPolicyFile(defaultPolicyFile);
  if (refused(rules)) throw new Error(`the shipped policy ${rules.sentence}`);
  return rules;
}

/** The same from a text. */
export function readPolicy(text: string): PolicyRules | Wrong {
  const form = 'the form of src/default-policy.json';
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return wrong('names a file that is not JSON', form);
  }
  const read = schema.safeParse(json);
  if (!read.success) {
    const [first] = read.error.issues;
    const place = (first?.path ?? [])
      .map((part) => (typeof part === 'number' ? `number ${part + 1}` : part))
      .join(', ');
    const what = first?.message.replace(/^Unrecognized key/u, 'has an unknown key') ?? 'is invalid';
    return wrong(`names a file that is wrong at ${place === '' ? 'its top' : place}: it ${what}`, form);
  }
  // The hash shows a change for which nobody raised the version.
  const hash = createHash('sha256').update(JSON.stringify(read.data)).digest('hex').slice(0, 8);
  const { version, ...policy } = read.data;
  return { version: `${version}+${hash}`, ...policy };
}
