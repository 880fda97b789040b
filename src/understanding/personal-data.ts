import {
  aboutWord,
  beforeData,
  betweenDataAndPerson,
  concerning,
  dataWord,
  fromRecords,
  storedClauseWord,
} from './lexicon/personal-data-words.ts';
import { endsNameAt } from './names.ts';
import { personAt, personBefore } from './person-phrases.ts';
import { type Sentence, wordAt } from './tokens.ts';

/** One person's data as the object of a command. */
export interface PersonalData {
  readonly subject: string;
  readonly sure: boolean;
  readonly end: number;
}

/** Reads "my personal data", "Felix Brandt's data", "everything we hold about lee@…" at `start`; null for anything else. */
export function personalData(sentence: Sentence, start: number, to: number): PersonalData | null {
  const at = (index: number) => (index < to ? wordAt(sentence, index) : '');
  let index = start;
  let head = '';
  while (
    index < start + 8 &&
    beforeData.test(at(index)) &&
    !(at(index) === 'me' && endsNameAt(sentence, index + 1, to))
  ) {
    head += ` ${at(index)}`;
    index += 1;
  }
  if (at(index) === 'my' || at(index) === 'mine') return ownData(sentence, index, to);
  if (/^(?:his|her|their)$/.test(at(index))) return spokenOfData(sentence, index, to);
  const owner = ownedData(sentence, index, to);
  if (owner !== null) return owner;
  if (index === start && /^(?:me|myself)$/.test(at(index)) && endsNameAt(sentence, index + 1, to)) {
    // "remove me from the mailing list" is not about data in Studio.
    const next = words(sentence, index + 1, index + 5);
    const elsewhere = /^(?:from|off|out|to|of|in|on)\b/.test(next) && !fromRecords.test(next);
    return elsewhere ? null : { subject: 'me', sure: true, end: index + 1 };
  }
  return dataAbout(sentence, index, to, head);
}

function ownData(sentence: Sentence, start: number, to: number): PersonalData | null {
  const at = (index: number) => (index < to ? wordAt(sentence, index) : '');
  let index = start + 1;
  while (
    index < start + 5 &&
    /^(?:own|personal|private|user|account|full|complete|whole|entire|stored|gdpr|profile|and)$/.test(at(index))
  )
    index += 1;
  const personal = /\b(?:personal|private|own|profile)\b/.test(words(sentence, start, index));
  if (!dataWord.test(at(index))) return null;
  index += 1;
  if (!personal && /^(?:and|or)$/.test(at(index))) return null;
  if (/^(?:copy|export|download|extract|package|archive|backup|dump)$/.test(at(index))) index += 1;
  return { subject: 'me', sure: personal, end: afterClause(sentence, index, to) };
}

/** "his personal data", of the person named before. */
function spokenOfData(sentence: Sentence, start: number, to: number): PersonalData | null {
  let index = start + 1;
  while (/^(?:personal|own|private|whole|entire|full)$/.test(wordAt(sentence, index))) index += 1;
  if (index >= to || !dataWord.test(wordAt(sentence, index))) return null;
  const subject = personBefore(sentence, start);
  return subject === null ? null : { subject, sure: true, end: index + 1 };
}

/** "Felix Brandt's personal data", "noor.aziz@…'s records". */
function ownedData(sentence: Sentence, start: number, to: number): PersonalData | null {
  const person = personAt(sentence, start, to);
  if (person === null || person.subject === 'me') return null;
  let index = person.end;
  if (wordAt(sentence, index) === "'s" || wordAt(sentence, index) === "'") index += 1;
  else if (!(/^personal$/.test(wordAt(sentence, index)) && person.sure)) return null;
  while (
    /^(?:personal|own|private|user|account|whole|entire|full|complete|all|stored|remaining)$/.test(
      wordAt(sentence, index),
    )
  )
    index += 1;
  return index < to && dataWord.test(wordAt(sentence, index))
    ? { subject: person.subject, sure: true, end: index + 1 }
    : null;
}

/** "the personal data of Yuki Tanaka", "everything you have stored about me". */
function dataAbout(sentence: Sentence, start: number, to: number, head: string): PersonalData | null {
  const at = (index: number) => (index < to ? wordAt(sentence, index) : '');
  let index = start;
  let personal = false;
  let data = /\b(?:everything|anything|whatever|what|all|traces?|copy|records?)\b/.test(head);
  const open = /\b(?:everything|anything|whatever|what|all)\b/.test(head);
  while (
    index < start + 3 &&
    (at(index) === 'personal' || at(index) === 'private' || dataWord.test(at(index)) || at(index) === 'user')
  ) {
    personal ||= at(index) === 'personal' || at(index) === 'private';
    data ||= dataWord.test(at(index));
    index += 1;
  }
  if (!data && !personal) return null;
  const clauseFrom = index;
  for (; index < clauseFrom + 10; index += 1) {
    if (aboutWord.test(at(index))) {
      const person = personAt(sentence, index + 1, to);
      const clause = words(sentence, clauseFrom, index + 1);
      const told = concerning.test(clause);
      const held = /\b(?:hold|have|keep|store|stored|held|kept|know|got|collected?|saved?|process)\b/.test(clause);
      if (
        person !== null &&
        (person.sure || personal) &&
        (personal ||
          told ||
          (held && open) ||
          (data && !open && /\b(?:of|for)$/.test(clause)) ||
          sentence.tokens[person.end - 1]?.word === 'E')
      ) {
        return {
          subject: person.subject,
          sure: personal || told || person.sure,
          end: afterClause(sentence, person.end, to),
        };
      }
    }
    if (!betweenDataAndPerson.test(at(index)) && !aboutWord.test(at(index))) return null;
  }
  return null;
}

/** Skips "… that you have (stored)" after a person or their data. */
function afterClause(sentence: Sentence, start: number, to: number): number {
  let index = start;
  if (!/^(?:that|which|you|we|what|saved|stored|held|kept|in|from|on)$/.test(wordAt(sentence, index)) || index >= to)
    return start;
  while (index < to && index < start + 10 && storedClauseWord.test(wordAt(sentence, index))) index += 1;
  return endsNameAt(sentence, index, to) || index >= to ? index : start;
}

function words(sentence: Sentence, from: number, to: number): string {
  return sentence.tokens
    .slice(from, to)
    .map(({ word }) => word)
    .join(' ');
}
