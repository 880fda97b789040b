import { bareNoun, type Deed, type ObjectLastForm, objectFirstForms, objectLastForms } from './forms.ts';
import { parseItem } from './items.ts';
import { adjuncts } from './lexicon/boundaries.ts';
import { kindAt } from './lexicon/kinds.ts';
import { type Narrowing, narrowing } from './narrowing.ts';
import { objection } from './speech-acts.ts';
import { parseTarget, type Target } from './targets.ts';
import { type Line, wordAt } from './tokens.ts';

/** A command that the sentence holds, or would hold if nothing spoke against it. */
export interface Command {
  readonly deed: Deed;
  readonly target: Target;
  readonly narrowing: Narrowing;
  /** Tokens that belong to the command, first and behind the last. */
  readonly from: number;
  readonly end: number;
  readonly form: string;
  /** Why it must not be carried out; null for a clear, present, first-hand command. */
  readonly against: string | null;
}

/** Finds the commands of a sentence, in order, at most three. */
export function findCommands(line: Line): Command[] {
  const found: Command[] = [];
  const starts = clauseStarts(line);
  let free = 0;
  for (const start of starts) {
    if (start < free || found.length === 3) continue;
    const command = commandAt(line, start, starts);
    if (command === null) continue;
    found.push(command);
    free = command.end;
  }
  return found.map((command, index) => ({
    ...command,
    against: command.against ?? against(line, command, found, index),
  }));
}

/** Where a command may begin: at the start, behind punctuation, and behind a few connecting words. */
function clauseStarts(line: Line): number[] {
  const starts: number[] = [];
  for (let index = 0; index < line.tokens.length; index += 1) {
    const before = wordAt(line, index - 1);
    const word = wordAt(line, index);
    const opens =
      index === 0 ||
      /^[.,;:!?-]$|^\.\.\.$|^(?:so|hence|therefore|thus|and|but|then|consequently|accordingly|therefore|bot|steward)$/.test(
        before,
      ) ||
      /^\p{Extended_Pictographic}/u.test(before);
    if (opens || /^(?:please|kindly|so|hence|therefore|thus)$/.test(word)) starts.push(index);
  }
  return starts;
}

function commandAt(line: Line, start: number, starts: readonly number[]): Command | null {
  return (
    objectLast(line, start, objectLastForms) ?? objectFirst(line, start, starts) ?? objectLast(line, start, bareNoun)
  );
}

function objectLast(line: Line, start: number, forms: readonly ObjectLastForm[]): Command | null {
  const to = line.tokens.length;
  const offset = line.offsets[start] ?? 0;
  for (const form of forms) {
    form.before.lastIndex = offset;
    const match = form.before.exec(line.canon);
    if (match === null) continue;
    const objectAt = line.at.get(offset + match[0].length + 1) ?? line.at.get(offset + match[0].length);
    if (objectAt === undefined) continue;
    const target = parseTarget(line, objectAt, to);
    if (target === null || target.type === 'elsewhere') continue;
    let end = target.end;
    if (form.after !== undefined) {
      const behind = matchBehind(line, form.after, end);
      if (behind === null) continue;
      end = Math.max(end, behind);
    }
    if (form.name === 'want it' && target.type !== 'assets' && target.type !== 'workspace' && target.type !== 'person')
      continue;
    const narrowed = narrowing(line, end, target);
    const tail = skipTail(line, narrowed.end);
    const asked = questionMark(line, tail.end);
    const polite = /\b(?:can|could|will|would|may|mind|cant|chance|wondering)\b/.test(match[0]);
    const unanswered = asked && (form.asks === 'never' || (form.asks === 'when-polite' && !polite));
    return {
      deed: form.deed,
      target,
      narrowing: narrowed,
      from: start,
      end: tail.end,
      form: form.name,
      against: tail.licensed ? (unanswered ? 'asked, not told' : null) : 'more words than a command has',
    };
  }
  return null;
}

/** Matches an expression behind a token; the index of the token after the match, or null. */
function matchBehind(line: Line, expression: RegExp, end: number): number | null {
  const position = end < line.tokens.length ? (line.offsets[end] ?? 0) - 1 : line.canon.length;
  expression.lastIndex = Math.max(0, position);
  const match = expression.exec(line.canon);
  if (match === null) return null;
  return line.at.get(position + match[0].length + 1) ?? line.at.get(position + match[0].length) ?? end;
}

