import type { AssetKind } from '../domain/assets.ts';
import { anywhere, del, exp } from './grammar.ts';
import type { IntentName, Slots } from './intents.ts';
import { parseItem } from './items.ts';
import { elsewhere } from './lexicon/elsewhere.ts';
import { kindAt } from './lexicon/kind-words.ts';
import { type Place, unmarkedPlace } from './places.ts';
import { type Sentence, wordAt } from './tokens.ts';

/** A wish to see what there is. */
interface Listing {
  readonly intent: Extract<IntentName, 'list.assets' | 'list.workspaces' | 'account.info'>;
  readonly slots: Slots;
  readonly why: string;
}

const showing = anywhere(
  '(?:list|show|display|see|view|enumerate|print|browse|look up|look for|lookup|search|search for|find|filter|overview|inventory|index|catalogue|catalog|summary|summarise|summarize|tell me|give me|get me|let me see|open|count|name|names|bring up|pull up|check|present|what is in|what is inside|what is there|which|what|whats|what are|how many|do i have|do we have|have i got|have we got|are there|is there|there are|there is|got|any|listing|table of contents|contents of|content of|what do|what have|where are|where do i find|need a list|want to see|would like to see|i want to know|show off|ls|dir|all)',
);
const having = anywhere(
  '(?:do|did|have|has|are|is|does|can) (?:i|we|you|there|it|my|our|the|this|workspace)|(?:i|we|it|there|you|team|workspace) (?:have|has|own|owns|got|is|are|use|made|created|uploaded|deployed|keep|store|saved|exist|exists|hold|holds|trained|contains?)|(?:in|inside|within|from) (?:my|the|this|our|workspace)|exist|exists|available|deployed|stored|there|uploaded|lives?|live|around|saved|registered|running|belong|belongs|mine|present|published|see|find|visible|contain|contains|called|named|with|in the name|in it|accessible',
);
const imperative =
  /^(?:(?:please|hi|hello|hey|ok|so|now|and|then|could|can|would|will|you|kindly|just|i|we|want|would|like|need|to|d|let|me|us|first|bot|steward|,|!|\.|may|might|mind|quickly|be|able|it|nice|is|great|also|dear) ){0,6}(?:list|listing|show|display|see|view|enumerate|print|browse|look up|look for|lookup|search|search for|find|filter|overview|inventory|index|catalogue|catalog|summarise|summarize|tell me|give me|get me|give us|open|count|name|bring up|pull up|check|present|provide|send me|hand me|have|take a look at|look at|a list|the list|the names|names of|list of|ls|dir|know|tell us|show us|explore|point me to|where (?:are|is))\b/;
const trailingShow =
  /\b(?:please (?:list|show)(?: (?:them|me|us|it))?|(?:list|show|display)(?: (?:them|please|me|all|it))?|list|overview|inventory)(?: please| now| thanks)?\s*[.!?]*$/;

const doing = new RegExp(
  `(?:^| )(?:${del.base}|${del.doing}|${exp.base}|train|run|create|make|upload|share|rename|merge|import|add|build|deploy|copy|move|new|more|delete)(?= |$)`,
);

