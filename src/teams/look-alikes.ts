import unhomoglyph from 'unhomoglyph';
import type { Asset } from '../domain/assets.ts';
import { foldName } from '../domain/name-folding.ts';
import { visible } from './cards/literal.ts';

/** How much of an id is shown; in a workspace so much tells two apart. */
const shownOfId = 8;

/**
 * What a name looks like: without case, blanks and marks of composition, every letter as the one that it can be taken
 * for ("skeleton", Unicode Technical Standard 39, section 4). Two names with one skeleton may be the same to the eye.
 */
function skeleton(name: string): string {
  return foldName(unhomoglyph(foldName(name).normalize('NFD')).normalize('NFD'));
}

/** True for a word with letters that pass for Latin ones, beside Latin ones or all through. */
function passesForLatin(word: string): boolean {
  const letters = [...word];
  const foreign = letters.filter((letter) => letter > '\x7f' && /^[\x21-\x7e]+$/u.test(unhomoglyph(letter)));
  return foreign.length > 0 && letters.every((letter) => letter <= '\x7f' || foreign.includes(letter));
}

/** True for a name that can be taken for another spelling: with hidden characters, or letters that pass for Latin ones. */
function canMislead(name: string): boolean {
  if (/^[\x20-\x7e]*$/u.test(name)) return name !== name.trim() || name.includes('  ');
  if (visible(name) !== name || name.normalize('NFC') !== name) return true;
  return name.split(/[^\p{L}\p{N}]/u).some(passesForLatin);
}

/**
 * The assets of a list whose names do not tell which is meant, each with the end of its id: those that look like another
 * one of the list, and those whose name could pass for one that is not in it.
 */
export function idsThatTellApart(assets: readonly Asset[]): ReadonlyMap<Asset, string> {
  const alike = Map.groupBy(assets, ({ kind, name }) => `${kind} ${skeleton(name)}`);
  const told = [...alike.values()].flatMap((group) =>
    group.length > 1 ? group : group.filter(({ name }) => canMislead(name)),
  );
  return new Map(told.map((asset) => [asset, visible(asset.familyId).slice(-shownOfId)]));
}
