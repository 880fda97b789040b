import { foldName } from '../domain/name-folding.ts';
import { behind, contradicts } from './apposition.ts';
import type { Command } from './commands.ts';
import type { IntentName, Reading, Slots } from './intents.ts';
import { parseItem } from './items.ts';
import { unmarkedPlace } from './places.ts';
import { type Line, wordAt } from './tokens.ts';

/**
 * A command that refers back, to `meant`, unless what stands behind it says what is meant. `to` is the token where the
 * next command begins. Unclear when the rest contradicts what was said before, or cannot be read.
 */
export function referring(
  line: Line,
  command: Command,
  meant: Slots | null,
  why: string,
  to: number,
): Reading | 'unclear' | null {
  const { dates, filter, except } = command.narrowing;
  if (dates !== undefined || filter !== undefined || except !== undefined) return 'unclear';
  const place = placeBehind(line, command);
  const rest = behind(line, { ...command, narrowing: { ...command.narrowing, end: place.end } }, to);
  switch (rest.kind) {
    case 'unclear':
      return 'unclear';
    case 'names':
      return back(command, withKindOf(command, rest.slots), why);
    case 'nothing': {
      if (meant === null) return null;
      if (contradicts(line, place.end, to, meant)) return 'unclear';
      const there = inPlace(meant, place.workspace);
      return there === null ? 'unclear' : back(command, there, why);
    }
  }
}

/** "delete it from Fraud Detection": where the thing is, behind a pronoun or a kind. */
function placeBehind(line: Line, { narrowing }: Command): { readonly workspace?: string; readonly end: number } {
  if (narrowing.workspace !== undefined) return { workspace: narrowing.workspace, end: narrowing.end };
  if (!/^(?:from|in|inside|within|of)$/.test(wordAt(line, narrowing.end))) return { end: narrowing.end };
  const item = parseItem(line, narrowing.end + 1, line.tokens.length);
  if (item?.kind === 'workspace' && item.name !== undefined) return { workspace: item.name, end: item.end };
  const named = unmarkedPlace(line, narrowing.end + 1);
  return named === undefined ? { end: narrowing.end } : { workspace: named.name, end: named.to };
}

function withKindOf({ target }: Command, slots: Slots): Slots {
  if (target.type !== 'kind' || slots.assets === undefined) return slots;
  const { kind } = target;
  return { ...slots, assets: slots.assets.map((asset) => (asset.kind === undefined ? { kind, ...asset } : asset)) };
}

/** What a pronoun means, in the place that the command names; null when that is another place than before. */
function inPlace(meant: Slots, workspace: string | undefined): Slots | null {
  if (workspace === undefined) return meant;
  if (meant.workspace !== undefined && foldName(meant.workspace) !== foldName(workspace)) return null;
  const ofAssets = meant.assets !== undefined || meant.all === true;
  return ofAssets || meant.workspace !== undefined ? { ...meant, workspace } : null;
}

function back({ deed }: Command, meant: Slots, why: string): Reading {
  const of = (what: 'dsr' | 'assets' | 'workspace'): IntentName => {
    if (what === 'dsr') return deed === 'delete' ? 'dsr.erase' : 'dsr.export';
    return deed === 'delete' ? `delete.${what}` : `export.${what}`;
  };
  const because = `${why}, referring back`;
  if (meant.subject !== undefined) return { intent: of('dsr'), slots: meant, confidence: 0.75, why: because };
  const ofAssets = meant.assets !== undefined || meant.all === true;
  return { intent: of(ofAssets ? 'assets' : 'workspace'), slots: meant, confidence: 0.8, why: because };
}
