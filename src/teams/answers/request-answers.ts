import { isDeepStrictEqual } from 'node:util';
import type { WorkspaceDeletion } from '../../domain/actions.ts';
import { sameName } from '../../domain/name-folding.ts';
import { refusalSentence } from '../../domain/refusals.ts';
import { type Ask, type RequestRecord, requestId } from '../../domain/request.ts';
import { withdrawCorrected } from '../../requests/cancel.ts';
import { correctedRequest, notInPreview } from '../../requests/corrected.ts';
import { maxMentions, type Origin, TooManyOpenError } from '../../requests/create.ts';
import { findWorkspace } from '../../requests/find-workspace.ts';
import { askEach, mostOfGroup } from '../../requests/group.ts';
import { visibleWorkspaces } from '../../requests/visible-workspaces.ts';
import { objectOf } from '../../understanding/conversation.ts';
import type { Slots } from '../../understanding/intents.ts';
import { renderCard } from '../cards/render.ts';
import { groupCard } from '../group-card.ts';
import { forgetNewest } from '../planner.ts';
import { limitsOf } from '../slot-limits.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';

/** The actions on named assets. */
type AssetAction = Extract<Ask, { target: 'assets' }>['action'];

/** Starts an export of a workspace; "…and then delete it" makes it a deletion of the workspace with an export before it. */
export async function exportWorkspace(services: TeamsServices, turn: Turn): Promise<void> {
  const { slots } = turn.reading;
  if (slots.then !== undefined) {
    const { intent, slots: next } = slots.then;
    const sameWorkspace = intent === 'delete.workspace' && isSameSelection(slots, next);
    // A partial export is not a backup of the workspace.
    if (!sameWorkspace || (slots.data ?? 'all') !== 'all') return oneThingAtATime(turn);
    return startWorkspaceDeletion(services, turn, 'export-then-delete-workspace', slots);
  }
  await start(services, turn, {
    action: 'export',
    target: 'workspace',
    data: slots.data ?? 'all',
    mentions: [],
    ...placeOf(slots),
  });
}

/** Starts an export of named assets; "…and then delete them" makes it a deletion with an export before it. */
export async function exportAssets(services: TeamsServices, turn: Turn): Promise<void> {
  const { slots } = turn.reading;
  if (slots.then === undefined) return startWithAssets(services, turn, 'export', slots);
  const sameAssets = slots.then.intent === 'delete.assets' && isSameSelection(slots, slots.then.slots);
  if (!sameAssets) return oneThingAtATime(turn);
  return startWithAssets(services, turn, 'export-then-delete', slots);
}

/** Starts a deletion of named assets. Nothing is deleted before its preview is confirmed. */
export async function deleteAssets(services: TeamsServices, turn: Turn): Promise<void> {
  if (turn.reading.slots.then !== undefined) return oneThingAtATime(turn);
  return startWithAssets(services, turn, 'delete', turn.reading.slots);
}

/** Starts the deletion of a whole workspace. Nothing is deleted before its preview is confirmed. */
export async function deleteWorkspace(services: TeamsServices, turn: Turn): Promise<void> {
  const { slots } = turn.reading;
  if (slots.then !== undefined) return oneThingAtATime(turn);
  return startWorkspaceDeletion(services, turn, 'delete-workspace', slots);
}

/** Starts an export of the person's own personal data. Steward cannot export another person's yet. */
export async function exportPersonalData(services: TeamsServices, turn: Turn): Promise<void> {
  if (turn.reading.slots.subject !== 'me') {
    return turn.say(
      renderCard('notice', {
        severity: 'info',
        sentence: 'I cannot collect another person’s data yet.',
        next: 'An owner of the workspace can export its personal data: account ids, e-mail addresses and roles.',
        examples: ['export the personal data of my workspace'],
      }),
    );
  }
  await start(services, turn, { action: 'export', target: 'workspace', data: 'personal', mentions: [] });
}

