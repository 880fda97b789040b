import { rolesOf } from '../../domain/bot-roles.ts';
import type { Person } from '../../domain/people.ts';
import { evaluate } from '../../domain/policy.ts';
import { isApprover } from '../../requests/report.ts';
import { roleMembers } from '../../requests/role-members.ts';
import type { VisibleWorkspace } from '../../requests/visible-workspaces.ts';
import type { ShownRows } from '../../understanding/conversation.ts';
import type { Reading } from '../../understanding/intents.ts';
import { assetListCard, assetListsCard, shownRows } from '../asset-list.ts';
import { renderCard } from '../cards/render.ts';
import { rememberReading, rememberShownRows } from '../planner.ts';
import { type ListWish, pickAssets } from '../recent-listings.ts';
import { comparedAddresses } from '../refusal-words.ts';
import { limitsOf } from '../slot-limits.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';
import { whomToAsk } from '../whom-to-ask.ts';
import { detailsCard, type Found, mostShown } from './asset-answer.ts';
import { answeringFailures, refused, visibleOrRefused, workspacesMeant } from './named-workspaces.ts';

/** Whose something is, a list says in the personal chat only. */
const asksOwners = /\b(?:who|whose|owners?)\b[^.;!?\n]{0,60}/iu;

/** "list my datasets": names, sizes and dates, newest first; of several workspaces the newest of each. */
export async function listAssets(services: TeamsServices, turn: Turn): Promise<void> {
  const { slots, overlooked } = turn.reading;
  await turn.showTyping();
  await answeringFailures(turn, async () => {
    const places = await workspacesMeant(services, turn, slots);
    if (places === null) return;
    const wish = { limits: limitsOf(slots), asker: turn.actor.person };
    const isPersonal = turn.actor.conversation.kind === 'personal';
    const picked = await fewPicked(services, turn, places, wish);
    const [shown, ...more] = picked;
    // “Bin it” is about the one that is shown, and no longer about whatever is the oldest.
    if (shown !== undefined && more.length === 0) await rememberReading(services, turn.actor, shownReading(shown));
    if (picked.length > 0) {
      const card = await detailsCard(services, turn, picked, { limits: wish.limits, missing: [] });
      await rememberShownRows(services, turn.actor, pickedRows(picked));
      return turn.say(card);
    }
    const [only, ...others] = places;
    const owners = isPersonal ? undefined : asksOwners.exec(turn.text)?.[0];
    const list = { services, wish, isPersonal, overlooked: overlooked ?? owners, signal: turn.signal };
    const card =
      only !== undefined && others.length === 0
        ? await assetListCard({ ...list, seen: only })
        : await assetListsCard({ ...list, places });
    if (only !== undefined && others.length === 0)
      await rememberShownRows(services, turn.actor, await shownRows({ ...list, seen: only }));
    await turn.say(card);
  });
}

/** The few that a number picked, which are all that is shown. */
function pickedRows(picked: readonly Found[]): ShownRows {
  const [place, ...others] = new Set(picked.map(({ seen }) => seen.workspace.name));
  return {
    assets: picked.map(({ asset: { kind, name } }) => ({ kind, name })),
    isWhole: true,
    ...(place === undefined || others.length > 0 ? {} : { workspace: place }),
  };
}

function shownReading({ asset, seen }: Found): Reading {
  const slots = { assets: [{ kind: asset.kind, name: asset.name }], workspace: seen.workspace.name };
  return { intent: 'asset.show', slots, confidence: 1, why: 'the one that a list picked' };
}

/** "Who made the biggest dataset?": one or a few that a number picks, to be shown with all that is known of them. */
async function fewPicked(
  { source }: TeamsServices,
  turn: Turn,
  places: readonly VisibleWorkspace[],
  wish: ListWish,
): Promise<readonly Found[]> {
  const { pick } = wish.limits;
  if (pick === undefined || pick.rest === true || pick.count > mostShown) return [];
  const ids = places.map(({ workspace }) => workspace.id);
  const picked = await pickAssets(source, ids, wish, turn.signal);
  return picked.flatMap(({ asset, workspaceId }) =>
    places.filter(({ workspace }) => workspace.id === workspaceId).map((seen) => ({ asset, seen })),
  );
}

/** "which workspaces do I have". */
export async function listWorkspaces(services: TeamsServices, turn: Turn): Promise<void> {
  await turn.showTyping();
  await answeringFailures(turn, async () => {
    const visibility = await visibleOrRefused(services, turn);
    if (visibility === null) return;
    if (visibility.visible.length === 0) return turn.say(refused(services, turn, { reason: 'no-workspace' }));
    await turn.say(
      renderCard('list-workspaces', {
        workspaces: visibility.visible.slice(0, 20).map((seen) => workspaceRow(seen)),
        total: visibility.visible.length,
        unseen: visibility.obstacle?.message ?? null,
      }),
    );
  });
}

/** "what may I do": the person's addresses, workspaces and rights. */
export async function accountInfo(services: TeamsServices, turn: Turn): Promise<void> {
  await turn.showTyping();
  await answeringFailures(turn, async () => {
    const visibility = await visibleOrRefused(services, turn);
    if (visibility === null) return;
    const { person, conversation } = turn.actor;
    await turn.say(
      renderCard('account-info', {
        personName: person.name,
        known: conversation.kind === 'personal' ? comparedAddresses(person, 'I know you as') : null,
        isApprover: isApprover(services, person),
        roles: conversation.kind === 'personal' ? rolesOf(roleMembers(services), person) : [],
        ask: whomToAsk(services),
        workspaces: visibility.visible
          .slice(0, 20)
          .map((seen) => ({ ...workspaceRow(seen), deletes: deletes(services, person, seen) })),
      }),
    );
  });
}

function workspaceRow({ workspace, role }: VisibleWorkspace) {
  return {
    name: workspace.name,
    accountType: workspace.accountType,
    serviceType: workspace.serviceType,
    expiresAt: workspace.expiresAt,
    role: role,
  };
}

function deletes(
  services: TeamsServices,
  person: Person,
  { workspace, role }: VisibleWorkspace,
): 'yes' | 'with-approval' | 'no' {
  const botRoles = rolesOf(roleMembers(services), person);
  const question = { action: 'delete', accountType: workspace.accountType, role, botRoles } as const;
  const decision = evaluate(question, services.settings.policy);
  if (!decision.allowed) return 'no';
  return decision.terms.approvals > 0 ? 'with-approval' : 'yes';
}
