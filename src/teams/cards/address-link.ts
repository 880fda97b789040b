import { z } from 'zod';
import template from '../../../cards/address-link.json' with { type: 'json' };
import { botRoles } from '../../domain/bot-roles.ts';
import { mainSource } from '../../sources/registry.ts';
import { defineCard } from './definition.ts';
import { plainName, prose, quoted, runs } from './literal.ts';
import { count, moment, name } from './shapes.ts';
import { momentWords } from './words.ts';

/** The most workspaces that are listed by name. */
const mostListed = 12;

const shape = z.strictObject({
  change: count,
  kind: z.enum(['link', 'unlink']),
  state: z.enum(['waiting', 'done', 'declined', 'expired']),
  address: z.string(),
  /** The account that gets the address or, when a link ends, has it. */
  person: name,
  /** Another account that has it now. */
  holder: name.nullable().default(null),
  workspaces: z.array(z.strictObject({ name, role: z.enum(['owner', 'user']) })).readonly(),
  roles: z.array(z.enum(botRoles)).readonly(),
  groups: z.array(z.string()).readonly(),
  /** Whether the people concerned have a chat with the bot, in which they are told. */
  isTold: z.boolean(),
  expiresAt: moment,
});

type Data = z.output<typeof shape>;

const eyebrows = {
  waiting: 'Address of an account · waiting for your confirmation',
  done: 'Address of an account · changed',
  declined: 'Address of an account · not changed',
  expired: 'Address of an account · not changed',
} as const;

/** A link of an address that an administrator wants to make or end: who gets and who loses which rights. */
export const addressLink = defineCard(template, shape, (data) => {
  const { state, kind, address, person, holder } = data;
  const isWaiting = state === 'waiting';
  const title = titleOf(data);
  const rights = rightsOf(data);
  const loss =
    isWaiting && kind === 'link' && holder !== null
      ? `${plainName(holder)} has this address today, and loses these rights.`
      : '';
  const note = noteOf(data);
  return {
    summary: [title.join(''), ...rights.map(({ text }) => text.join('')), loss, note]
      .filter((part) => part !== '')
      .join(' '),
    change: data.change,
    eyebrow: eyebrows[state],
    title,
    what: runs(
      kind === 'link'
        ? `The account ${plainName(person)} gets all rights that the address `
        : `The account ${plainName(person)} loses all rights that the address `,
      ...quoted(address, 120),
      ' gives.',
    ),
    isWaiting,
    rightsTitle: kind === 'link' ? 'What this address gives today' : 'What is lost with it today',
    rights,
    hasLoss: loss !== '',
    loss: prose(loss),
    rules: rulesOf(data),
    hasNote: note !== '',
    note: prose(note),
    expiry: `You can confirm this until ${momentWords(data.expiresAt)}.`,
    confirm: kind === 'link' ? 'Link this address' : 'End this link',
  };
});

function titleOf({ kind, state, address, person }: Data) {
  const ending = state === 'waiting' ? '?' : '';
  return kind === 'link'
    ? runs('Link ', plainName(address, 80), ' to ', plainName(person, 60), ending)
    : runs('Unlink ', plainName(address, 80), ' from ', plainName(person, 60), ending);
}

function rightsOf({ workspaces, roles, groups }: Data) {
  const listed = workspaces.slice(0, mostListed);
  const more = workspaces.length - listed.length;
  const lines = [
    ...listed.map(({ name: workspace, role }) =>
      runs(`• ${role === 'owner' ? 'Owner' : 'Member'} of the workspace `, ...quoted(workspace, 60)),
    ),
    ...(more > 0 ? [runs(`• and membership of ${more} more workspaces`)] : []),
    ...roles.map((role) => runs(`• The role “${role}” of Studio Steward`)),
    ...groups.map((group) => runs('• What the rules for approvals give the group ', ...quoted(group, 60))),
  ];
  const none = `• Nothing at present: no workspace in ${mainSource.name} lists it, and it has no role in Studio Steward.`;
  return (lines.length === 0 ? [runs(none)] : lines).map((text) => ({ text }));
}

function rulesOf({ kind, holder, isTold }: Data): string {
  const whom = kind === 'link' && holder !== null ? 'Both people are' : 'The person is';
  const told = isTold
    ? `${whom} told in their own chat with me.`
    : 'I cannot tell everybody concerned, since not all have a chat with me: please tell them yourself.';
  if (kind === 'unlink') {
    return `From then on nobody has this address, until an administrator links it again. ${told}`;
  }
  return (
    'Whatever this address is given later counts for this account, too. Accounts that have or had the same address ' +
    `count as one person when something has to be approved. ${told}`
  );
}

function noteOf({ state, kind }: Data): string {
  switch (state) {
    case 'waiting':
      return '';
    case 'done':
      return kind === 'link' ? 'The address is linked.' : 'The link has ended.';
    case 'declined':
      return 'Nothing was changed.';
    case 'expired':
      return 'It was not confirmed in time, so nothing was changed. Please ask again.';
  }
}