/** Reads "list my datasets", "which workspaces do I have?", "what's in workspace Pilot?"; null for anything else. */
export function listing(sentence: Sentence): Listing | null {
  const words = sentence.canon;
  const contents =
    /^(?:(?:so|and|hi|hello|please|ok|,) ){0,6}what does (?:the |my |our |this )?(?:\S+ ){0,4}?workspace\b.*\b(?:contain|hold|have in it)\b/.test(
      words,
    );
  if (
    !contents &&
    /^(?:(?:ok|so|and|but|well|please|hi|hello|,) ){0,6}(?:how (?:do|can|to|long|should|would|are|is)|why|when|who|explain|what (?:does|happens|is an?|are the (?:limits|rules|differences?|deadlines?|steps|risks)|kinds? of|types? of|would|will|should)|is it|should|can (?:i|a|an|guests?|you (?:explain|restore|recover))|could i|does (?:the|a|an)|is (?:a|an|the|my)|will|may)\b/.test(
      words,
    ) &&
    !/^(?:(?:ok|so|and|please|hi|hello|,) ){0,6}(?:how many|can i (?:please )?(?:see|have a list|get a list|view)|could i (?:please )?(?:see|have a list|get a list|view)|may i (?:please )?(?:see|have a list))/.test(
      words,
    )
  )
    return null;
  if (
    /\b(?:whether|what happens|what (?:would|will) happen|what steps|how (?:do|can|would|should|could) (?:i|we|you|one)|how to|happens (?:to|with|when|if)|the (?:steps|difference|deadline|limit|rules?|procedure))\b/.test(
      words,
    )
  )
    return null;
  if (
    /^(?:(?:ok|so|and|please|hi|hello|,|tell me|can you tell me|could you tell me|i want to know|show me) ){0,6}(?:(?:in |to )?(?:which|what|how many)(?: of the| different| other| azure| studio| ml)? workspaces\b)/.test(
      words,
    )
  ) {
    return { intent: 'list.workspaces', slots: {}, why: 'asks which workspaces there are' };
  }
  if (/\b(?:list|show|see|view|my|the)\b.{0,150}\bworkspace (?:list|overview|names)\b/.test(words))
    return { intent: 'list.workspaces', slots: {}, why: 'asks which workspaces there are' };
  const kinds = kindsIn(sentence);
  const commanding = imperative.test(words) || trailingShow.test(words);
  const asking = showing.test(words) && having.test(words);
  const terse =
    /^(?:(?:all |my |the |our |trained ){0,6}(?:datasets|experiments|modules|models|transforms|webservices|web services|projects|notebooks) (?:in|inside|within|from|named|called|with|containing|matching|like|starting) .{2,40}|(?:my |the |our ){0,6}(?:dataset|experiment|module|model|transform|webservice|web service|project|notebook|asset|assets) (?:list|overview|inventory|names)(?: please)?)\s*[.?!]*$/.test(
      words,
    ) ||
    /^(?:the |all ){0,6}(?:contents?|inventory|overview|listing) (?:of|for|in) .*workspace/.test(words) ||
    (!doing.test(words) &&
      sentence.tokens.length <= 4 &&
      /^(?:(?:my|all|our|the|all my|any|please|current) ){0,6}(?:\S+ ){0,2}?(?:datasets|experiments|modules|models|transforms|webservices|services|projects|notebooks|workspaces|data sets)(?: (?:please|list|overview|\?|inventory|now|pls|do i have|here)){0,6}\s*[.?!]*$/.test(
        words,
      ));
  if (!commanding && !asking && !terse && !contents) return null;
  if (
    /^(?:(?:do|did) i have (?:more than one|several|other|many|any other|two)|have i (?:more than one|several)|how many) workspaces?\b/.test(
      words,
    )
  ) {
    return { intent: 'list.workspaces', slots: {}, why: 'asks which workspaces there are' };
  }
  if (
    !commanding &&
    !terse &&
    /^(?:(?:so|and|hi|hello|ok|please|,) ){0,6}(?:which|what)\b/.test(words) &&
    !whichKind.test(words)
  )
    return null;
  const first = kinds.find(({ kind }) => kind !== 'workspace');
  const space = kinds.find(({ kind }) => kind === 'workspace');
  if (first === undefined && space?.plural === true)
    return { intent: 'list.workspaces', slots: {}, why: 'asks which workspaces there are' };
  if (first === undefined && space !== undefined && wantsWorkspaces.test(words))
    return { intent: 'list.workspaces', slots: {}, why: 'asks which workspaces there are' };
  const general =
    /\b(?:everything|assets|all|contents?|stuff|things|what|inventory|anything|items|objects|whole|overview|inside|files|artifacts)\b/.test(
      words,
    );
  if (
    first === undefined &&
    !(general && (space !== undefined || /\bassets?\b|\b(?:got|have|stored)\b.{0,150}\bhere\b/.test(words)))
  )
    return null;
  if (
    first !== undefined &&
    !terse &&
    !first.plural &&
    !/\b(?:any|every|each)\b|\b(?:is|are) there an?\b/.test(words) &&
    space === undefined &&
    !/\bkind\b/.test(words)
  )
    return null;
  const where = placeOf(sentence, kinds);
  if (isForeign(sentence, kinds, where)) return null;
  const filter = filterOf(sentence);
  return {
    intent: 'list.assets',
    slots: {
      ...(first === undefined ? {} : { kind: first.kind as AssetKind }),
      ...(where === undefined ? {} : { workspace: where.name }),
      ...(filter === undefined ? {} : { filter }),
    },
    why: 'asks to see assets',
  };
}