async function startWorkspaceDeletion(
  services: TeamsServices,
  turn: Turn,
  action: WorkspaceDeletion,
  slots: Slots,
): Promise<void> {
  await start(services, turn, {
    action,
    target: 'workspace',
    data: 'all',
    mentions: [],
    ...placeOf(slots),
  });
}

async function startWithAssets(services: TeamsServices, turn: Turn, action: AssetAction, slots: Slots): Promise<void> {
  const mentions = slots.assets ?? [];
  if (mentions.length > maxMentions) {
    return turn.say(
      renderCard('notice', {
        severity: 'refused',
        sentence: `You named ${mentions.length} assets; I can take ${maxMentions} at once.`,
        next: 'Please split them into several messages, or say what they have in common, like “all datasets with 2019 in the name”.',
        examples: [],
      }),
    );
  }
  const wish = assetsAsk(action, slots);
  if (wish === null) return askWhich(turn, action);
  await start(services, turn, wish);
}

/** An action on the named or selected assets; null when the message names and selects none. */
export function assetsAsk(action: AssetAction, slots: Slots): Ask | null {
  const mentions = slots.assets ?? [];
  const selects = slots.all === true || slots.dates !== undefined || slots.filter !== undefined;
  if (mentions.length === 0 && !selects) return null;
  return {
    action,
    target: 'assets',
    data: 'customer',
    mentions,
    ...placeOf(slots),
    ...(selects && mentions.length === 0 ? { selection: { except: slots.except ?? [], ...limitsOf(slots) } } : {}),
  };
}

/** Creates the request, or one for each workspace that was named; its card comes through the outbox. */
export async function start(services: TeamsServices, turn: Turn, wish: Ask): Promise<void> {
  const { actor, activityId } = turn;
  await turn.showTyping();
  const { id: conversationId, kind } = actor.conversation;
  if (turn.reading.narrows === true && (await refusesWider(services, turn, wish))) return;
  const asks = await asksOf(services, turn, wish);
  if (asks === null) return;
  const requests = await askOrRefuse(services, turn, { conversationId, kind, activityId }, asks);
  const [first, ...others] = requests ?? [];
  if (first === undefined) return;
  if (turn.reading.corrects === true) await withdrawCorrected(services, actor.person, first);
  if (others.length === 0) return;
  const card = await groupCard(services, actor.person, first, kind === 'personal' ? 'requester' : 'public');
  if (card !== null) await turn.say(card);
}

/** “Just churn.csv” behind a preview that does not list it: says so, and does nothing; false where the preview lists it. */
async function refusesWider(services: TeamsServices, turn: Turn, { action, mentions }: Ask): Promise<boolean> {
  const { person, conversation } = turn.actor;
  const open = await correctedRequest(services, person, { conversationId: conversation.id, action });
  if (open === null) return false;
  const names = mentions.map(({ name }) => name);
  const name = open.state === 'awaiting-confirmation' ? await notInPreview(services, open, names) : names[0];
  if (name === undefined || name === null) return false;
  await forgetNewest(services, turn.actor);
  const id = requestId(open.number);
  const sentence =
    open.state === 'awaiting-confirmation'
      ? `“${name}” is not among what ${id} lists, so I did nothing.`
      : `${id} does not list yet what it is about, so I did nothing with “${name}”. Please say it again when it does.`;
  await turn.say(renderCard('notice', { severity: 'refused', sentence, next: null, examples: [`status of ${id}`] }));
  return true;
}

/**
 * One ask for each workspace that is named; only one when a workspace has the whole list as its name ("R&D Lab"). Null
 * after answering that there are too many.
 */
