import type { AssetMention } from '../domain/request.ts';
import type { DateRange } from './intents.ts';
import { parseItem } from './items.ts';
import { kindAt } from './lexicon/kinds.ts';
import type { Target } from './targets.ts';
import { type Line, wordAt } from './tokens.ts';

/** What cuts "all of them" down: exceptions, dates, words in the name, and the workspace they are in. */
export interface Narrowing {
  readonly end: number;
  readonly except?: readonly AssetMention[];
  readonly dates?: DateRange;
  readonly filter?: string;
  readonly workspace?: string;
}

/** Reads what narrows a target, behind it. */
export function narrowing(line: Line, start: number, target: Target): Narrowing {
  let found: Narrowing = { end: start };
  for (let round = 0; round < 4; round += 1) {
    const next =
      inWorkspace(line, found, target) ??
      dated(line, found, target) ??
      filtered(line, found, target) ??
      excepted(line, found, target);
    if (next === null) return found;
    found = next;
  }
  return found;
}

function inWorkspace(line: Line, found: Narrowing, target: Target): Narrowing | null {
  if (target.type !== 'assets' && target.type !== 'every' && target.type !== 'kind') return null;
  if (!/^(?:from|in|inside|of|within|out)$/.test(wordAt(line, found.end))) return null;
  const index = found.end + (wordAt(line, found.end + 1) === 'of' ? 2 : 1);
  const place = parseItem(line, index, line.tokens.length);
  if (place?.kind !== 'workspace') return null;
  return { ...found, end: place.end, ...(place.name === undefined ? {} : { workspace: place.name }) };
}

const datePattern =
  /^(?:(?:that|which) (?:is|are|was|were) )?(?:(?:created|made|uploaded|modified|changed|used|from|last used|last modified|dated|built|trained) )?(older than|before|prior to|newer than|since|after|from|in|of|between|not used since|untouched since|until|up to|earlier than|later than) (.*)$/;

function dated(line: Line, found: Narrowing, target: Target): Narrowing | null {
  if ((target.type !== 'every' && target.type !== 'kind') || found.dates !== undefined) return null;
  const words = line.tokens.slice(found.end, found.end + 14).map(({ word }) => word);
  const match = datePattern.exec(words.join(' '));
  if (match === null) return null;
  const [, relation = '', rest = ''] = match;
  const years = /^(?:the )?(?:year )?((?:19|20)\d\d)(?: (?:and|to|-) ((?:19|20)\d\d))?(?= |$)/.exec(rest);
  const iso = /^((?:19|20)\d\d-\d\d-\d\d)(?: and ((?:19|20)\d\d-\d\d-\d\d))?(?= |$)/.exec(rest);
  const used = years ?? iso;
  if (used === null) return null;
  const dates = rangeOf(relation, used[1] ?? '', used[2]);
  const length = words.join(' ').length - rest.length + used[0].length;
  const count = words.join(' ').slice(0, length).trim().split(' ').length;
  return { ...found, end: found.end + count, dates };
}

/** Days that "older than 2020", "since 2021", "in 2019" and "between 2018 and 2019" stand for. */
function rangeOf(relation: string, first: string, second: string | undefined): DateRange {
  const day = (text: string) => (text.length === 4 ? `${text}-01-01` : text);
  const dayAfter = (text: string) => {
    if (text.length === 4) return `${Number(text) + 1}-01-01`;
    return new Date(Date.parse(`${text}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  };
  switch (relation) {
    case 'older than':
    case 'before':
    case 'prior to':
    case 'earlier than':
    case 'not used since':
    case 'untouched since':
      return { before: day(first) };
    case 'until':
    case 'up to':
      return { before: dayAfter(first) };
    case 'newer than':
    case 'after':
    case 'later than':
      return { after: dayAfter(first) };
    case 'since':
      return { after: day(first) };
    default:
      return { after: day(first), before: dayAfter(second ?? first) };
  }
}

const filterPattern =
  /^(?:(?:that|which|whose name|whose names|whose title) )?(?:with|have|has|contain|contains|containing|having|include|includes|including|named|called|starting with|start with|starts with|beginning with|begin with|begins with|ending in|matching|match|like)(?: (?:the )?(?:word|words|text|string|prefix|suffix|names? like|names? starting with|names? containing|names? beginning with|a name like|a name containing|term))? /;

function filtered(line: Line, found: Narrowing, target: Target): Narrowing | null {
  if ((target.type !== 'every' && !(target.type === 'kind' && target.plural)) || found.filter !== undefined)
    return null;
  const words = line.tokens
    .slice(found.end, found.end + 16)
    .map(({ word }) => word)
    .join(' ');
  const match = filterPattern.exec(words);
  if (match === null) return null;
  const index = found.end + match[0].trim().split(' ').length;
  const token = line.tokens[index];
  if (token === undefined) return null;
  const behind = /^(?:(?:in|as part of) (?:the|their|its|his)? ?(?:names?|titles?))/.exec(
    line.tokens
      .slice(index + 1, index + 5)
      .map(({ word }) => word)
      .join(' '),
  );
  if (behind === null && /^(?:with|have|has|having)$/.test(match[0].trim().split(' ').at(-1) ?? '')) return null;
  const length = behind === null ? 0 : behind[0].split(' ').length;
  return { ...found, filter: token.quoted ?? line.text.slice(token.start, token.end), end: index + 1 + length };
}

function excepted(line: Line, found: Narrowing, target: Target): Narrowing | null {
  if ((target.type !== 'every' && target.type !== 'kind') || found.except !== undefined) return null;
  const words = line.tokens
    .slice(found.end, found.end + 6)
    .map(({ word }) => word)
    .join(' ');
  const match =
    /^(?:, )?(?:(?:all )?(?:except|excepting|excluding|besides|without|but|minus|save)(?: for| keep| not| leave| from)?|other than|apart from|aside from|with the exception of|keeping|leaving out|only keep|just keep|not including)(?= )/.exec(
      words,
    );
  if (match === null) return null;
  let index = found.end + match[0].split(' ').length;
  const except: AssetMention[] = [];
  let fallback = target.type === 'every' || target.type === 'kind' ? target.kind : undefined;
  for (;;) {
    const item = parseItem(line, index, line.tokens.length);
    if (item?.name === undefined || item.kind === 'workspace') break;
    const one = / ones?$/i.test(item.name);
    const kind = item.kind ?? (one || item.mark !== 'quoted' ? fallback : undefined);
    except.push({ ...(kind === undefined ? {} : { kind }), name: one ? item.name.replace(/ ones?$/i, '') : item.name });
    if (item.plural && kind !== undefined) fallback = kind;
    index = item.end;
    const separator =
      wordAt(line, index) === ',' && wordAt(line, index + 1) === 'and'
        ? 2
        : /^(?:,|and|&)$/.test(wordAt(line, index))
          ? 1
          : 0;
    if (separator === 0 || kindAt((position) => wordAt(line, position), index + separator)?.kind === 'workspace') break;
    index += separator;
  }
  return except.length === 0 ? null : { ...found, except, end: index };
}
