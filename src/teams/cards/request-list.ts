import { z } from 'zod';
import template from '../../../cards/request-list.json' with { type: 'json' };
import { requestStates } from '../../domain/request.ts';
import { actionNoun } from './action-words.ts';
import { defineCard } from './definition.ts';
import { plainName, runs } from './literal.ts';
import { place } from './place.ts';
import { action, count, moment, name } from './shapes.ts';
import { stateStyles } from './states.ts';
import { momentWords, numberWords, plural } from './words.ts';

/** The most requests that the card lists. */
const mostListed = 15;

/** Several requests; tapping one shows its status. */
export const requestList = defineCard(
  template,
  z.strictObject({
    scope: z.enum(['mine', 'approvals']),
    requests: z
      .array(
        z.strictObject({
          request: z.string(),
          action,
          workspaceName: name,
          what: z.string(),
          /** Null for the reader's own requests. */
          requesterName: name.nullable(),
          state: z.enum(requestStates),
          createdAt: moment,
        }),
      )
      .readonly(),
    /** The total number, when it is more than are given. */
    total: count.optional(),
  }),
  ({ scope, requests, total }, rows) => {
    const shown = requests.slice(0, Math.min(mostListed, rows));
    const missing = Math.max(total ?? 0, requests.length) - shown.length;
    const heading = scope === 'mine' ? 'Your requests' : 'Waiting for approval';
    const empty = scope === 'mine' ? 'You have no requests yet.' : 'Nothing is waiting for your approval.';
    return {
      summary: shown.length === 0 ? empty : `${heading}: ${plural(shown.length + missing, 'request')}.`,
      heading,
      requests: shown.map(({ request, action, workspaceName, what, requesterName, state, createdAt }) => ({
        id: request,
        icon: stateStyles[state].icon,
        colour: stateStyles[state].colour,
        what: runs(
          `${actionNoun(action)}: ${plainName(what, 60)}`,
          ...place('in', workspaceName),
          requesterName === null ? '' : `, for ${plainName(requesterName, 40)}`,
        ),
        state: `${stateStyles[state].words} · requested ${momentWords(createdAt)}`,
      })),
      hasMore: missing > 0,
      more: `and ${numberWords(missing)} older. To see one of them, write "status of DSR-…".`,
      isEmpty: shown.length === 0,
      empty,
    };
  },
);
