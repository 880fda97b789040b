import type { AssetKind } from '../domain/assets.ts';
import { type ConversationContext, objectOf, referentsOf } from './conversation.ts';
import type { Reading, Slots } from './intents.ts';
import { kindAt } from './lexicon/kind-words.ts';
import { looksLikeIdentifier } from './names.ts';
import { personBefore } from './person-phrases.ts';
import type { Target } from './target.ts';
import { parseTarget } from './targets.ts';
import { type Sentence, wordAt } from './tokens.ts';

/**
 * The referent of a pronoun or a bare kind before token `before`: from this sentence first, then from earlier turns.
 * Null when nothing fits.
 */
export function antecedent(
  sentence: Sentence,
  before: number,
  earlier: readonly Reading[],
  context: ConversationContext | undefined,
  { kind, plural = false }: { readonly kind?: AssetKind; readonly plural?: boolean } = {},
): Slots | null {
  const found = nearest(sentence, before, earlier, context, { kind, plural });
  return found !== null && plural && isWholeWorkspace(found) ? null : found;
}

/** "them" never refers to a single workspace. */
function isWholeWorkspace({ assets, all, subject }: Slots): boolean {
  return assets === undefined && all === undefined && subject === undefined;
}

function nearest(
  sentence: Sentence,
  before: number,
  earlier: readonly Reading[],
  context: ConversationContext | undefined,
  { kind, plural }: { readonly kind: AssetKind | undefined; readonly plural: boolean },
): Slots | null {
  const previous = earlier.at(-1);
  if (previous !== undefined && fits(previous.slots, kind)) return withData(previous.slots);
  const here = mentioned(sentence, before);
  if (here !== null && fits(here, kind)) return here;
  for (const { slots, isList } of referentsOf(context)) {
    // "It" is none of a list, and what came before the list is not meant, either.
    if (isList && kind === undefined) return plural || slots.pick?.count === 1 ? slots : null;
    if (fits(slots, kind)) return slots;
  }
  return null;
}

function withData(slots: Slots): Slots {
  return { ...objectOf(slots), ...(slots.data === undefined ? {} : { data: slots.data }) };
}

function fits(slots: Slots, kind: AssetKind | undefined): boolean {
  if (kind === undefined) return true;
  return slots.assets?.some((asset) => asset.kind === kind) ?? false;
}

/** The last thing with a marked name in the words before a token. */
function mentioned(sentence: Sentence, before: number): Slots | null {
  const cut: Sentence = { ...sentence, tokens: sentence.tokens.slice(0, before) };
  let last: Slots | null = null;
  for (let index = 0; index < before; index += 1) {
    if (!opensMention(cut, index)) continue;
    const target = parseTarget(cut, index, before);
    if (target === null) continue;
    const slots = slotsOf(target);
    if (slots === null) continue;
    last = slots;
    index = Math.max(index, target.end - 1);
  }
  if (last !== null) return last;
  const subject = personBefore(sentence, before);
  return subject?.includes('@') === true ? { subject } : null;
}

function opensMention(sentence: Sentence, index: number): boolean {
  const token = sentence.tokens[index];
  if (token === undefined) return false;
  if (token.quoted !== undefined || looksLikeIdentifier(sentence.text.slice(token.start, token.end))) return true;
  if (kindAt((position) => wordAt(sentence, position), index) !== null) return true;
  return (
    /^(?:the|my|our|this|only|all|everything|both)$/.test(token.word) ||
    (/^\p{Lu}/u.test(sentence.text.slice(token.start, token.end)) && index > 0)
  );
}

function slotsOf(target: Target): Slots | null {
  switch (target.type) {
    case 'assets':
      return target.mark === 'plain' || target.foreign ? null : { assets: target.assets };
    case 'workspace':
      if (target.plural || (!target.definite && target.indefinite === true)) return null;
      return {
        ...(target.name === undefined ? {} : { workspace: target.name }),
        ...(target.data === undefined ? {} : { data: target.data }),
      };
    default:
      return null;
  }
}
