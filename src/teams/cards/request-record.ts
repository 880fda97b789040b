import { z } from 'zod';
import template from '../../../cards/request-record.json' with { type: 'json' };
import { requestStates } from '../../domain/request.ts';
import { actionNoun } from './action-words.ts';
import { defineCard } from './definition.ts';
import { clip, plainName, prose, runs, visible } from './literal.ts';
import { pageOf, pageTurner, shortened } from './pages.ts';
import { place } from './place.ts';
import { sealingWords, whatHappened, whoActed } from './record-words.ts';
import { action, count, moment, name, requestFields } from './shapes.ts';
import { stateStyles } from './states.ts';
import { momentWords, plural } from './words.ts';

/** Events per page. */
export const recordLength = 10;

const entry = count.nullable();

const event = z.strictObject({
  action: z.string(),
  role: z.enum(['requester', 'decider', 'other', 'system']),
  name: name.nullable(),
  at: moment,
  lastAt: moment,
  count,
  to: z.string().nullable(),
  because: z.string().nullable(),
  comment: z.string().nullable(),
  assetName: z.string().nullable(),
  policyVersion: z.string().nullable(),
  firstEntry: entry,
  lastEntry: entry,
  unsealed: count,
});

/** The record of one request: what happened when, by whom, under which policy, and how it is sealed. */
export const requestRecord = defineCard(
  template,
  z.strictObject({
    request: requestFields.request,
    action,
    state: z.enum(requestStates),
    /** What it is about; null where the reader must not see it. */
    about: z.strictObject({ what: z.string(), workspaceName: name }).nullable(),
    /** Whether the reader sees names; otherwise roles stand in their place. */
    isNamed: z.boolean(),
    /** Whether the reader may have it as a file here. */
    mayExport: z.boolean(),
    events: pageOf(event),
    sealing: z.strictObject({ first: entry, last: entry, unsealed: count }),
  }),
  ({ request, action, state, about, isNamed, mayExport, events, sealing }, room) => {
    const shorter = events.length === undefined ? {} : { rows: events.length };
    const most = shortened(60, room);
    return {
      summary: `The record of ${request}: ${plural(events.total, 'event')}. ${sealingWords(sealing)}`,
      title: runs(`Record of ${request}`),
      subtitle: runs(
        actionNoun(action),
        ...(about === null ? [] : [`: ${plainName(about.what, most)}`, ...place('in', about.workspaceName)]),
        ` · ${stateStyles[state].words}`,
      ),
      events: events.rows.map((each) => {
        const short = { ...each, name: each.name === null ? null : plainName(each.name, most) };
        const asset = each.assetName === null ? null : plainName(each.assetName, most);
        const until = each.lastAt.getTime() - each.at.getTime() < 60_000 ? '' : ` to ${momentWords(each.lastAt)}`;
        return {
          who: runs(whoActed(short, isNamed)),
          what: runs(` ${whatHappened({ ...each, assetName: asset })}`),
          hasComment: each.comment !== null,
          comment: each.comment === null ? [] : runs('“', clip(visible(each.comment), shortened(500, room)), '”'),
          when: `${momentWords(each.at)}${until} · ${[policyWords(each.policyVersion), sealedWords(each)].join(' · ')}`,
        };
      }),
      turn: pageTurner(events, events.length ?? recordLength).map(({ where, turns }) => ({
        where,
        turns: turns.map((turn) => ({ ...turn, data: { record: request, page: turn.to, ...shorter } })),
      })),
      sealing: sealingWords(sealing),
      hasNote: !isNamed,
      note: prose('Names, comments and what it is about are shown to auditors and those concerned, in their own chat.'),
      hasExamples: mayExport,
      examples: mayExport
        ? ['CSV', 'JSON'].map((format) => ({
            title: `Export as ${format}`,
            text: `export the record of ${request} as ${format}`,
          }))
        : [],
    };
  },
);

function policyWords(version: string | null): string {
  return version === null ? 'policy not recorded' : `policy ${version.replace(/[^\w.+-]/gu, '')}`;
}

function sealedWords({ firstEntry, lastEntry, unsealed }: z.output<typeof event>): string {
  if (firstEntry === null || unsealed > 0) return 'not sealed yet';
  return firstEntry === lastEntry ? `entry ${firstEntry}` : `entries ${firstEntry} to ${lastEntry}`;
}
