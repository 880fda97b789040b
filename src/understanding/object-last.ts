import type { Command } from './command.ts';
import { bareNoun, type ObjectLastForm, objectLastForms } from './forms.ts';
import { anywhere, del, exp } from './grammar.ts';
import { kindAfter } from './items.ts';
import { endsNameAt } from './names.ts';
import { matchFrom, type Prefixes } from './prefixes.ts';
import { qualifier } from './qualifiers.ts';
import { matchBehind, questionMark, skipSuffix } from './suffixes.ts';
import type { Target } from './target.ts';
import { parseTarget, withKind } from './targets.ts';
import { type Sentence, wordAt } from './tokens.ts';
import { wrapped } from './wrapped-pattern.ts';

/** Veto of a command that is followed by words that were not understood. */
export const unreadRest = 'more words than a command has';

/** The forms whose verb occurs in a sentence at all. */
export function liveForms(sentence: Sentence): {
  usual: readonly ObjectLastForm[];
  bare: readonly ObjectLastForm[];
  actions: boolean;
} {
  const alive = (form: ObjectLastForm) => form.needs.test(sentence.canon);
  return {
    usual: objectLastForms.filter(alive),
    bare: bareNoun.filter(alive),
    actions: anyAction.test(sentence.canon),
  };
}

const anyAction = anywhere(
  `${del.base}|${del.done}|${del.doing}|${del.noun}|${exp.base}|${exp.done}|${exp.doing}|${exp.noun}|gone|go|disappear|vanish`,
);

/** The command that begins at `start` with its verb before its object, in the first form that fits. */
export function objectLast(
  sentence: Sentence,
  start: number,
  forms: readonly ObjectLastForm[],
  starts: Prefixes,
): Command | null {
  const offset = sentence.offsets[start] ?? 0;
  let lacking: Command | null = null;
  for (const form of forms) {
    const end = matchFrom(form.before, sentence.canon, starts, form.mayAsk);
    if (end === null) continue;
    const objectAt = sentence.at.get(end + 1) ?? sentence.at.get(end);
    if (objectAt === undefined) continue;
    const command = complete(sentence, form, start, objectAt, sentence.canon.slice(offset, end));
    if (command === null) continue;
    if (command.target.type !== 'pronoun' || command.target.end > objectAt) return command;
    lacking ??= command;
  }
  return lacking;
}

function complete(
  sentence: Sentence,
  form: ObjectLastForm,
  start: number,
  objectAt: number,
  said: string,
): Command | null {
  const object = objectOf(sentence, form, objectAt);
  if (object === null) return null;
  let { target } = object;
  let end = object.end;
  const apposed = kindAfter(sentence, end);
  if (apposed !== null && target.type === 'assets') {
    target = withKind(target, apposed.kind);
    end = apposed.end;
  }
  if (target.type === 'elsewhere' || (target.type === 'assets' && target.foreign)) return null;
  if (
    form.action === 'delete' &&
    target.type === 'assets' &&
    partOf.test(wordsOf(sentence, objectAt, target.names[0]?.[0] ?? target.end))
  )
    return null;
  const narrowed = qualifier(sentence, end, target);
  const tail = skipSuffix(sentence, narrowed.end);
  const polite = /\b(?:can|could|will|would|may|mind|cant|chance|wondering)\b/.test(said);
  const asked = questionMark(sentence, tail.end);
  // "will you delete it?" asks what will happen; "will you please …" is a request.
  const asksFuture =
    asked && /\bwill you\b/.test(said) && !/\b(?:please|kindly|now|today|for me|for us)\b/.test(sentence.canon);
  const unanswered = asksFuture || (asked && (form.asks === 'never' || (form.asks === 'when-polite' && !polite)));
  return {
    action: form.action,
    target,
    qualifier: narrowed,
    from: start,
    end: tail.end,
    form: form.name,
    vetoes:
      tail.licensed && !(form.action === 'delete' && elsewhereTail.test(wordsOf(sentence, narrowed.end, tail.end)))
        ? unanswered
          ? 'asked, not told'
          : null
        : unreadRest,
  };
}

/** The object and, where the form has one, the verb or particle after it. */
function objectOf(sentence: Sentence, form: ObjectLastForm, objectAt: number): { target: Target; end: number } | null {
  const to = sentence.tokens.length;
  const target = parseTarget(sentence, objectAt, to);
  if (form.after === undefined) {
    if (target !== null) return acceptable(form, target) ? { target, end: target.end } : null;
    // "start the export", "can you prepare a backup": the object was named before, or the bot has to ask for it.
    if (!form.mayLackObject || !endsNameAt(sentence, objectAt, to)) return null;
    return { target: { type: 'pronoun', end: objectAt, names: [] }, end: objectAt };
  }
  if (target !== null) {
    const behind = matchBehind(sentence, form.after, target.end);
    if (behind !== null && acceptable(form, target)) return { target, end: Math.max(target.end, behind) };
  }
  // A particle may have been parsed as the end of the name: "take web service X offline".
  for (let cut = objectAt + 1; cut < to && !/^[.,;:?!]$/.test(wordAt(sentence, cut)); cut += 1) {
    const after = matchBehind(sentence, form.after, cut);
    if (after === null) continue;
    const shorter = parseTarget({ ...sentence, tokens: sentence.tokens.slice(0, cut) }, objectAt, cut);
    if (shorter !== null && shorter.type !== 'person' && shorter.end === cut && acceptable(form, shorter))
      return { target: shorter, end: Math.max(cut, after) };
  }
  return null;
}

function acceptable(form: ObjectLastForm, target: Target): boolean {
  // "can I export X?" is a request when X is named, and a question about what is possible when it is not.
  if (form.name === 'may I') return target.type === 'assets' && target.mark !== 'plain';
  return form.name !== 'want it' || target.type === 'assets' || target.type === 'workspace' || target.type === 'person';
}

/** "a copy of X", "the contents of X": a part of a thing, not the thing itself. */
const partOf = /\b(?:copy|copies|zip|results|definition|files|contents?|data) of\b/;

/** "drop X into the folder", "take X out for a spin", "in my head": with a place or a purpose it is another action. */
const elsewhereTail = new RegExp(wrapped`
  \bin (?:my|our|your) (?!(?:\S{1,60} )?
    (?:workspace|studio|azure|account|subscription|tenant|cloud|system|name|opinion|view|own time)\b)|
  \b(?:into|onto|on my|on the|for an?|at the|with an?|as an?|like an?|using|via)\b|
  \bfrom (?!(?:(?:my|the|our|this|your|all) )?(?:\S{1,60} )?
    (?:
      workspace|studio|azure|here|there|systems?|machine|cloud|service|everywhere|servers?|databases?|
      existence|records|storage
    )\b)
`);

function wordsOf(sentence: Sentence, from: number, to: number): string {
  return sentence.tokens
    .slice(from, to)
    .map(({ word }) => word)
    .join(' ');
}
