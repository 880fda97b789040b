import { dateRangeIn } from './date-range.ts';
import type { Slots } from './intents.ts';
import type { Span } from './learned/tags.ts';
import type { NamedKind } from './lexicon/kind-phrases.ts';
import { isCorrected, mentions, nameOf } from './name-spans.ts';
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
  const workspace = one('workspace');
  const place = workspace === undefined ? {} : { workspace };
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
    case 'list.assets': {
      const kind = selectedKind(utterance, spans);
      const filter = one('filter');
      return {
        ...(kind === undefined ? {} : { kind }),
        ...place,
        ...(filter === undefined ? {} : { filter }),
      } as Slots;
    }
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
      return detail === undefined ? {} : ({ scope: detail } as Slots);
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
        ...(intent === 'dsr.extend' ? reasonIn(utterance, spans) : {}),
      } as Slots;
    }
    default:
      return {};
  }
}

const titles = new Set(
  'mr mrs ms miss mx dr prof professor sir madam dame herr frau monsieur madame señor señora dott ing'.split(' '),
);

/** Removes a title, as in "Dr. Nkechi Umeh"; an address and a title alone are returned unchanged. */
function withoutTitle(name: string): string {
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

function selection(utterance: Utterance, spans: readonly Span[], today: string | null): Slots {
  const kind = selectedKind(utterance, spans);
  const filter = spans.find(({ label }) => label === 'filter');
  const except = mentions(utterance, spans, 'except');
  const dates = dateRangeIn(utterance, spans, today);
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(filter === undefined ? {} : { filter: nameOf(utterance, filter) }),
    ...(dates === undefined ? {} : { dates }),
    ...(except.length === 0 ? {} : { except }),
  } as Slots;
}

/** The kind of what is listed or selected: a marked phrase, otherwise the first kind phrase outside all names. */
function selectedKind({ kinds }: Utterance, spans: readonly Span[]): NamedKind | undefined {
  const marked = spans.find(({ label }) => label === 'kind');
  const phrase =
    marked === undefined ? undefined : kinds.find(({ start, end }) => start < marked.end && end > marked.start);
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
