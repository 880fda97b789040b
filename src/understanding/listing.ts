import type { AssetKind } from '../domain/assets.ts';
import type { IntentName, Slots } from './intents.ts';
import { parseItem } from './items.ts';
import { elsewhere } from './lexicon/elsewhere.ts';
import { kindAt } from './lexicon/kind-words.ts';
import {
  ambiguousNoun,
  explanationQuestion,
  filterCue,
  filterLead,
  filterSkip,
  listImperative,
  listQuestion,
  otherAction,
  possessionCue,
  procedureQuestion,
  showCue,
  terseFilter,
  terseKinds,
  trailingCommand,
  wantsWorkspaces,
  whichKind,
  workspacesQuestion,
} from './lexicon/listing-phrases.ts';
import { type Place, unmarkedPlace } from './places.ts';
import { type Sentence, wordAt } from './tokens.ts';

/** A request to list assets or workspaces, or for the account information. */
interface Listing {
  readonly intent: Extract<IntentName, 'list.assets' | 'list.workspaces' | 'account.info'>;
  readonly slots: Slots;
  readonly why: string;
}

/** Reads "list my datasets", "which workspaces do I have?", "what's in workspace Pilot?"; null for anything else. */
export function listing(sentence: Sentence): Listing | null {
  const words = sentence.canon;
  const contents =
    /^(?:(?:so|and|hi|hello|please|ok|,) ){0,6}what does (?:the |my |our |this )?(?:\S+ ){0,4}?workspace\b.*\b(?:contain|hold|have in it)\b/.test(
      words,
    );
  if (!contents && explanationQuestion.test(words) && !listQuestion.test(words)) return null;
  if (procedureQuestion.test(words)) return null;
  if (workspacesQuestion.test(words)) {
    return { intent: 'list.workspaces', slots: {}, why: 'asks which workspaces there are' };
  }
  if (/\b(?:list|show|see|view|my|the)\b.{0,150}\bworkspace (?:list|overview|names)\b/.test(words))
    return { intent: 'list.workspaces', slots: {}, why: 'asks which workspaces there are' };
  const kinds = kindsIn(sentence);
  const commanding = listImperative.test(words) || trailingCommand.test(words);
  const asking = showCue.test(words) && possessionCue.test(words);
  const terse =
    terseFilter.test(words) ||
    /^(?:the |all ){0,6}(?:contents?|inventory|overview|listing) (?:of|for|in) .*workspace/.test(words) ||
    (!otherAction.test(words) && sentence.tokens.length <= 4 && terseKinds.test(words));
  if (!commanding && !asking && !terse && !contents) return null;
  if (
    /^(?:(?:do|did) i have (?:more than one|several|other|many|any other|two)|have i (?:more than one|several)|how many) workspaces?\b/.test(
      words,
    )
  ) {
    return { intent: 'list.workspaces', slots: {}, why: 'asks which workspaces there are' };
  }
  if (
    !commanding &&
    !terse &&
    /^(?:(?:so|and|hi|hello|ok|please|,) ){0,6}(?:which|what)\b/.test(words) &&
    !whichKind.test(words)
  )
    return null;
  const first = kinds.find(({ kind }) => kind !== 'workspace');
  const space = kinds.find(({ kind }) => kind === 'workspace');
  if (first === undefined && space?.plural === true)
    return { intent: 'list.workspaces', slots: {}, why: 'asks which workspaces there are' };
  if (first === undefined && space !== undefined && wantsWorkspaces.test(words))
    return { intent: 'list.workspaces', slots: {}, why: 'asks which workspaces there are' };
  const general =
    /\b(?:everything|assets|all|contents?|stuff|things|what|inventory|anything|items|objects|whole|overview|inside|files|artifacts)\b/.test(
      words,
    );
  if (
    first === undefined &&
    !(general && (space !== undefined || /\bassets?\b|\b(?:got|have|stored)\b.{0,150}\bhere\b/.test(words)))
  )
    return null;
  if (
    first !== undefined &&
    !terse &&
    !first.plural &&
    !/\b(?:any|every|each)\b|\b(?:is|are) there an?\b/.test(words) &&
    space === undefined &&
    !/\bkind\b/.test(words)
  )
    return null;
  const where = placeOf(sentence, kinds);
  if (isForeign(sentence, kinds, where)) return null;
  const filter = filterOf(sentence);
  return {
    intent: 'list.assets',
    slots: {
      ...(first === undefined ? {} : { kind: first.kind as AssetKind }),
      ...(where === undefined ? {} : { workspace: where.name }),
      ...(filter === undefined ? {} : { filter }),
    },
    why: 'asks to see assets',
  };
}