const whichKind =
  /\b(?:which|what)(?: (?:of|my|our|the|all|trained|custom|are|is|kind|kinds|web|old|sort|do|does|we|i|have|has|other|different|got|in|inside|there|stored|data|exists?|lives?|else|does|jupyter|machine|learning|can|see|everything|contents?|this|that|saved|you|available|it|contain|contains)){0,6} (?:datasets?|data sets?|experiments?|modules?|models?|transforms?|webservices?|web services?|services|projects?|notebooks?|workspace)\b|\b(?:which|what) (?:is|do|does|are|have|has)\b/;
const wantsWorkspaces =
  /\b(?:which|what|list|show|names? of|all|every|each|any|switch|see)\b.{0,150}\bworkspace\b.{0,150}\b(?:am i (?:in|a member of)|do i (?:have|own|belong)|have access|can i (?:use|see|access|open)|are there|exist|i (?:am|have|can|own|belong))\b|\b(?:every|each) workspace\b/;

function kindsIn(
  sentence: Sentence,
): { kind: AssetKind | 'workspace'; plural: boolean; index: number; length: number }[] {
  const found: { kind: AssetKind | 'workspace'; plural: boolean; index: number; length: number }[] = [];
  for (let index = 0; index < sentence.tokens.length; index += 1) {
    const kind = kindAt((position) => wordAt(sentence, position), index);
    if (kind === null) continue;
    found.push({ kind: kind.kind, plural: kind.plural, index, length: kind.length });
    index += kind.length - 1;
  }
  return found;
}

function isForeign(
  sentence: Sentence,
  kinds: readonly { index: number; length: number }[],
  place: Place | undefined,
): boolean {
  for (let index = 0; index < sentence.tokens.length; index += 1) {
    if (kinds.some((kind) => index >= kind.index && index < kind.index + kind.length)) continue;
    if (place !== undefined && index >= place.from && index < place.to) continue;
    const word = wordAt(sentence, index);
    if (
      /^(?:list|lists|names?|overview|files?|titles?|entries|entry|line|words?|text|export|exports|archive|link|status|history|summary|order|member|members|content|contents|table|index|view|page|employee|people|person|row|card|api|apis|release|draft|drafts)$/.test(
        word,
      )
    )
      continue;
    if (elsewhere.longest((position) => wordAt(sentence, position), index) > 0 && !insideFilter(sentence, index))
      return true;
  }
  return false;
}

function insideFilter(sentence: Sentence, index: number): boolean {
  return /^(?:with|containing|contain|contains|like|called|named|matching|about|for|having|have|has|word|text|on|mention|mentioning|include|includes)$/.test(
    wordAt(sentence, index - 1),
  );
}

function placeOf(
  sentence: Sentence,
  kinds: readonly { kind: string; plural: boolean; index: number }[],
): Place | undefined {
  const space = kinds.find(({ kind, plural }) => kind === 'workspace' && !plural);
  if (space === undefined) return namedPlace(sentence, kinds);
  const after = asPlace(parseItem(sentence, space.index, sentence.tokens.length));
  if (
    after !== undefined &&
    !/^(?:have|contain|hold|please|list|show|currently|right|look|do|does)\b/i.test(after.name)
  )
    return after;
  // "in the Nimbus Lab workspace": the name stands before its kind.
  for (let index = space.index - 1; index >= 0; index -= 1) {
    if (
      /^(?:in|inside|from|of|within|on|to|the|what|is|for|has|does|list|show|,|contents?|see|at|under|into)$/.test(
        wordAt(sentence, index),
      )
    ) {
      const place = asPlace(parseItem(sentence, index + 1, sentence.tokens.length));
      if (place !== undefined) return place;
    }
  }
  return asPlace(parseItem(sentence, 0, sentence.tokens.length));
}

