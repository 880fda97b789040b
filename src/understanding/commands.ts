import type { Command } from './command.ts';
import { vetoes } from './context-cues.ts';
import { type Item, parseItem } from './items.ts';
import { objectFirst } from './object-first.ts';
import { liveForms, objectLast } from './object-last.ts';
import { unmarkedPlace } from './places.ts';
import { prefixes } from './prefixes.ts';
import { type Sentence, wordAt } from './tokens.ts';

/** Finds the commands of a sentence, in order, at most three. */
export function findCommands(sentence: Sentence): Command[] {
  const live = liveForms(sentence);
  const found: Command[] = [];
  let free = 0;
  for (const start of clauseStarts(sentence)) {
    if (start < free) continue;
    const command = commandAt(sentence, start, live) ?? withPlaceFirst(sentence, start, live);
    if (command === null) continue;
    found.push(command);
    free = Math.max(command.end, start + 1);
    if (found.length === 3) break;
  }
  return found.map((command) => ({
    ...command,
    vetoes: command.vetoes ?? vetoes(sentence, command, found),
  }));
}

/** Where a command may begin: at the start, after punctuation, and after a few connecting words. */
function clauseStarts(sentence: Sentence): number[] {
  const starts: number[] = [];
  for (let index = 0; index < sentence.tokens.length; index += 1) {
    const before = wordAt(sentence, index - 1);
    const opens =
      index === 0 ||
      /^[.,;:!?-]$|^\.\.\.$|^(?:so|hence|therefore|thus|and|but|then|consequently|accordingly|bot|steward)$/.test(
        before,
      ) ||
      /^(?!\d)\p{Extended_Pictographic}/u.test(before);
    const word = wordAt(sentence, index);
    if (opens || /^(?:please|kindly|so|hence|therefore|thus)$/.test(word) || wants(sentence, index)) starts.push(index);
  }
  return starts;
}

/** "… I need you to": a first person begins a clause even where the comma is missing. */
function wants(sentence: Sentence, index: number): boolean {
  const [first, second, third] = [0, 1, 2].map((offset) => wordAt(sentence, index + offset));
  const words = `${first} ${second} ${third}`;
  return (
    /^(?:i|we) (?:need|want|would|ask|request|hereby|kindly|urgently) (?:you|to|the|my|an?|like|love|appreciate)$/.test(
      words,
    ) || /^(?:can|could|would|will) you |^let us /.test(words)
  );
}

function commandAt(sentence: Sentence, start: number, live: ReturnType<typeof liveForms>): Command | null {
  if (!live.actions && live.usual.length === 0) return null;
  const starts = prefixes(sentence.canon, sentence.offsets[start] ?? sentence.canon.length);
  return (
    objectLast(sentence, start, live.usual, starts) ??
    (live.actions ? objectFirst(sentence, start) : null) ??
    objectLast(sentence, start, live.bare, starts)
  );
}

/** "from the Aalborg Pilot workspace export customer data only": the workspace stands before the command. */
function withPlaceFirst(sentence: Sentence, start: number, live: ReturnType<typeof liveForms>): Command | null {
  if (!/^(?:from|in|inside|for|of|within)$/.test(wordAt(sentence, start))) return null;
  const place = placeAt(sentence, start + 1);
  if (place === null) return null;
  const next = /^[,:]$/.test(wordAt(sentence, place.end)) ? place.end + 1 : place.end;
  const command = commandAt(sentence, next, live);
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
    qualifier: { ...command.qualifier, workspace: place.name },
  };
}

function placeAt(sentence: Sentence, index: number): Pick<Item, 'name' | 'from' | 'to' | 'end'> | null {
  const item = parseItem(sentence, index, sentence.tokens.length);
  if (item?.kind === 'workspace') return item;
  const named = /^(?:in|inside|within|from)$/.test(wordAt(sentence, index - 1))
    ? unmarkedPlace(sentence, index)
    : undefined;
  return named === undefined ? null : { ...named, end: named.to };
}
