import type { AssetMention } from '../domain/asset-mentions.ts';
import { NameIndex, ofWorkspace } from './learned/name-index.ts';
import { textOf, type Utterance } from './utterance.ts';

/** A name in a message: tokens `[start, end)`. */
export interface NamedPlace {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The names of assets in a message, from left to right: those that exist, those of the list that is talked about (also
 * without their endings, as the whole name), what stands in quotes, and what looks like a file. Of names that overlap
 * the longest counts.
 */
export function namedPlaces(
  utterance: Utterance,
  names: NameIndex | undefined,
  listed: readonly AssetMention[],
): readonly NamedPlace[] {
  const { tokens } = utterance;
  const byStem = new Map(listed.map(({ name }) => [stemOf(name), name]));
  const ofList = new NameIndex([...byStem].flatMap((pair) => pair.map((name) => ({ name, isWorkspace: false }))));
  const indexes = [names?.in(utterance) ?? [], ofList.in(utterance)];
  const found: NamedPlace[] = [];
  for (let start = 0; start < tokens.length; start += 1) {
    const end = Math.max(longest(indexes, start), quotedEnd(utterance, start));
    const token = tokens[start];
    if (end > start) {
      const said = textOf(utterance, start, end);
      const isPlain = end - start === 1 && /^\p{Ll}+$/u.test(said) && !byStem.has(said.toLowerCase());
      if (!isPlain) found.push({ name: byStem.get(said.toLowerCase()) ?? said, start, end });
      start = end - 1;
    } else if (token !== undefined && /^[^.]+\.[a-z]{1,8}$/iu.test(token.text) && /\p{L}/u.test(token.text)) {
      found.push({ name: token.text, start, end: start + 1 });
    }
  }
  return found;
}

/** Where the longest existing name of an asset ends that begins here; 0 for none. */
function longest(indexes: readonly ReturnType<NameIndex['in']>[], start: number): number {
  const ends = indexes.flatMap((known) => [...(known[start] ?? [])]);
  return Math.max(0, ...ends.flatMap(([end, named]) => (named === ofWorkspace ? [] : [end])));
}

function quotedEnd({ tokens }: Utterance, start: number): number {
  const quotation = tokens[start]?.quotation ?? 0;
  if (quotation === 0) return 0;
  let end = start;
  while (tokens[end]?.quotation === quotation) end += 1;
  return end;
}

function stemOf(name: string): string {
  return name.replace(/\.[^.\s]{1,8}$/u, '').toLowerCase();
}
