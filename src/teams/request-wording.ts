import { concernsPerson, traitsOf } from '../domain/actions.ts';
import { listedNames } from '../domain/joined-names.ts';
import type { Ask, RequestRecord } from '../domain/request.ts';
import { kindWords } from '../sources/registry.ts';
import type { Audience } from './card-context.ts';
import { selectionWords } from './limit-words.ts';

/** What a request is for, in lists and status cards: "everything", "churn.csv", "3 datasets". */
export function whatWords(request: RequestRecord, audience: Audience): string {
  const { ask, totals, progress } = request;
  if (ask.target === 'directory-person') {
    // The person's name is shown to the requester only.
    if (audience !== 'requester') return 'a person’s directory data';
    return ask.person.said === 'me' ? 'your own' : ask.person.said;
  }
  if (ask.target === 'workspace') return ask.data === 'personal' ? 'personal data' : 'everything';
  if (ask.retry?.workspaceFiles === true && progress.assetsTotal === 0) return 'the settings of the workspace';
  const [only, ...others] = ask.mentions;
  if (only !== undefined && others.length === 0) return only.name;
  const [kind, ...otherKinds] = totals;
  if (kind !== undefined && otherKinds.length === 0) {
    return `${kind.count} ${kind.count === 1 ? kindWords[kind.kind].one : kindWords[kind.kind].many}`;
  }
  const counted = progress.assetsTotal || ask.mentions.length;
  // While it is being prepared nothing is counted yet.
  if (counted === 0 && ask.selection !== undefined) return selectionWords(ask.selection);
  return `${counted} assets`;
}

/** The longest sentence that a card offers as a button. */
const longestSentence = 200;

/** A sentence that repeats the request, or null when it would be too long for a button. */
export function againWords(request: RequestRecord): string | null {
  const { ask, workspace } = request;
  if (ask.target === 'directory-person') {
    return ask.person.said === 'me' ? 'export my directory data' : `export the directory data of ${ask.person.said}`;
  }
  const sentence = ask.target === 'assets' ? mentionsSentence(ask) : workspaceSentence(ask, workspace?.name ?? null);
  return sentence !== null && sentence.length <= longestSentence ? sentence : null;
}

function workspaceSentence(ask: Extract<Ask, { target: 'workspace' }>, name: string | null): string {
  const whole = name === null ? 'my workspace' : `the workspace "${name}"`;
  const { deletes, archives } = traitsOf(ask.action);
  if (deletes === 'nothing') return `export ${ask.data === 'personal' ? 'the personal data of ' : ''}${whole}`;
  return archives ? `export ${whole} and then delete it` : `delete ${whole}`;
}

/** A sentence that asks for an alternative to what was refused; null when there is none. */
export function insteadWords({ refusal, workspace, action }: RequestRecord): string | null {
  if (concernsPerson(action)) return 'where do I find my telemetry?';
  // What was refused once would be refused again.
  return refusal?.reason === 'guest-cannot-delete' && workspace !== null
    ? `export the workspace "${workspace.name}"`
    : null;
}

function mentionsSentence(ask: Ask): string | null {
  if (ask.selection !== undefined || ask.mentions.length === 0) return null;
  const names = ask.mentions;
  const listed = listedNames(
    names,
    ({ kind, name }) => `${kind === undefined ? '' : `${kindWords[kind].one} `}"${name}"`,
  );
  const { deletes, archives } = traitsOf(ask.action);
  if (deletes === 'nothing') return `export ${listed}`;
  if (!archives) return `delete ${listed}`;
  return `export ${listed} and then delete ${names.length === 1 ? 'it' : 'them'}`;
}