function objectFirst(line: Line, start: number, starts: readonly number[]): Command | null {
  const to = line.tokens.length;
  let first = start;
  while (
    /^(?:please|hi|hello|hey|dear|ok|so|now|well|bot|steward|,)$/.test(wordAt(line, first)) &&
    kindAt((index) => wordAt(line, index), first) === null
  )
    first += 1;
  const candidates: Target[] = [];
  const whole = parseTarget(line, first, to);
  if (whole !== null && whole.type !== 'elsewhere' && whole.type !== 'every') candidates.push(whole);
  for (const target of candidates) {
    for (const form of objectFirstForms) {
      if (target.type === 'pronoun' || (target.type === 'person' && form.bare)) continue;
      const behind = matchBehind(line, form.after, target.end);
      if (behind === null) continue;
      const tail = skipTail(line, behind);
      const asked = questionMark(line, tail.end);
      return {
        deed: form.deed,
        target,
        narrowing: { end: behind },
        from: start,
        end: tail.end,
        form: form.name,
        against: tail.licensed ? (asked ? 'asked, not told' : null) : 'more words than a command has',
      };
    }
    const terse = terseVerb(line, start, target);
    if (terse !== null) return terse;
  }
  return starts.length === 0 ? null : null;
}

const terseVerbs = /^(?:delete|remove|erase|purge|wipe|export|download|backup|zip|copy|archive|deletion|removal)$/;

/** "movie_tags.tsv download", "readmit svm model delete": the verb was taken for the last word of a plain name. */
function terseVerb(line: Line, start: number, target: Target): Command | null {
  if (target.type !== 'assets' && target.type !== 'workspace') return null;
  const range = target.names.at(-1);
  if (range === undefined) return null;
  const [from, to] = range;
  const word = wordAt(line, to - 1);
  if (to !== target.end || to - from < 2 || !terseVerbs.test(word)) return null;
  const cut = parseTarget({ ...line, tokens: line.tokens.slice(0, to - 1) }, start, to - 1);
  if (cut === null || (cut.type !== 'assets' && cut.type !== 'workspace')) return null;
  if (cut.type === 'assets' && cut.mark === 'plain') return null;
  const tail = skipTail(line, to);
  return {
    deed: /^(?:export|download|backup|zip|copy|archive)$/.test(word) ? 'export' : 'delete',
    target: cut,
    narrowing: { end: to },
    from: start,
    end: tail.end,
    form: 'object, then verb',
    against: tail.licensed && tail.end >= line.tokens.length ? null : 'more words than a command has',
  };
}

/** Passes over polite words, times and places behind a command. Licensed when the command's clause ends there. */
function skipTail(line: Line, start: number): { end: number; licensed: boolean } {
  const at = (index: number) => wordAt(line, index);
  let index = start;
  for (;;) {
    const word = at(index);
    if (word === '') return { end: index, licensed: true };
    if (/^\p{Extended_Pictographic}/u.test(word) && !/^\d/.test(word)) {
      index += 1;
      continue;
    }
    const length = adjuncts.longest(at, index);
    if (length > 0) {
      index += length;
      if (
        /^(?:from|off|of|in|on|into|at|within|out|for|to|as|with|by|using|via|before|until|till|inside|under|per|via)$/.test(
          word,
        )
      )
        index = phraseEnd(line, index);
      continue;
    }
    if (/^(?:from|in|inside|of|on|out|off)$/.test(word)) {
      const place = parseItem(line, index + 1, line.tokens.length);
      if (place?.kind === 'workspace') {
        index = place.end;
        continue;
      }
    }
    return {
      end: index,
      licensed:
        /^(?:[.,;:!?)+-]|\.\.\.|and|because|since|as|so|but|which|that|it|they|i|we|due|if|who|this|before|while|once|after|given|or|though|although|they|there|then|when|unless|rather|not|no|lol|haha|once)$/.test(
          word,
        ),
    };
  }
}