/** "experiments inside Nimbus Lab": capitals show that a place is named, though the word workspace is missing. */
function namedPlace(sentence: Sentence, kinds: readonly { index: number }[]): Place | undefined {
  for (let index = (kinds[0]?.index ?? 0) + 1; index < sentence.tokens.length; index += 1) {
    if (!/^(?:in|inside|within|from|of)$/.test(wordAt(sentence, index - 1))) continue;
    const place = unmarkedPlace(sentence, index);
    if (place !== undefined) return place;
  }
  return undefined;
}

function asPlace(item: ReturnType<typeof parseItem>): Place | undefined {
  return item?.kind === 'workspace' && item.name !== undefined
    ? { name: item.name, from: item.from, to: item.to }
    : undefined;
}

const filterLead =
  /^(?:with|have|has|having|contain|contains|containing|including|include|includes|called|named|like|matching|match|starting|start|starts|beginning|begin|ending|about|for|mention|mentioning|titled|on|saying|say|search|find|filter|=|:|whose|where)$/;
const filterSkip =
  /^(?:the|a|an|word|words|text|string|term|terms|name|names|title|titles|in|with|contains?|containing|includes?|including|is|are|something|like|starts?|begins?|starting|prefix|suffix|keyword|substring|by|on|for|that|matching|has|have|of|it|their|its|all|=|:|someone|anything|phrase|letters|part|to|do|matches)$/;

/** The text searched for: "datasets with churn in the name", "search my models for readmit". */
function filterOf(sentence: Sentence): string | undefined {
  const words = sentence.canon;
  const named =
    /\b(?:in|inside|as part of|within) (?:the |their |its |his |her )?(?:names?|titles?)\b|\bnamed?s?\b|\btitled?s?\b|\bcontain|\bmatch|\blike\b|\bcalled\b|\bsearch|\bfind\b|\bfilter|\bstart(?:s|ing)? with\b|\bbegin|\bending\b|\bmention|\blook (?:for|up)\b|\babout\b|\blooking for\b|\bwith .{1,150} in (?:it|them)\b|\bprefix/.test(
      words,
    );
  if (!named) return undefined;
  const quoted = sentence.tokens.find(({ quoted: text }) => text !== undefined);
  if (quoted?.quoted !== undefined) return quoted.quoted;
  for (let index = 1; index < sentence.tokens.length; index += 1) {
    if (
      !filterLead.test(wordAt(sentence, index - 1)) ||
      (wordAt(sentence, index - 1) === 'like' && /^(?:would|i|we)$/.test(wordAt(sentence, index - 2)))
    )
      continue;
    let first = index;
    while (filterSkip.test(wordAt(sentence, first))) first += 1;
    let end = first;
    while (
      end < sentence.tokens.length &&
      end < first + 4 &&
      !/^[.,?!;:)]$|^(?:in|inside|as|please|from|within|at|of|that|which|thanks|for|do|are|is|i|we|and|somewhere|anywhere|now|there|exist|have|workspace|me|us|with|on)$/.test(
        wordAt(sentence, end),
      )
    )
      end += 1;
    if (
      end === first ||
      kindAt((position) => wordAt(sentence, position), first) !== null ||
      /^(?:my|our|me|us|this|workspace|all|any|every|each|everything|i|we)$/.test(wordAt(sentence, first))
    )
      continue;
    const [a, b] = [sentence.tokens[first], sentence.tokens[end - 1]];
    if (a === undefined || b === undefined) continue;
    return sentence.text.slice(a.start, b.end);
  }
  return undefined;
}
