import { anchored } from './grammar.ts';
import { ofPerson } from './lexicon/personal-data-words.ts';
import { personAt } from './person-phrases.ts';
import { prefixes } from './prefixes.ts';
import { type Sentence, span, wordAt } from './tokens.ts';
import { wrapped } from './wrapped-pattern.ts';

/** A command to start Microsoft Graph's export of a person's data. */
interface DirectoryExportCommand {
  /** `me`, an address or a name; undefined when the sentence does not say whose. */
  readonly subject: string | undefined;
}

const scope =
  '(?:(?:microsoft )?entra(?: id)?|azure ad|azure active directory|aad|active directory|directory|(?:microsoft|office|ms|m|o) ?365|m365|o365|microsoft graph|onedrive)';
const matter = '(?:personal |user |account ){0,6}(?:data|information|records)';
const verb =
  '(?:export|download|get|pull|request|order|start|begin|launch|trigger|run|kick off|initiate|make|create|prepare|do|queue)';
const small = '(?: (?:an?|the|me|us|all|full|new|complete|export|copy|of)){0,6}';
const noun = `(?:${scope} ${matter}(?: export)?|(?:microsoft )?graph (?:personal |user ){0,6}data export|${scope} (?:personal )?(?:export))`;

/** "export the directory data of …", "start the Microsoft 365 personal data export for …" */
const objectFirst = anchored(`${verb}${small} ${noun}${ofPerson}`);

/** "export …", to be followed by whose and by what. */
const ownerFirst = anchored(`${verb}${small}`);
const owned = anchored(`(?:'s )?${noun}`);

/** What may follow the whole command without changing it. */
const closing =
  /^(?: ?(?:please|now|today|thanks|thank you|asap|for me|for us|(?:through|via|with|from|in) (?:the )?(?:microsoft )?graph|,|\.|!)){0,6} ?$/;
const asksPolitely = /^(?: ?(?:please|now|today|for me|,)){0,6} ?\? ?$/;
const noPerson = /^(?:my|our|your|the|this|that|a|an|it|everyone|everybody|all|any|whole)\b/i;

/**
 * Reads a command to export a person's directory data; null unless the whole message is one. Anything around it other
 * than a greeting, a courtesy or "could you" makes it something else, so negated, reported and hypothetical commands
 * are not read.
 */
export function directoryExport(sentence: Sentence): DirectoryExportCommand | null {
  if (sentence.openQuote || !new RegExp(`\\b(?:${scope}|graph)\\b`).test(sentence.canon)) return null;
  const { plain, asked } = prefixes(sentence.canon, greeted(sentence.canon));
  for (const position of [...asked, ...plain]) {
    const polite = asked.includes(position);
    const found = afterObject(sentence, position, polite) ?? afterOwner(sentence, position, polite);
    if (found !== null) return found;
  }
  return null;
}

function afterObject(sentence: Sentence, position: number, polite: boolean): DirectoryExportCommand | null {
  const at = matched(objectFirst, sentence, position);
  if (at === null) return null;
  if (ends(sentence, at, polite)) return { subject: undefined };
  const person = personAt(sentence, at, sentence.tokens.length);
  if (person === null || noPerson.test(person.subject) || !ends(sentence, person.end, polite)) return null;
  return { subject: person.subject };
}

function afterOwner(sentence: Sentence, position: number, polite: boolean): DirectoryExportCommand | null {
  const at = matched(ownerFirst, sentence, position);
  if (at === null) return null;
  if (wordAt(sentence, at) === 'my') {
    const end = matched(owned, sentence, sentence.offsets[at + 1] ?? sentence.canon.length);
    return end !== null && ends(sentence, end, polite) ? { subject: 'me' } : null;
  }
  for (let end = at + 1; end <= Math.min(at + 5, sentence.tokens.length); end += 1) {
    if (wordAt(sentence, end) !== "'s") continue;
    const person = personAt(sentence, at, end);
    const last = matched(owned, sentence, sentence.offsets[end] ?? sentence.canon.length);
    if (person === null || person.end !== end || last === null || !ends(sentence, last, polite)) return null;
    return noPerson.test(person.subject) ? null : { subject: person.subject };
  }
  return null;
}

const greeting =
  /^(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|there|bot|steward|studio steward|please) ){1,6}[,.!:] /;

/** Where the message begins after its greeting. */
function greeted(canon: string): number {
  return greeting.exec(canon)?.[0].length ?? 0;
}

/** The index of the token after a match at a position of `canon`; null when there is no match. */
function matched(form: RegExp, sentence: Sentence, position: number): number | null {
  form.lastIndex = position;
  if (!form.test(sentence.canon)) return null;
  return sentence.at.get(form.lastIndex + 1) ?? sentence.at.get(form.lastIndex) ?? null;
}

function ends(sentence: Sentence, from: number, polite: boolean): boolean {
  const rest = sentence.tokens
    .slice(from)
    .map(({ word }) => word)
    .join(' ');
  return closing.test(rest) || (polite && asksPolitely.test(rest));
}

const telemetry = anchored(wrapped`
  (?:export|download|get|give me|send me|show me|pull|fetch|request|delete|erase|remove|want|need)
  (?: (?:me|all|of|the|my|a copy of|microsoft|studio|own)){0,6} (?:
    telemetry|usage data|usage statistics|diagnostic data|diagnostics data
  )(?: data)?
`);

/** "export my telemetry": not possible here, but a page of the documentation says where it is. */
export function wantsTelemetry(sentence: Sentence): boolean {
  const { plain, asked } = prefixes(sentence.canon, greeted(sentence.canon));
  return [...asked, ...plain].some((position) => {
    const at = matched(telemetry, sentence, position);
    return at !== null && (ends(sentence, at, true) || /^(?:of|for) /.test(span(sentence, at, sentence.tokens.length)));
  });
}
