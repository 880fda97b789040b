import type { AssetMention } from '../domain/asset-mentions.ts';
import { datesAt } from './dates.ts';
import type { DateRange } from './intents.ts';
import { parseItem } from './items.ts';
import { longerNames, type NamePlace, withConjunctions } from './joints.ts';
import { kindAt } from './lexicon/kind-words.ts';
import { looksLikeIdentifier } from './names.ts';
import { unmarkedPlace } from './places.ts';
import type { Target } from './target.ts';
import { type Sentence, wordAt } from './tokens.ts';
import { wrapped } from './wrapped-pattern.ts';

/** What limits "all of them": exceptions, dates, words in the name, and the workspace. */
export interface Qualifier {
  readonly end: number;
  readonly except?: readonly AssetMention[];
  readonly dates?: DateRange;
  /** Token range `[from, to)` of the dates. */
  readonly dateWords?: readonly [from: number, to: number];
  readonly filter?: string;
  readonly workspace?: string;
  /** Longer names that may begin with `workspace`. */
  readonly workspaceLonger?: readonly string[];
}

/** Reads the qualifiers after a target. */
export function qualifier(sentence: Sentence, start: number, target: Target): Qualifier {
  let found: Qualifier = { end: start };
  for (let round = 0; round < 4; round += 1) {
    const next =
      inWorkspace(sentence, found, target) ??
      dated(sentence, found, target) ??
      filtered(sentence, found, target) ??
      excepted(sentence, found, target) ??
      inNamedPlace(sentence, found, target);
    if (next === null) return found;
    found = next;
  }
  return found;
}

function inWorkspace(sentence: Sentence, found: Qualifier, target: Target): Qualifier | null {
  if (target.type !== 'assets' && target.type !== 'every' && target.type !== 'kind') return null;
  if (!/^(?:from|in|inside|of|within|out)$/.test(wordAt(sentence, found.end))) return null;
  const index = found.end + (wordAt(sentence, found.end + 1) === 'of' ? 2 : 1);
  const place = parseItem(sentence, index, sentence.tokens.length);
  if (place?.kind !== 'workspace') return null;
  if (place.name === undefined) return { ...found, end: place.end };
  const { longer, end } = place.end === place.to ? longerNames(sentence, place) : { longer: [], end: place.end };
  return { ...found, end, workspace: place.name, ...(longer.length === 0 ? {} : { workspaceLonger: longer }) };
}

/**
 * "all models in Big Lab": a name where a workspace is expected. An object with neither a kind nor the form of an
 * identifier may be in any system, so there it is not read.
 */
function inNamedPlace(sentence: Sentence, found: Qualifier, target: Target): Qualifier | null {
  if (found.workspace !== undefined || !/^(?:from|in|inside|within|out)$/.test(wordAt(sentence, found.end)))
    return null;
  const known =
    target.type === 'assets'
      ? target.assets.every(({ kind, name }) => kind !== undefined || looksLikeIdentifier(name))
      : target.type === 'kind' || target.type === 'every';
  if (!known) return null;
  const place = unmarkedPlace(sentence, found.end + (wordAt(sentence, found.end + 1) === 'of' ? 2 : 1));
  if (place === undefined) return null;
  const { longer, end } = longerNames(sentence, place);
  return { ...found, end, workspace: place.name, ...(longer.length === 0 ? {} : { workspaceLonger: longer }) };
}

function dated(sentence: Sentence, found: Qualifier, target: Target): Qualifier | null {
  if ((target.type !== 'every' && target.type !== 'kind') || found.dates !== undefined) return null;
  const read = datesAt(sentence, found.end);
  return read === null ? null : { ...found, ...read, dateWords: [found.end, read.end] };
}

const filterPattern = new RegExp(wrapped`
  ^(?:(?:that|which|whose name|whose names|whose title) )?
  (?:
    with|have|has|contain|contains|containing|having|include|includes|including|named|called|starting with|
    start with|starts with|beginning with|begin with|begins with|ending in|matching|match|like
  )
  (?: (?:the )?
    (?:
      word|words|text|string|prefix|suffix|names? like|names? starting with|names? containing|
      names? beginning with|a name like|a name containing|term
    ))? `);

function filtered(sentence: Sentence, found: Qualifier, target: Target): Qualifier | null {
  if ((target.type !== 'every' && !(target.type === 'kind' && target.plural)) || found.filter !== undefined)
    return null;
  const words = sentence.tokens
    .slice(found.end, found.end + 16)
    .map(({ word }) => word)
    .join(' ');
  const match = filterPattern.exec(words);
  if (match === null) return null;
  const index = found.end + match[0].trim().split(' ').length;
  const token = sentence.tokens[index];
  if (token === undefined) return null;
  const behind = /^(?:(?:in|as part of) (?:the|their|its|his)? ?(?:names?|titles?))/.exec(
    sentence.tokens
      .slice(index + 1, index + 5)
      .map(({ word }) => word)
      .join(' '),
  );
  if (behind === null && /^(?:with|have|has|having)$/.test(match[0].trim().split(' ').at(-1) ?? '')) return null;
  const length = behind === null ? 0 : behind[0].split(' ').length;
  return { ...found, filter: token.quoted ?? sentence.text.slice(token.start, token.end), end: index + 1 + length };
}

// "… but export them first" is another command.
const furtherAction = /^(?:please|first|export|download|save|archive|backup|back|copy|zip|make|keep|i|we|you)$/;

const exceptPattern = new RegExp(wrapped`
  ^(?:, )?
  (?:
    (?:all )?(?:except|excepting|excluding|besides|without|but|minus|save)(?: for| keep| not| leave| from)?|
    other than|apart from|aside from|with the exception of|keeping|leaving out|only keep|just keep|not including
  )(?= )
`);

function excepted(sentence: Sentence, found: Qualifier, target: Target): Qualifier | null {
  if ((target.type !== 'every' && target.type !== 'kind') || found.except !== undefined) return null;
  const words = sentence.tokens
    .slice(found.end, found.end + 6)
    .map(({ word }) => word)
    .join(' ');
  const match = exceptPattern.exec(words);
  if (match === null) return null;
  let index = found.end + match[0].split(' ').length;
  if (/but$/.test(match[0]) && furtherAction.test(wordAt(sentence, index))) return null;
  const except: AssetMention[] = [];
  const places: NamePlace[] = [];
  let fallback = target.type === 'every' || target.type === 'kind' ? target.kind : undefined;
  for (;;) {
    const item = parseItem(sentence, index, sentence.tokens.length);
    if (item?.name === undefined || item.kind === 'workspace') break;
    const one = / ones?$/i.test(item.name);
    const kind = item.kind ?? (one || item.mark !== 'quoted' ? fallback : undefined);
    except.push({ ...(kind === undefined ? {} : { kind }), name: one ? item.name.replace(/ ones?$/i, '') : item.name });
    places.push(item);
    if (item.plural && kind !== undefined) fallback = kind;
    index = item.end;
    const separator =
      wordAt(sentence, index) === ',' && wordAt(sentence, index + 1) === 'and'
        ? 2
        : /^(?:,|;|and|&|\+|plus)$/.test(wordAt(sentence, index))
          ? 1
          : 0;
    if (separator === 0 || kindAt((position) => wordAt(sentence, position), index + separator)?.kind === 'workspace')
      break;
    index += separator;
  }
  return except.length === 0 ? null : { ...found, except: withConjunctions(sentence, except, places), end: index };
}
