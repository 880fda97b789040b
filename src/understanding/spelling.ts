import { distance } from 'fastest-levenshtein';
import { rivals, stopWords } from './lexicon/stop-words.ts';
import { correctable, known } from './lexicon/vocabulary.ts';

const byLength = new Map<number, string[]>();
for (const word of correctable) {
  const list = byLength.get(word.length) ?? [];
  list.push(word);
  byLength.set(word.length, list);
}

const shortCommands: ReadonlySet<string> = new Set(['erase', 'purge', 'trash', 'wiped', 'clear']);

/**
 * Corrects a misspelt command word; returns every other word unchanged. Real words are never "corrected", and a word
 * that is as close to a harmless verb ("rename") as to a command ("remove") is left unchanged.
 */
export function corrected(word: string): string {
  if (word.length < 4 || word.length > 16 || known.has(word) || stopWords.has(word) || !/^[a-z-]+$/.test(word))
    return word;
  let best = word;
  let bestCost = Number.POSITIVE_INFINITY;
  for (let length = word.length - 2; length <= word.length + 2; length += 1) {
    for (const candidate of byLength.get(length) ?? []) {
      const cost = typingCost(word, candidate);
      // Letters are lost more often than added, so of two equally close words the longer one is chosen.
      if (cost < bestCost || (cost === bestCost && candidate.length > best.length)) {
        best = candidate;
        bestCost = cost;
      }
    }
  }
  if (best === word || bestCost > allowed(best)) return word;
  // With one wrong letter, a short word could have been any word.
  if (best.length <= 5 && best.length === word.length && shortCommands.has(best) && !swapped(word, best)) return word;
  for (const rival of rivals) {
    if (
      Math.abs(rival.length - word.length) <= bestCost &&
      Math.min(distance(word, rival), typingCost(word, rival)) <= bestCost
    )
      return word;
  }
  return best;
}

/**
 * Weighted edit distance: two swapped neighbours and a letter typed twice cost less than one edit, a different first
 * letter costs one more.
 */
function typingCost(typed: string, correct: string): number {
  if (swapped(typed, correct)) return typed[0] === correct[0] ? 0.75 : 1;
  if (doubled(typed, correct)) return 0.5;
  const cost = distance(typed, correct);
  return typed[0] === correct[0] || cost === 0 ? cost : cost + 1;
}

function allowed(word: string): number {
  if (word.length <= 3) return 0;
  if (/^(?:delete|remove|erase|purge|trash|wiped|discard|destroy)$/.test(word)) return 1;
  if (word.length <= 6) return word.length === 6 ? 2 : 1;
  return word.length >= 9 ? 3 : 2;
}

function swapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let first = 0;
  while (first < a.length && a[first] === b[first]) first += 1;
  if (first >= a.length - 1 || a[first] !== b[first + 1] || a[first + 1] !== b[first]) return false;
  return a.slice(first + 2) === b.slice(first + 2);
}

function doubled(typed: string, correct: string): boolean {
  if (typed.length !== correct.length + 1) return false;
  let at = 0;
  while (at < correct.length && typed[at] === correct[at]) at += 1;
  return typed[at] === typed[at - 1] && typed.slice(at + 1) === correct.slice(at);
}
