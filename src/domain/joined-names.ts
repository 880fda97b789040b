import type { AssetMention } from './asset-mentions.ts';
import type { Refusal } from './refusals.ts';

/** Several consecutive names of a list, read as the one name that they may be: "a and b.csv". */
export interface JoinedName {
  /** Indexes of the first and the last mention of it. */
  readonly from: number;
  readonly to: number;
  readonly mention: AssetMention;
}

/** The most names that are joined into one. */
const maxJoined = 5;

/**
 * Every name that consecutive mentions can form, joined by the separators that were typed between them. A list of names
 * and one name with a separator in it are written alike; only the existing names can tell them apart. Linear in the
 * number of mentions.
 */
export function joinedNames(mentions: readonly AssetMention[]): JoinedName[] {
  const joined: JoinedName[] = [];
  for (const [from, first] of mentions.entries()) {
    let name = first.name;
    for (let to = from + 1; to < Math.min(mentions.length, from + maxJoined); to += 1) {
      const separator = mentions[to - 1]?.joinedBy;
      const next = mentions[to];
      if (separator === undefined || next === undefined) break;
      name += `${separator}${next.name}`;
      joined.push({ from, to, mention: first.kind === undefined ? { name } : { kind: first.kind, name } });
    }
  }
  return joined;
}

/** How to read the names of a message. */
export type JoinedNameReading =
  /** The joined names to use; all other mentions are names of their own. */
  | { readonly result: 'clear'; readonly wholes: readonly JoinedName[] }
  /** Ambiguous: something has the joined name, and something has each of its parts. */
  | { readonly result: 'unclear'; readonly whole: JoinedName };

/**
 * Decides between single and joined names by what exists: a joined name that exists is used, unless all of its parts
 * exist as well or another joined name overlaps it.
 */
export function resolveJoinedNames(
  joined: readonly JoinedName[],
  exists: (joined: JoinedName) => boolean,
  partExists: (index: number) => boolean,
): JoinedNameReading {
  const wholes: JoinedName[] = [];
  for (const whole of joined.filter(exists)) {
    const parts = Array.from({ length: whole.to - whole.from + 1 }, (_, offset) => whole.from + offset);
    const overlaps = wholes.some(({ from, to }) => from <= whole.to && whole.from <= to);
    if (overlaps || parts.every(partExists)) return { result: 'unclear', whole };
    wholes.push(whole);
  }
  return { result: 'clear', wholes };
}

/** The refusal for an ambiguous joined name. */
export function ambiguousJoinedName({ mention }: JoinedName, workspaceName: string): Refusal {
  return { reason: 'joined-name', name: mention.name, detail: workspaceName };
}

/**
 * Lists names so that the text can be typed again with the same result: separators inside a joined name stay, and all
 * other names are written by `write` and joined with "and".
 */
export function listedNames(mentions: readonly AssetMention[], write: (mention: AssetMention) => string): string {
  const runs: AssetMention[][] = [];
  for (const [index, mention] of mentions.entries()) {
    if (mentions[index - 1]?.joinedBy === undefined) runs.push([mention]);
    else runs.at(-1)?.push(mention);
  }
  return runs
    .map((run) => {
      const [first] = run;
      if (first === undefined || run.length === 1) return run.map(write).join('');
      const name = run.map((each) => `${each.name}${each.joinedBy ?? ''}`).join('');
      return write({ ...first, name }).replaceAll('"', '');
    })
    .join(' and ');
}
