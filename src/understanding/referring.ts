import { foldName } from '../domain/name-folding.ts';
import { behind, contradicts } from './apposition.ts';
import type { Command } from './command.ts';
import type { IntentName, Reading, Slots } from './intents.ts';
import { parseItem } from './items.ts';
import { unmarkedPlace } from './places.ts';
import { type Sentence, wordAt } from './tokens.ts';

/**
 * The reading of a command whose object is a reference: to `referent`, unless the words after the command name the
 * object. `to` is the token where the next command begins. Unclear when those words contradict the referent or cannot
 * be parsed.
 */
export function referring(
  sentence: Sentence,
  command: Command,
  referent: Slots | null,
  why: string,
  to: number,
): Reading | 'unclear' | null {
  const { dates, filter, except } = command.qualifier;
  if (dates !== undefined || filter !== undefined || except !== undefined) return 'unclear';
  const place = placeBehind(sentence, command);
  const rest = behind(sentence, { ...command, qualifier: { ...command.qualifier, end: place.end } }, to);
  switch (rest.kind) {
    case 'unclear':
      return 'unclear';
    case 'names':
      return back(command, withKindOf(command, rest.slots), why);
    case 'nothing': {
      if (referent === null) return null;
      if (contradicts(sentence, place.end, to, referent)) return 'unclear';
      const there = inPlace(referent, place.workspace);
      return there === null ? 'unclear' : back(command, there, why);
    }
  }
}

/** "delete it from Fraud Detection": the workspace after a pronoun or a kind. */
function placeBehind(
  sentence: Sentence,
  { qualifier }: Command,
): { readonly workspace?: string; readonly end: number } {
  if (qualifier.workspace !== undefined) return { workspace: qualifier.workspace, end: qualifier.end };
  if (!/^(?:from|in|inside|within|of)$/.test(wordAt(sentence, qualifier.end))) return { end: qualifier.end };
  const item = parseItem(sentence, qualifier.end + 1, sentence.tokens.length);
  if (item?.kind === 'workspace' && item.name !== undefined) return { workspace: item.name, end: item.end };
  const named = unmarkedPlace(sentence, qualifier.end + 1);
  return named === undefined ? { end: qualifier.end } : { workspace: named.name, end: named.to };
}

function withKindOf({ target }: Command, slots: Slots): Slots {
  if (target.type !== 'kind' || slots.assets === undefined) return slots;
  const { kind } = target;
  return { ...slots, assets: slots.assets.map((asset) => (asset.kind === undefined ? { kind, ...asset } : asset)) };
}

/** The referent in the workspace that the command names; null when it was in another workspace. */
function inPlace(referent: Slots, workspace: string | undefined): Slots | null {
  if (workspace === undefined) return referent;
  if (referent.workspace !== undefined && foldName(referent.workspace) !== foldName(workspace)) return null;
  const ofAssets = referent.assets !== undefined || referent.all === true;
  return ofAssets || referent.workspace !== undefined ? { ...referent, workspace } : null;
}

function back({ action }: Command, referent: Slots, why: string): Reading {
  const of = (what: 'dsr' | 'assets' | 'workspace'): IntentName => {
    if (what === 'dsr') return action === 'delete' ? 'dsr.erase' : 'dsr.export';
    return action === 'delete' ? `delete.${what}` : `export.${what}`;
  };
  const because = `${why}, referring back`;
  if (referent.subject !== undefined) return { intent: of('dsr'), slots: referent, confidence: 0.75, why: because };
  const ofAssets = referent.assets !== undefined || referent.all === true;
  return { intent: of(ofAssets ? 'assets' : 'workspace'), slots: referent, confidence: 0.8, why: because };
}
