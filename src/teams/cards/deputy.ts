import { z } from 'zod';
import template from '../../../cards/deputy.json' with { type: 'json' };
import { defineCard } from './definition.ts';
import { plainName, runs } from './literal.ts';
import { count, moment, name } from './shapes.ts';
import { momentWords } from './words.ts';

const shape = z.strictObject({
  deputyship: count,
  state: z.enum(['waiting', 'to-come', 'in-force', 'declined', 'expired', 'ended']),
  away: name,
  deputy: name,
  /** Who was shown the preview; null when they are not known by name. */
  namer: name.nullable().default(null),
  /** What the reader has to do with it: one of the two, or somebody else, such as an administrator. */
  reader: z.enum(['away', 'deputy', 'other']),
  startsAt: moment,
  /** Whether it begins on a later day, and not with the press. */
  isLater: z.boolean().default(false),
  endsAt: moment,
  timeZone: z.string(),
  /** Whether the deputy may decide all that the person away may: by an administrator, or since the rules let them anyway. */
  admission: z.enum(['admitted', 'admits-with-press', 'awaited', 'not-needed']),
  /** Whether the reader is an administrator who can admit the deputy. */
  canAdmit: z.boolean().default(false),
  /** Whether the reader can end it. */
  canEnd: z.boolean().default(false),
  because: z.enum(['person-away', 'deputy', 'administrator', 'left', 'time']).nullable().default(null),
  expiresAt: moment,
});

type Data = z.output<typeof shape>;

const eyebrows = {
  waiting: 'Deputy for approvals · waiting for your confirmation',
  'to-come': 'Deputy for approvals · named',
  'in-force': 'Deputy for approvals · named',
  declined: 'Deputy for approvals · not named',
  expired: 'Deputy for approvals · not named',
  ended: 'Deputy for approvals · ended',
} as const;

/** Somebody who decides for somebody else for a time: the preview, and what holds. */
export const deputy = defineCard(template, shape, (data) => {
  const { state } = data;
  const holds = state === 'to-come' || state === 'in-force';
  const isWaiting = state === 'waiting';
  const title = titleOf(data);
  const [what, admission] = [whatOf(data), isWaiting || holds ? admissionOf(data) : ''];
  const rules = isWaiting || holds ? rulesOf(data) : '';
  return {
    summary: [title, timeOf(data), what, admission, rules].filter((part) => part !== '').join(' '),
    deputyship: data.deputyship,
    eyebrow: eyebrows[state],
    title: runs(title),
    time: runs(timeOf(data)),
    what: runs(what),
    hasAdmission: admission !== '',
    admission: runs(admission),
    hasRules: rules !== '',
    rules,
    isWaiting,
    admits: holds && data.canAdmit && data.admission === 'awaited',
    ends: holds && data.canEnd,
    end: data.reader === 'deputy' ? 'I decline' : data.reader === 'away' ? 'I am back' : 'End it',
    expiry: `You can confirm this until ${momentWords(data.expiresAt)}.`,
  };
});

function namesOf({ away, deputy: other, reader }: Data) {
  const [person, stand] = [plainName(away, 60), plainName(other, 60)];
  return { person: reader === 'away' ? 'you' : person, stand: reader === 'deputy' ? 'you' : stand };
}

function titleOf(data: Data): string {
  const { person, stand } = namesOf(data);
  const decides = data.reader === 'deputy' ? 'You decide' : `${stand} decides`;
  switch (data.state) {
    case 'waiting':
      return `${decides} for ${person}?`;
    case 'to-come':
    case 'in-force':
      return `${decides} for ${person}`;
    case 'declined':
    case 'expired':
      return `${data.reader === 'deputy' ? 'You were' : `${stand} was`} not named`;
    case 'ended':
      return `${data.reader === 'deputy' ? 'You no longer decide' : `${stand} no longer decides`} for ${person}`;
  }
}

/** "From now until the end of Fri 4 Dec 2026 (time zone Europe/Berlin)." */
function timeOf({ state, isLater, startsAt, endsAt, timeZone }: Data): string {
  const holds = state === 'waiting' || state === 'to-come' || state === 'in-force';
  const start = state === 'waiting' && !isLater ? 'now' : dayIn(startsAt, timeZone);
  // It ends at midnight, which people read as the end of the day before.
  const end = `the end of ${dayIn(new Date(endsAt.getTime() - 1), timeZone)} (time zone ${timeZone})`;
  return `${holds ? 'From' : 'It was to be from'} ${start} until ${end}.`;
}

function dayIn(moment: Date, timeZone: string): string {
  const parts = { timeZone, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
  return new Intl.DateTimeFormat('en-GB', parts).format(moment).replace(',', '');
}

function whatOf(data: Data): string {
  const { person, stand } = namesOf(data);
  const named = data.namer === null || data.state === 'waiting' ? '' : `Named by ${plainName(data.namer, 60)}. `;
  const sees = data.reader === 'deputy' ? 'You see' : `${stand} sees`;
  const votes = `the requests about which ${person} may decide, and ${data.reader === 'deputy' ? 'approve or reject' : 'approves or rejects'} them.`;
  switch (data.state) {
    case 'waiting':
    case 'to-come':
    case 'in-force':
      return `${named}${sees} ${votes}`;
    case 'declined':
      return 'Nothing was changed.';
    case 'expired':
      return 'It was not confirmed in time, so nothing was changed. Please say it again.';
    case 'ended':
      return `${endWords(data)} Votes that were given for ${person} count no longer, except where the rules let ${stand} decide anyway.`;
  }
}

function endWords(data: Data): string {
  const { person, stand } = namesOf(data);
  switch (data.because) {
    case 'person-away':
      return data.reader === 'away' ? 'You ended it.' : `${person} ended it.`;
    case 'deputy':
      return data.reader === 'deputy' ? 'You declined.' : `${stand} declined.`;
    case 'administrator':
      return 'An administrator of Studio Steward ended it.';
    case 'left':
      return 'One of the two accounts is disabled or no longer in the tenant.';
    default:
      return 'Its time is over.';
  }
}

function admissionOf(data: Data): string {
  const { person, stand } = namesOf(data);
  const may = data.reader === 'deputy' ? 'You' : stand;
  switch (data.admission) {
    case 'admitted':
      return `An administrator has admitted ${stand}.`;
    case 'admits-with-press':
      return `You admit ${stand} with this, as an administrator: whatever ${person} may decide, ${stand} may decide.`;
    case 'not-needed':
      return `The rules let ${stand} decide about the same requests already.`;
    case 'awaited': {
      const asks = data.state === 'waiting' ? ' I ask the administrators when you press.' : '';
      return `${may} can decide only where the rules allow it already, until an administrator of Studio Steward admits ${stand}.${asks}`;
    }
  }
}

function rulesOf({ state }: Data): string {
  const told = state === 'waiting' ? 'Both are told in their own chats with me. ' : '';
  return (
    `${told}The votes of the two count as one. As a deputy nobody decides about a request or about data of either of the ` +
    'two. Either of them or an administrator can end it at any time.'
  );
}
