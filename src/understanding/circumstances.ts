import type { Command } from './commands.ts';
import { objection } from './speech-acts.ts';
import { type Line, wordAt } from './tokens.ts';

/** Why the words around a command take its force away; null when nothing does. `commands` are all of the sentence's. */
export function against(line: Line, command: Command, commands: readonly Command[], index: number): string | null {
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
  if (/(?:^| )(?:never|not|nobody) *$/.test(before)) return 'negated';
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
