import { monthNumbers } from './calendar.ts';
import { severalKinds } from './conjoined-kinds.ts';
import { dateRangeIn } from './date-range.ts';
import { freeWords } from './free-words.ts';
import type { Slots } from './intents.ts';
import type { Span } from './learned/tags.ts';
import type { NamedKind } from './lexicon/kind-phrases.ts';
import { useVerbs } from './lexicon/selection-words.ts';
import { weekdays } from './lexicon/weekdays.ts';
import { isCorrected, type Mention, mentions, nameOf } from './name-spans.ts';
import { orderFirst } from './pick-limits.ts';
import { recurrenceIn } from './recurrence.ts';
import { limitsIn, statusSaid } from './selection-limits.ts';
import type { Utterance } from './utterance.ts';

/**
 * The slots from the spans of a message and the class of its reading. A class is an intent, optionally with a detail
 * after a slash: `delete.assets/all`, `dsr.export/me`, `request.list/due`.
 */
export function slotsOf(
  utterance: Utterance,
  spans: readonly Span[],
  readingClass: string,
  today: string | null,
): Slots {
  const [intent = '', detail] = readingClass.split('/');
  const one = (label: Span['label']) => {
    const labelled = spans.filter((candidate) => candidate.label === label);
    const span = labelled.find((candidate, index) => !isCorrected(utterance, candidate, labelled[index + 1]));
    return span === undefined ? undefined : nameOf(utterance, span);
  };
  // "That Adele Vance didn't make" names a person, and no place, whatever the tagger takes it for.
  const { limits, covered } = limitsIn(utterance, spans);
  const isOwner = ({ start, end }: Span) => range(start, end).every((at) => covered.has(at));
  const ofPlaces = limits.exceptOwner === undefined ? spans : spans.filter((span) => !isOwner(span));
  const place = placeIn(utterance, ofPlaces);
  switch (intent) {
    case 'export.assets':
    case 'delete.assets': {
      if (detail === 'all') return { all: true, ...selection(utterance, spans, today), ...place } as Slots;
      const assets = mentions(utterance, spans, 'name');
      return { ...(assets.length === 0 ? {} : { assets }), ...place } as Slots;
    }
    case 'export.workspace': {
      const data = dataIn(utterance, spans);
      return { ...place, ...(data === undefined ? {} : { data }) };
    }
    case 'delete.workspace':
    case 'account.info':
      return place;
    case 'list.assets':
      return {
        ...statusOf(utterance, spans),
        ...orderOf(utterance, spans),
        ...withoutColumns(utterance, selection(utterance, spans, today)),
        ...place,
      } as Slots;
    case 'asset.show': {
      const assets = withoutAskedKind(utterance, mentions(utterance, spans, 'name'));
      return { ...(assets.length === 0 ? {} : { assets }), ...place } as Slots;
    }
    case 'schedule.create': {
      const assets = mentions(utterance, spans, 'name');
      const data = dataIn(utterance, spans);
      const { dates, ...selected } = detail === 'all' ? selection(utterance, spans, null) : {};
      // Data of days to come do not exist yet: such a day says when it begins.
      const isAhead = today !== null && dates?.after !== undefined && dates.after > today;
      const ahead = isAhead && dates.after !== undefined ? { from: dates.after } : {};
      const free = spans.filter((span) => span.label !== 'workspace' || !isDay(utterance, span));
      const recurring = { ...ahead, ...recurrenceIn(utterance, free, today) };
      return {
        ...recurring,
        ...(detail === 'all' ? { all: true, ...selected } : {}),
        ...(dates === undefined || isAhead ? {} : { dates }),
        ...(detail === 'all' || assets.length === 0 ? {} : { assets }),
        ...(data === undefined ? {} : { data }),
        ...place,
      } as Slots;
    }
    case 'schedule.stop':
      return place;
    case 'unsupported':
      return detail === undefined ? {} : ({ operation: detail } as Slots);
    case 'dsr.export':
    case 'dsr.erase':
    case 'dsr.discover':
    case 'directory.export': {
      const named = one('subject');
      const subject = detail === 'me' ? 'me' : named === undefined ? undefined : withoutTitle(named);
      return subject === undefined ? {} : { subject };
    }
    case 'hold.place':
    case 'hold.lift': {
      const subject = one('subject');
      return { ...place, ...(subject === undefined ? {} : { subject }), ...reasonIn(utterance, spans) } as Slots;
    }
    case 'request.list':
      return detail === undefined ? {} : ({ scope: scopeOf(detail, utterance) } as Slots);
    case 'request.status':
    case 'request.cancel':
    case 'request.retry':
    case 'record.show':
    case 'link.renew':
    case 'link.revoke':
    case 'dsr.extend': {
      const said = one('request');
      const request = said !== undefined && hasDigit(said) ? said : undefined;
      return {
        ...(request === undefined ? {} : { request }),
        ...(detail === 'all' ? { all: true } : {}),
        ...(intent === 'dsr.extend' ? reasonIn(utterance, spans) : {}),
      } as Slots;
    }
    default:
      return {};
  }
}

