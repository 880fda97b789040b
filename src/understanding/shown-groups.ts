import type { AssetMention } from '../domain/asset-mentions.ts';
import { foldName } from '../domain/name-folding.ts';
import type { ConversationContext } from './conversation.ts';
import type { CommandIntent, Slots } from './intents.ts';

/** The things that were listed or previewed last. */
export interface Group {
  /** In the order in which they are shown, where that is known; null where only the selection is known. */
  readonly members: readonly AssetMention[] | null;
  /** True when the order of `members` is the one that the person saw. */
  readonly isOrdered: boolean;
  /** True when `members` are all that there are. */
  readonly isWhole: boolean;
  /** The selection, or the place where the members are. */
  readonly referent: Slots;
  /** The command that is about them; unset for a list. */
  readonly intent?: CommandIntent;
  /** Single things that were shown or commanded since, newest first. */
  readonly spoken: readonly AssetMention[];
}

/**
 * The newest group of things in a conversation: the assets or the selection of a command, the rows of a list, or the
 * last two things that were spoken of one after the other. Null where there is none. Pure.
 */
export function groupOf(context: ConversationContext): Group | null {
  const { turns, listed, rows, shown, shownBefore } = context;
  const singles = [
    ...turns.map(({ at, referent }) => ({ at, referent })),
    ...[shown, shownBefore].flatMap((each) => (each === undefined ? [] : [each])),
  ]
    .flatMap(({ at, referent }) => {
      const [only, ...others] = referent.assets ?? [];
      return only === undefined || others.length > 0 ? [] : [{ at, only, referent }];
    })
    .sort((a, b) => b.at - a.at);
  const since = (at: number) => singles.filter((each) => each.at > at).map(({ only }) => only);
  const command = turns.find(({ referent }) => (referent.assets?.length ?? 0) > 1 || referent.all === true);
  const listedAt = listed?.at ?? Number.NEGATIVE_INFINITY;
  if (command !== undefined && command.at > listedAt) {
    const { referent, intent, at } = command;
    const members = referent.assets ?? null;
    return { members, isOrdered: false, isWhole: members !== null, referent, intent, spoken: since(at) };
  }
  if (listed !== undefined) {
    const isShown = rows !== undefined && rows.at >= listed.at;
    return {
      members: isShown ? rows.assets : null,
      isOrdered: true,
      isWhole: isShown && rows.isWhole,
      referent:
        isShown && rows.workspace !== undefined ? { ...listed.referent, workspace: rows.workspace } : listed.referent,
      spoken: since(listed.at),
    };
  }
  const [last] = singles;
  const other = singles.find(({ only }) => foldName(only.name) !== foldName(last?.only.name ?? ''));
  if (last === undefined || other === undefined) return null;
  const [here, there] = [last.referent.workspace, other.referent.workspace];
  if (here !== there && here !== undefined && there !== undefined) return null;
  const workspace = here ?? there;
  return {
    members: [other.only, last.only],
    isOrdered: false,
    isWhole: true,
    referent: workspace === undefined ? {} : { workspace },
    spoken: [last.only],
  };
}
