import { against } from './context-cues.ts';
import type { Deed } from './forms.ts';
import { type Item, parseItem } from './items.ts';
import { objectFirst } from './object-first.ts';
import { liveForms, objectLast } from './object-last.ts';
import { unmarkedPlace } from './places.ts';
import { beginnings } from './prefixes.ts';
import type { Narrowing } from './qualifiers.ts';
import type { Target } from './targets.ts';
import { type Line, wordAt } from './tokens.ts';

/** A command that the sentence holds, or would hold if nothing spoke against it. */
export interface Command {
  readonly deed: Deed;
  readonly target: Target;
  readonly narrowing: Narrowing;
  /** Tokens that belong to the command, first and behind the last. */
  readonly from: number;
  readonly end: number;
  readonly form: string;
  /** Why it must not be carried out; null for a clear, present, first-hand command. */
  readonly against: string | null;
}

/** Finds the commands of a sentence, in order, at most three. */
export function findCommands(line: Line): Command[] {
  const live = liveForms(line);
  const found: Command[] = [];
  let free = 0;
  for (const start of clauseStarts(line)) {
    if (start < free) continue;
    const command = commandAt(line, start, live) ?? withPlaceFirst(line, start, live);
    if (command === null) continue;
    found.push(command);
    free = Math.max(command.end, start + 1);
    if (found.length === 3) break;
  }
  return found.map((command) => ({
    ...command,
    against: command.against ?? against(line, command, found),
  }));
}

/** Where a command may begin: at the start, behind punctuation, and behind a few connecting words. */
function clauseStarts(line: Line): number[] {
  const starts: number[] = [];
  for (let index = 0; index < line.tokens.length; index += 1) {
    const before = wordAt(line, index - 1);
    const opens =
      index === 0 ||
      /^[.,;:!?-]$|^\.\.\.$|^(?:so|hence|therefore|thus|and|but|then|consequently|accordingly|bot|steward)$/.test(
        before,
      ) ||
      /^(?!\d)\p{Extended_Pictographic}/u.test(before);
    const word = wordAt(line, index);
    if (opens || /^(?:please|kindly|so|hence|therefore|thus)$/.test(word) || wants(line, index)) starts.push(index);
  }
  return starts;
}

/** "… I need you to": a first person begins a clause even where the comma is missing. */
function wants(line: Line, index: number): boolean {
  const [first, second, third] = [0, 1, 2].map((offset) => wordAt(line, index + offset));
  const words = `${first} ${second} ${third}`;
  return (
    /^(?:i|we) (?:need|want|would|ask|request|hereby|kindly|urgently) (?:you|to|the|my|an?|like|love|appreciate)$/.test(
      words,
    ) || /^(?:can|could|would|will) you |^let us /.test(words)
  );
}

function commandAt(line: Line, start: number, live: ReturnType<typeof liveForms>): Command | null {
  if (!live.deeds && live.usual.length === 0) return null;
  const begins = beginnings(line.canon, line.offsets[start] ?? line.canon.length);
  return (
    objectLast(line, start, live.usual, begins) ??
    (live.deeds ? objectFirst(line, start) : null) ??
    objectLast(line, start, live.bare, begins)
  );
}

/** "from the Aalborg Pilot workspace export customer data only": where it is stands before the command. */
function withPlaceFirst(line: Line, start: number, live: ReturnType<typeof liveForms>): Command | null {
  if (!/^(?:from|in|inside|for|of|within)$/.test(wordAt(line, start))) return null;
  const place = placeAt(line, start + 1);
  if (place === null) return null;
  const next = /^[,:]$/.test(wordAt(line, place.end)) ? place.end + 1 : place.end;
  const command = commandAt(line, next, live);
  if (command === null || place.name === undefined) return command;
  const { target } = command;
  const names = [...target.names, [place.from, place.to] as const];
  if (target.type === 'workspace' && target.name === undefined) {
    return { ...command, from: start, target: { ...target, name: place.name, definite: true, names } };
  }
  return {
    ...command,
    from: start,
    target: { ...target, names },
    narrowing: { ...command.narrowing, workspace: place.name },
  };
}

function placeAt(line: Line, index: number): Pick<Item, 'name' | 'from' | 'to' | 'end'> | null {
  const item = parseItem(line, index, line.tokens.length);
  if (item?.kind === 'workspace') return item;
  const named = /^(?:in|inside|within|from)$/.test(wordAt(line, index - 1)) ? unmarkedPlace(line, index) : undefined;
  return named === undefined ? null : { ...named, end: named.to };
}