async function asksOf(services: TeamsServices, turn: Turn, wish: Ask): Promise<readonly Ask[] | null> {
  const { workspaces = [], workspaceLonger = [] } = turn.reading.slots;
  if (workspaces.length === 0) return [wish];
  if (workspaces.length > mostOfGroup) {
    await turn.say(
      renderCard('notice', {
        severity: 'refused',
        sentence: `You named ${workspaces.length} workspaces; I can take ${mostOfGroup} at once, so I did nothing.`,
        next: 'Please split them into several messages.',
        examples: ['list my workspaces'],
      }),
    );
    return null;
  }
  const whole = await nameThatExists(services, turn, workspaceLonger);
  const names = whole === null ? workspaces : [whole];
  const unseen = names.length > 1 ? await firstUnseen(services, turn, wish, names) : null;
  if (unseen !== null) {
    await turn.say(
      renderCard('notice', {
        severity: 'refused',
        sentence: `I cannot see a workspace called “${unseen}” among yours, so I did nothing in the others either.`,
        next: `If “${unseen}” is a person, write “owned by ${unseen}”.`,
        examples: ['list my workspaces'],
      }),
    );
    return null;
  }
  return names.map((workspaceName) => ({ ...wish, workspaceName }));
}

/** The first of several named workspaces that none of the person's is; null when there is none or not all were read. */
async function firstUnseen(
  services: TeamsServices,
  turn: Turn,
  wish: Ask,
  names: readonly string[],
): Promise<string | null> {
  const { visible, obstacle } = await visibleWorkspaces(services, turn.actor.person, turn.signal, 'recent');
  if (obstacle !== null || visible.length === 0) return null;
  const unseen = names.find(
    (workspaceName) => findWorkspace(services, { ...wish, workspaceName }, visible).kind === 'refusal',
  );
  return unseen ?? null;
}

/** The first of these names that a workspace of the person has; null when none has. */
export async function nameThatExists(
  services: TeamsServices,
  turn: Turn,
  names: readonly string[],
): Promise<string | null> {
  if (names.length === 0) return null;
  const { visible } = await visibleWorkspaces(services, turn.actor.person, turn.signal, 'recent');
  return names.find((name) => visible.some(({ workspace }) => sameName(workspace.name, name))) ?? null;
}

/** The named workspace, with longer names that it may be the start of. */
export function placeOf({ workspace, workspaceLonger }: Slots): Pick<Ask, 'workspaceName' | 'workspaceLonger'> {
  if (workspace === undefined) return {};
  return workspaceLonger === undefined ? { workspaceName: workspace } : { workspaceName: workspace, workspaceLonger };
}

/** The created requests; null after answering why they were refused. */
async function askOrRefuse(
  services: TeamsServices,
  turn: Turn,
  origin: Origin,
  asks: readonly Ask[],
): Promise<readonly RequestRecord[] | null> {
  try {
    return await askEach(services, turn.actor.person, origin, asks);
  } catch (error) {
    if (!(error instanceof TooManyOpenError)) throw error;
    const sentence = refusalSentence(error.refusal);
    await turn.say(renderCard('notice', { severity: 'refused', sentence, next: null, examples: ['my requests'] }));
    return null;
  }
}

/** True when the second command means exactly the first one's object: "it", or all of it said again. */
function isSameSelection(first: Slots, second: Slots): boolean {
  const [one, two] = [objectOf(first), objectOf(second)];
  if (Object.keys(two).length === 0) return true;
  const { workspace, workspaceLonger, workspaces, ...objects } = one;
  const isPlaceSaid = two.workspace !== undefined || two.workspaces !== undefined;
  return isDeepStrictEqual(two, isPlaceSaid ? one : objects) || isDeepStrictEqual(two, one);
}

async function askWhich(turn: Turn, action: AssetAction): Promise<void> {
  const verb = action === 'export' ? 'export' : 'delete';
  await turn.say(
    renderCard('notice', {
      severity: 'info',
      sentence: `What should I ${verb}?`,
      next: `Name it, for example “${verb} dataset churn.csv”.`,
      examples: ['list my datasets', 'list my experiments'],
    }),
  );
}

async function oneThingAtATime(turn: Turn): Promise<void> {
  await turn.say(
    renderCard('notice', {
      severity: 'info',
      sentence: 'Those are two different things, so I did nothing. I take one at a time.',
      next: 'Please send them as two messages.',
      examples: [],
    }),
  );
}