function kindsIn(
  sentence: Sentence,
): { kind: AssetKind | 'workspace'; plural: boolean; index: number; length: number }[] {
  const found: { kind: AssetKind | 'workspace'; plural: boolean; index: number; length: number }[] = [];
  for (let index = 0; index < sentence.tokens.length; index += 1) {
    const kind = kindAt((position) => wordAt(sentence, position), index);
    if (kind === null) continue;
    found.push({ kind: kind.kind, plural: kind.plural, index, length: kind.length });
    index += kind.length - 1;
  }
  return found;
}

function isForeign(
  sentence: Sentence,
  kinds: readonly { index: number; length: number }[],
  place: Place | undefined,
): boolean {
  for (let index = 0; index < sentence.tokens.length; index += 1) {
    if (kinds.some((kind) => index >= kind.index && index < kind.index + kind.length)) continue;
    if (place !== undefined && index >= place.from && index < place.to) continue;
    const word = wordAt(sentence, index);
    if (ambiguousNoun.test(word)) continue;
    if (elsewhere.longest((position) => wordAt(sentence, position), index) > 0 && !insideFilter(sentence, index))
      return true;
  }
  return false;
}

function insideFilter(sentence: Sentence, index: number): boolean {
  return /^(?:with|containing|contain|contains|like|called|named|matching|about|for|having|have|has|word|text|on|mention|mentioning|include|includes)$/.test(
    wordAt(sentence, index - 1),
  );
}

function placeOf(
  sentence: Sentence,
  kinds: readonly { kind: string; plural: boolean; index: number }[],
): Place | undefined {
  const space = kinds.find(({ kind, plural }) => kind === 'workspace' && !plural);
  if (space === undefined) return namedPlace(sentence, kinds);
  const after = asPlace(parseItem(sentence, space.index, sentence.tokens.length));
  if (
    after !== undefined &&
    !/^(?:have|contain|hold|please|list|show|currently|right|look|do|does)\b/i.test(after.name)
  )
    return after;
  // "in the Nimbus Lab workspace": the name stands before its kind.
  for (let index = space.index - 1; index >= 0; index -= 1) {
    if (
      /^(?:in|inside|from|of|within|on|to|the|what|is|for|has|does|list|show|,|contents?|see|at|under|into)$/.test(
        wordAt(sentence, index),
      )
    ) {
      const place = asPlace(parseItem(sentence, index + 1, sentence.tokens.length));
      if (place !== undefined) return place;
    }
  }
  return asPlace(parseItem(sentence, 0, sentence.tokens.length));
}

/** "experiments inside Nimbus Lab": a capitalised name after a preposition, without the word workspace. */
function namedPlace(sentence: Sentence, kinds: readonly { index: number }[]): Place | undefined {
  for (let index = (kinds[0]?.index ?? 0) + 1; index < sentence.tokens.length; index += 1) {
    if (!/^(?:in|inside|within|from|of)$/.test(wordAt(sentence, index - 1))) continue;
    const place = unmarkedPlace(sentence, index);
    if (place !== undefined) return place;
  }
  return undefined;
}

function asPlace(item: ReturnType<typeof parseItem>): Place | undefined {
  return item?.kind === 'workspace' && item.name !== undefined
    ? { name: item.name, from: item.from, to: item.to }
    : undefined;
}

/** The search text in "datasets with churn in the name" or "search my models for readmit". */
function filterOf(sentence: Sentence): string | undefined {
  const words = sentence.canon;
  const named = filterCue.test(words);
  if (!named) return undefined;
  const quoted = sentence.tokens.find(({ quoted: text }) => text !== undefined);
  if (quoted?.quoted !== undefined) return quoted.quoted;
  for (let index = 1; index < sentence.tokens.length; index += 1) {
    if (
      !filterLead.test(wordAt(sentence, index - 1)) ||
      (wordAt(sentence, index - 1) === 'like' && /^(?:would|i|we)$/.test(wordAt(sentence, index - 2)))
    )
      continue;
    let first = index;
    while (filterSkip.test(wordAt(sentence, first))) first += 1;
    let end = first;
    while (
      end < sentence.tokens.length &&
      end < first + 4 &&
      !/^[.,?!;:)]$|^(?:in|inside|as|please|from|within|at|of|that|which|thanks|for|do|are|is|i|we|and|somewhere|anywhere|now|there|exist|have|workspace|me|us|with|on)$/.test(
        wordAt(sentence, end),
      )
    )
      end += 1;
    if (
      end === first ||
      kindAt((position) => wordAt(sentence, position), first) !== null ||
      /^(?:my|our|me|us|this|workspace|all|any|every|each|everything|i|we)$/.test(wordAt(sentence, first))
    )
      continue;
    const [a, b] = [sentence.tokens[first], sentence.tokens[end - 1]];
    if (a === undefined || b === undefined) continue;
    return sentence.text.slice(a.start, b.end);
  }
  return undefined;
}