function statusOf(utterance: Utterance, spans: readonly Span[]): Pick<Slots, 'status'> {
  const status = statusSaid(utterance, spans);
  return status === undefined ? {} : { status };
}

/** "Biggest first": as many as a page holds, in that order. */
function orderOf(utterance: Utterance, spans: readonly Span[]): Pick<Slots, 'pick'> {
  const by = orderFirst(freeWords(utterance, spans));
  return by === null ? {} : { pick: { by, count: mostInOrder } };
}

/** A list in an order that nobody counted holds so many. */
export const mostInOrder = 20;

/** "What did I delete today?" does not ask for what waits for an approval. */
function scopeOf(detail: string, { text }: Utterance): string {
  return detail === 'approvals' && !approving.test(text) ? 'mine' : detail;
}

const approving =
  /approv|decid|decision|sign|wait|review|pending|queue|reject|confirm|okay|nod|authori|genehm|freig|entscheid|valid|aprob|aprov|akcept|zatw|wart|offen|attente|pendiente/iu;

export const titles: ReadonlySet<string> = new Set(
  'mr mrs ms miss mx dr prof professor sir madam dame herr frau monsieur madame señor señora dott ing'.split(' '),
);

/** Removes a title, as in "Dr. Nkechi Umeh"; an address and a title alone are returned unchanged. */
export function withoutTitle(name: string): string {
  const [first = '', ...rest] = name.split(' ');
  const bare = first.endsWith('.') ? first.slice(0, -1) : first;
  return rest.length > 0 && titles.has(bare.toLowerCase()) ? withoutTitle(rest.join(' ')) : name;
}

/** Ids of requests contain a digit; a marked word without one is no id. */
function hasDigit(text: string): boolean {
  return [...text].some((character) => character >= '0' && character <= '9');
}

function reasonIn(utterance: Utterance, spans: readonly Span[]): { reason?: string } {
  const span = spans.find(({ label }) => label === 'reason');
  return span === undefined ? {} : { reason: nameOf(utterance, span) };
}

/** "Which experiments use churn.csv": the kind that is asked for is not that of what is named. */
function withoutAskedKind({ tokens, kinds }: Utterance, named: readonly Mention[]): Mention[] {
  const asked = kinds.find(
    ({ start, end }) =>
      ['which', 'what', 'any', 'other'].includes(tokens[start - 1]?.lower ?? '') &&
      useVerbs.has(tokens[end]?.lower ?? ''),
  );
  return named.map(({ kind, ...rest }) => (kind === undefined || kind === asked?.kind ? rest : { kind, ...rest }));
}

/** "From Wednesday 16 December" is no place: a weekday or a month, and otherwise numbers. */
function isDay({ tokens }: Utterance, { start, end }: Span): boolean {
  const words = tokens.slice(start, end).map(({ lower }) => lower);
  const isNamed = (word: string) => weekdays.has(word) || monthNumbers.has(word);
  return (
    words.some(isNamed) &&
    words.every((word) => isNamed(word) || /^(?:\d{1,4}(?:st|nd|rd|th)?|of|the|,|on)$/u.test(word))
  );
}

/** "What do we have in Azure Machine Learning Studio?" names the product. */
function isProduct({ tokens }: Utterance, { start, end }: Span): boolean {
  const words = tokens.slice(start, end).map(({ lower }) => lower);
  return words.length > 0 && words.every((word) => productWords.has(word)) && words.some((word) => word !== 'classic');
}

const productWords = new Set('azure machine learning ml studio classic ( ) microsoft aml'.split(' '));

/** "In Fraud Detection, ticket INC0048213": the name ends before the comma. */
function beforeTicket({ tokens }: Utterance, span: Span): Span {
  const at = range(span.start + 1, span.end).find((index) => ticketWords.has(tokens[index]?.lower ?? ''));
  if (at === undefined) return span;
  const end = tokens[at - 1]?.lower === ',' ? at - 1 : at;
  return end > span.start ? { ...span, end } : span;
}

const columns = new Set(
  'date dates size sizes owner owners name names detail details id ids version versions'.split(' '),
);

/** "List all experiments with dates" asks for a column, not for names with "dates" in them. */
function withoutColumns({ tokens }: Utterance, slots: Slots): Slots {
  const { filter, ...others } = slots;
  const isQuoted = tokens.some(({ quotation }) => quotation !== 0);
  const isColumn =
    filter
      ?.toLowerCase()
      .split(/\W+/u)
      .every((word) => columns.has(word) || word === 'and') === true;
  return isColumn && !isQuoted ? others : slots;
}

