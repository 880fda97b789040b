import type { Command } from './command.ts';
import { kindAt } from './lexicon/kind-words.ts';
import { objectFirstForms } from './object-first-forms.ts';
import { matchBehind, questionMark, skipSuffix } from './suffixes.ts';
import type { Target } from './target.ts';
import { parseTarget, withKind } from './targets.ts';
import { type Sentence, wordAt } from './tokens.ts';

const openers = /^(?:please|hi|hello|hey|dear|ok|so|now|well|bot|steward|,|i|would|say)$/;
const terseVerbs =
  /^(?:delete|remove|erase|purge|wipe|export|download|backup|zip|copy|archive|deletion|removal|exportation)$/;
const terseExport = /^(?:export|download|backup|zip|copy|archive|exportation)$/;

/** The command that begins at `start` with its object: "dataset X: delete", "the Y model should be erased". */
export function objectFirst(sentence: Sentence, start: number): Command | null {
  const to = sentence.tokens.length;
  let first = start;
  while (openers.test(wordAt(sentence, first)) && kindAt((index) => wordAt(sentence, index), first) === null)
    first += 1;
  const target = parseTarget(sentence, first, to);
  if (target === null || target.type === 'elsewhere' || target.type === 'every' || target.type === 'pronoun')
    return null;
  const terse = terseVerb(sentence, start, first, target);
  if (terse !== null) return terse;
  for (const form of objectFirstForms) {
    if (target.type === 'person' && !target.sure) continue;
    const behind = matchBehind(sentence, form.after, target.end);
    if (behind === null) continue;
    const tail = skipSuffix(sentence, behind);
    const named = target.type === 'assets' ? namedKind(sentence, target, behind) : target;
    if (named.type === 'assets' && (named.foreign || named.mark === 'plain')) return null;
    return {
      action: form.action,
      target: named,
      qualifier: { end: behind },
      from: start,
      end: tail.end,
      form: form.name,
      vetoes: tail.licensed
        ? questionMark(sentence, tail.end)
          ? 'asked, not told'
          : null
        : 'more words than a command has',
    };
  }
  return null;
}

/** "X is a dataset I want deleted": the kind stands among the words of the verb. */
function namedKind(sentence: Sentence, target: Extract<Target, { type: 'assets' }>, behind: number): Target {
  for (let index = target.end; index < behind; index += 1) {
    const kind = kindAt((position) => wordAt(sentence, position), index);
    if (kind !== null && kind.kind !== 'workspace') return withKind(target, kind.kind);
  }
  return target;
}

/** "movie_tags.tsv download", "workspace backup now": the verb was parsed as the last word of the name. */
function terseVerb(sentence: Sentence, start: number, first: number, target: Target): Command | null {
  if (target.type !== 'assets' && target.type !== 'workspace') return null;
  const range = target.names.at(-1);
  if (range === undefined) return null;
  const [, to] = range;
  const word = wordAt(sentence, to - 1);
  if (to !== target.end || sentence.tokens[to - 1]?.quoted !== undefined || !terseVerbs.test(word)) return null;
  const cut = parseTarget({ ...sentence, tokens: sentence.tokens.slice(0, to - 1) }, first, to - 1);
  if (cut === null || (cut.type !== 'assets' && cut.type !== 'workspace') || cut.end !== to - 1) return null;
  if (cut.type === 'assets' && (cut.mark === 'plain' || cut.foreign)) return null;
  const tail = skipSuffix(sentence, to);
  return {
    action: terseExport.test(word) ? 'export' : 'delete',
    target: cut,
    qualifier: { end: to },
    from: start,
    end: tail.end,
    form: 'object, then verb',
    vetoes: tail.licensed && !/[?]/.test(wordAt(sentence, tail.end)) ? null : 'more words than a command has',
  };
}
