import { z } from 'zod';
import template from '../../../cards/request-group.json' with { type: 'json' };
import { type KindTotal, type RequestState, requestStates } from '../../domain/request.ts';
import { actionNoun } from './action-words.ts';
import { defineCard } from './definition.ts';
import { plainName, prose, runs } from './literal.ts';
import { place } from './place.ts';
import { action, kindTotal, name, requestFields } from './shapes.ts';
import { stateStyles } from './states.ts';
import { sumTotals } from './totals.ts';
import { listWords, numberWords } from './words.ts';

/** The requests of one message about several workspaces, with their sum. */
export const requestGroup = defineCard(
  template,
  z.strictObject({
    ...requestFields,
    requests: z
      .array(
        z.strictObject({
          request: z.string(),
          action,
          workspaceName: name,
          what: z.string(),
          state: z.enum(requestStates),
          totals: z.array(kindTotal).readonly(),
        }),
      )
      .min(1)
      .readonly(),
  }),
  ({ request, version, refreshFor, requests }) => {
    const title = `${numberWords(requests.length)} requests, one for each workspace`;
    return {
      summary: `${title}.`,
      request,
      version,
      refreshFor,
      title: runs(title),
      sentence: prose('Each has a card of its own and waits for its own answer. Nothing is done without it.'),
      requests: requests.map((each) => ({
        id: each.request,
        icon: stateStyles[each.state].icon,
        colour: stateStyles[each.state].colour,
        what: runs(`${actionNoun(each.action)}: ${plainName(each.what, 60)}`, ...place('in', each.workspaceName)),
        state: stateStyles[each.state].words,
      })),
      sum: sumWords(requests),
    };
  },
);

/** How many are in which state, and how much those that are not withdrawn are about together. */
function sumWords(
  requests: readonly { readonly state: keyof typeof stateStyles; readonly totals: readonly KindTotal[] }[],
): string {
  const states = requestStates.flatMap((state) => {
    const several = requests.filter((each) => each.state === state).length;
    return several === 0 ? [] : [`${numberWords(several)} ${stateStyles[state].words.toLowerCase()}`];
  });
  const totals = requests.filter(({ state }) => !withdrawn.has(state)).flatMap((each) => each.totals);
  return `${listWords(states)}.${totals.length === 0 ? '' : ` Together: ${sumTotals(totals).words}.`}`;
}

const withdrawn: ReadonlySet<RequestState> = new Set(['cancelled', 'expired', 'rejected', 'failed']);
