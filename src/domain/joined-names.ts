import type { Refusal } from './refusals.ts';
import type { AssetMention } from './request.ts';

/** Several names of a list, taken as the one name that they may be: "a and b.csv". */
export interface JoinedName {
  /** The mentions that it is made of: first, and last. */
  readonly from: number;
  readonly to: number;
  readonly mention: AssetMention;
}

/** The most names that are tried as one. */
const mostJoined = 5;

/**
 * Every name that consecutive mentions may be together, by what was typed between them. A list of names and a name with
 * a joint in it are written alike; only what exists can tell them apart. Linear in the number of mentions.
 */
export function joinedNames(mentions: readonly AssetMention[]): JoinedName[] {
  const joined: JoinedName[] = [];
  for (const [from, first] of mentions.entries()) {
    let name = first.name;
    for (let to = from + 1; to < Math.min(mentions.length, from + mostJoined); to += 1) {
      const joint = mentions[to - 1]?.joinedBy;
      const next = mentions[to];
      if (joint === undefined || next === undefined) break;
      name += `${joint}${next.name}`;
      joined.push({ from, to, mention: first.kind === undefined ? { name } : { kind: first.kind, name } });
    }
  }
  return joined;
}

/** How names that were given are to be taken. */
export type JointReading =
  /** The names that count as one; all others count by themselves. */
  | { readonly result: 'clear'; readonly wholes: readonly JoinedName[] }
  /** Both readings exist: one thing of this name, and one for each of its parts. */
  | { readonly result: 'unclear'; readonly whole: JoinedName };

/**
 * Decides between the names one by one and the names that they are together, by what exists: a whole that exists is
 * meant, unless all of its parts exist as well, or another whole overlaps it.
 */
export function readJoints(
  joined: readonly JoinedName[],
  exists: (joined: JoinedName) => boolean,
  partExists: (index: number) => boolean,
): JointReading {
  const wholes: JoinedName[] = [];
  for (const whole of joined.filter(exists)) {
    const parts = Array.from({ length: whole.to - whole.from + 1 }, (_, offset) => whole.from + offset);
    const overlaps = wholes.some(({ from, to }) => from <= whole.to && whole.from <= to);
    if (overlaps || parts.every(partExists)) return { result: 'unclear', whole };
    wholes.push(whole);
  }
  return { result: 'clear', wholes };
}

/** Why nothing is done when names may be one name or several, and all of them exist in the workspace. */
export function unclearJoint({ mention }: JoinedName, workspaceName: string): Refusal {
  return { reason: 'joined-name', name: mention.name, detail: workspaceName };
}

/**
 * Names as a sentence has them, so that saying it again means the same: a joint stays what it was, and all other names
 * are written by `write`, with "and" between.
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