/** The end of a short phrase such as "my laptop", "the handover", "Monday morning". */
function phraseEnd(line: Line, start: number): number {
  let index = start;
  while (index < line.tokens.length && index < start + 6) {
    const word = wordAt(line, index);
    if (
      /^[.,;:!?()-]$|^\.\.\.$|^(?:and|because|since|so|but|please|thanks|is|are|was|were|has|have|should|must|would|will|can|said|says|which|that|who|if|when|i|we|he|she|they|or)$/.test(
        word,
      )
    )
      break;
    index += 1;
  }
  return index;
}

function questionMark(line: Line, index: number): boolean {
  for (let ahead = index; ahead < line.tokens.length; ahead += 1) {
    const word = wordAt(line, ahead);
    if (word === '?') return true;
    if (/^[.!;,:]$/.test(word)) return false;
  }
  return false;
}

function against(line: Line, command: Command, commands: readonly Command[], index: number): string | null {
  const masked = (from: number, to: number) => {
    const words: string[] = [];
    for (let position = from; position < to; position += 1) {
      const other = commands.find(
        (candidate, order) =>
          order !== index && position >= candidate.from && position < candidate.end && candidate.against === null,
      );
      words.push(
        other !== undefined && other.deed === 'export' ? 'n' : inName(command, position) ? 'n' : wordAt(line, position),
      );
    }
    return words.join(' ');
  };
  const before = masked(0, command.from);
  const after = masked(command.end, line.tokens.length);
  if (line.openQuote) return 'a quotation that does not end';
  return (
    objection(before, 'before') ??
    leadsIn(before) ??
    objection(after, 'after') ??
    objectionInside(line, command) ??
    trailing(after)
  );
}

function inName(command: Command, position: number): boolean {
  return command.target.names.some(([from, to]) => position >= from && position < to);
}

/** Words of the command itself outside its names: "delete, or rather don't, …" */
function objectionInside(line: Line, command: Command): string | null {
  const words: string[] = [];
  const firstName = command.target.names[0]?.[0] ?? command.target.end;
  for (let position = command.target.end; position < command.end; position += 1) words.push(wordAt(line, position));
  void firstName;
  return objection(words.join(' '), 'after');
}

const questionWord =
  /^(?:(?:so|and|but|hi|hello|hey|ok|well|please|sorry|,|\.|!) )*(?:how|what|why|who|whom|whose|which|where|when|is|are|am|do|does|did|was|were|has|have i|can i|can we|could i|could we|may i|should i|should we|would i|would it|shall i|shall we|will i|will it|explain|tell me|describe)\b/;

/** A question that the command is only the end of: "how do I, as a guest, delete my workspace". */
function leadsIn(before: string): string | null {
  const sentence = before.split(/[.!?]|\.\.\./).at(-1) ?? '';
  if (questionWord.test(sentence.trim())) return 'part of a question';
  if (/:\s*$/.test(before) && !benignColon.test(before)) return 'said by somebody else';
  if (
    /(?:^| )(?:never|not|no|nobody|don) ?,? *$/.test(before.trim()) &&
    before.trim() !== 'no' &&
    before.trim() !== 'no ,'
  )
    return 'negated';
  if (/(?:^| )(?:to|i|he|she|they|who|that|would|could|cannot|not|by|than|or) $/.test(`${before} `))
    return 'no beginning of a clause';
  return null;
}

const benignColon =
  /(?:^|[.!?,] )(?:(?:hi|hello|hey|dear|bot|steward|studio|please|next|task|tasks|request|requests|my|cleanup|clean|up|housekeeping|urgent|now|today|reason|ticket|action|command|steps?|two|one|three|things?|the|following|next|job|case|for|you|subject|fyi|note|ps|p s|quick|also|first|second|thanks|team|all|ok|so|this|is|what|i|need|want|here|todo|do|item|asap|important|wish|favour|favor|time|spring|cleaning|cleanup time|final|last|order|work|of|day|friday|monday) )*:\s*$/;

/** A question behind the command that puts it in doubt. */
function trailing(after: string): string | null {
  if (
    /\?/.test(after) &&
    /\b(?:should|good idea|ok|okay|right|allowed|sure|safe|wise|agree|correct|true|advise|recommend|think|may i|can i|is (?:that|it|this|there)|does|do i|do we|what|why|how|or)\b/.test(
      after,
    ) &&
    !/^ ?(?:, )?(?:ok|okay|please|thanks|will you|would you|could you|can you) \?/.test(after)
  )
    return 'in doubt';
  return null;
}