/** The workspaces that are named: one, or several. */
function placeIn(utterance: Utterance, spans: readonly Span[]): Pick<Slots, 'workspace' | 'workspaces'> {
  const isTicket = ({ start }: Span) => ticketWords.has(utterance.tokens[start - 1]?.lower ?? '');
  const isPlace = (span: Span) => !isTicket(span) && !isDay(utterance, span) && !isProduct(utterance, span);
  const labelled = spans.filter((span) => span.label === 'workspace' && isPlace(span));
  const kept = labelled.filter((span, index) => !isCorrected(utterance, span, labelled[index + 1]));
  const [first, ...others] = [...new Set(kept.map((span) => nameOf(utterance, beforeTicket(utterance, span))))];
  if (first === undefined) return {};
  return others.length === 0 ? { workspace: first } : { workspaces: [first, ...others] };
}

/** "Ticket INC-4471" is no workspace. */
const ticketWords = new Set('ticket tickets ref reference case incident change jira issue'.split(' '));

function selection(utterance: Utterance, all: readonly Span[], today: string | null): Slots {
  const { limits, covered } = limitsIn(utterance, all);
  // "The newest one" and "1 GB" are no names, even when the tagger marks them.
  const spans = all.filter(
    ({ label, start, end }) =>
      (label !== 'except' && label !== 'filter') || !range(start, end).every((at) => covered.has(at)),
  );
  const several = severalKinds(utterance, spans);
  const kind = several === null ? selectedKind(utterance, spans, covered) : undefined;
  const filter = spans.find(({ label }) => label === 'filter');
  const except = mentions(utterance, spans, 'except');
  const dates = dateRangeIn(utterance, spans, today);
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(filter === undefined ? {} : { filter: nameOf(utterance, filter) }),
    ...(dates === undefined ? {} : { dates }),
    ...(except.length === 0 ? {} : { except }),
    ...limits,
    ...several,
  } as Slots;
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, offset) => start + offset);
}

/** "Everything including the experiments" is not about experiments alone. */
export const including = new Set('including incl include includes inclusive'.split(' '));

/** The kind of what is listed or selected: a marked phrase, otherwise the first kind phrase outside all names. */
function selectedKind(
  { kinds, tokens }: Utterance,
  spans: readonly Span[],
  covered: ReadonlySet<number>,
): NamedKind | undefined {
  // The mark may hold words of a limit, too: "the smallest dataset". Beside a limit the noun needs no mark.
  const marks = spans.filter(({ label }) => label === 'kind');
  const names = spans.filter(({ label }) => label !== 'kind');
  const overlaps = (some: readonly Span[], one: { readonly start: number; readonly end: number }) =>
    some.some(({ start, end }) => one.start < end && one.end > start);
  const isExtra = ({ start }: { readonly start: number }) =>
    tokens.slice(Math.max(0, start - 3), start).some(({ lower }) => including.has(lower));
  const free = kinds.filter((one) => !covered.has(one.start) && !overlaps(names, one) && !isExtra(one));
  const phrase = free.find((one) => overlaps(marks, one)) ?? (covered.size > 0 ? free[0] : undefined);
  return phrase !== undefined && phrase.kind !== 'workspace' && phrase.kind !== 'asset' ? phrase.kind : undefined;
}

/** Which data of a workspace: the words "personal" and "customer" outside names. */
function dataIn({ tokens }: Utterance, spans: readonly Span[]): Slots['data'] {
  let personal = false;
  let customer = false;
  for (const [index, { lower }] of tokens.entries()) {
    if (spans.some(({ label, start, end }) => label !== 'kind' && index >= start && index < end)) continue;
    const isData =
      [
        'data',
        'info',
        'information',
        'and',
        'only',
        'part',
        'stuff',
        '&',
        '+',
        'as',
        'plus',
        'or',
        'but',
        ',',
        'details',
        'bit',
        'bits',
        'side',
        'half',
        '/',
        'records',
        'portion',
        'content',
      ].includes(tokens[index + 1]?.lower ?? '') ||
      [':', 'only', 'just', 'and', '&', '+', 'the', 'plus', 'not', 'both', 'no', 'without'].includes(
        tokens[index - 1]?.lower ?? '',
      );
    const isDenied = ['not', 'no', 'without', 'except', 'minus'].some(
      (word) =>
        word === tokens[index - 1]?.lower || (word === tokens[index - 2]?.lower && tokens[index - 1]?.lower === 'the'),
    );
    if (isDenied || !isData) continue;
    if (lower === 'personal' || lower === 'persnal' || lower === 'personel') personal = true;
    if (lower === 'customer' || lower === 'customers' || lower === 'custmer' || lower === 'cust' || lower === 'cutomer')
      customer = true;
  }
  if (personal && customer) return 'all';
  return personal ? 'personal' : customer ? 'customer' : undefined;
}
