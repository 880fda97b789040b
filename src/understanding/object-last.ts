import type { Command } from './commands.ts';
import { bareNoun, type ObjectLastForm, objectLastForms } from './forms.ts';
import { anywhere, del, exp } from './grammar.ts';
import { kindAfter } from './items.ts';
import { endsNameAt } from './names.ts';
import { type Beginnings, matchFrom } from './prefixes.ts';
import { narrowing } from './qualifiers.ts';
import { matchBehind, questionMark, skipTail } from './suffixes.ts';
import { parseTarget, type Target, withKind } from './targets.ts';
import { type Line, wordAt } from './tokens.ts';

/** Why a command with an unread rest is none. */
export const tooMany = 'more words than a command has';

/** The forms whose verb occurs in a sentence at all. */
export function liveForms(line: Line): {
  usual: readonly ObjectLastForm[];
  bare: readonly ObjectLastForm[];
  deeds: boolean;
} {
  const alive = (form: ObjectLastForm) => form.needs.test(line.canon);
  return { usual: objectLastForms.filter(alive), bare: bareNoun.filter(alive), deeds: anyDeed.test(line.canon) };
}

const anyDeed = anywhere(
  `${del.base}|${del.done}|${del.doing}|${del.noun}|${exp.base}|${exp.done}|${exp.doing}|${exp.noun}|gone|go|disappear|vanish`,
);

/** The command that begins at `start` with its verb before its object, in the first form that fits. */
export function objectLast(
  line: Line,
  start: number,
  forms: readonly ObjectLastForm[],
  begins: Beginnings,
): Command | null {
  const offset = line.offsets[start] ?? 0;
  let lacking: Command | null = null;
  for (const form of forms) {
    const end = matchFrom(form.before, line.canon, begins, form.mayAsk);
    if (end === null) continue;
    const objectAt = line.at.get(end + 1) ?? line.at.get(end);
    if (objectAt === undefined) continue;
    const command = complete(line, form, start, objectAt, line.canon.slice(offset, end));
    if (command === null) continue;
    if (command.target.type !== 'pronoun' || command.target.end > objectAt) return command;
    lacking ??= command;
  }
  return lacking;
}

function complete(line: Line, form: ObjectLastForm, start: number, objectAt: number, said: string): Command | null {
  const object = objectOf(line, form, objectAt);
  if (object === null) return null;
  let { target } = object;
  let end = object.end;
  const apposed = kindAfter(line, end);
  if (apposed !== null && target.type === 'assets') {
    target = withKind(target, apposed.kind);
    end = apposed.end;
  }
  if (target.type === 'elsewhere' || (target.type === 'assets' && target.foreign)) return null;
  if (
    form.deed === 'delete' &&
    target.type === 'assets' &&
    partOf.test(wordsOf(line, objectAt, target.names[0]?.[0] ?? target.end))
  )
    return null;
  const narrowed = narrowing(line, end, target);
  const tail = skipTail(line, narrowed.end);
  const polite = /\b(?:can|could|will|would|may|mind|cant|chance|wondering)\b/.test(said);
  const asked = questionMark(line, tail.end);
  // "will you delete it?" asks what is going to happen; "will you please …" asks for it.
  const foretold =
    asked && /\bwill you\b/.test(said) && !/\b(?:please|kindly|now|today|for me|for us)\b/.test(line.canon);
  const unanswered = foretold || (asked && (form.asks === 'never' || (form.asks === 'when-polite' && !polite)));
  return {
    deed: form.deed,
    target,
    narrowing: narrowed,
    from: start,
    end: tail.end,
    form: form.name,
    against:
      tail.licensed && !(form.deed === 'delete' && elsewhereTail.test(wordsOf(line, narrowed.end, tail.end)))
        ? unanswered
          ? 'asked, not told'
          : null
        : tooMany,
  };
}

/** The object and, where the form has one, the verb or particle behind it. */
function objectOf(line: Line, form: ObjectLastForm, objectAt: number): { target: Target; end: number } | null {
  const to = line.tokens.length;
  const target = parseTarget(line, objectAt, to);
  if (form.after === undefined) {
    if (target !== null) return acceptable(form, target) ? { target, end: target.end } : null;
    // "start the export", "can you prepare a backup": the object was named before, or is to be asked for.
    if (!form.mayLackObject || !endsNameAt(line, objectAt, to)) return null;
    return { target: { type: 'pronoun', end: objectAt, names: [] }, end: objectAt };
  }
  if (target !== null) {
    const behind = matchBehind(line, form.after, target.end);
    if (behind !== null && acceptable(form, target)) return { target, end: Math.max(target.end, behind) };
  }
  // A particle may have been taken for the end of the name: "take web service X offline".
  for (let cut = objectAt + 1; cut < to && !/^[.,;:?!]$/.test(wordAt(line, cut)); cut += 1) {
    const after = matchBehind(line, form.after, cut);
    if (after === null) continue;
    const shorter = parseTarget({ ...line, tokens: line.tokens.slice(0, cut) }, objectAt, cut);
    if (shorter !== null && shorter.type !== 'person' && shorter.end === cut && acceptable(form, shorter))
      return { target: shorter, end: Math.max(cut, after) };
  }
  return null;
}

function acceptable(form: ObjectLastForm, target: Target): boolean {
  // "can I export X?" is a wish when X is named, and a question about what is possible when it is not.
  if (form.name === 'may I') return target.type === 'assets' && target.mark !== 'plain';
  return form.name !== 'want it' || target.type === 'assets' || target.type === 'workspace' || target.type === 'person';
}

/** A copy, a column or the contents of a thing is not the thing. */
const partOf = /\b(?:copy|copies|zip|results|definition|files|contents?|data) of\b/;

/** "drop X into the folder", "take X out for a spin", "in my head": a place or a purpose makes another deed of it. */
const elsewhereTail =
  /\bin (?:my|our|your) (?!(?:\S{1,60} )?(?:workspace|studio|azure|account|subscription|tenant|cloud|system|name|opinion|view|own time)\b)|\b(?:into|onto|on my|on the|for an?|at the|with an?|as an?|like an?|using|via)\b|\bfrom (?!(?:(?:my|the|our|this|your|all) )?(?:\S{1,60} )?(?:workspace|studio|azure|here|there|systems?|machine|cloud|service|everywhere|servers?|databases?|existence|records|storage)\b)/;

function wordsOf(line: Line, from: number, to: number): string {
  return line.tokens
    .slice(from, to)
    .map(({ word }) => word)
    .join(' ');
}
