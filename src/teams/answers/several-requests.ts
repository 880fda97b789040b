import type { IntentName } from '../../understanding/intents.ts';

/** Intents about one request that can be answered for each of several. */
const forEach: ReadonlySet<IntentName> = new Set<IntentName>([
  'request.status',
  'request.cancel',
  'request.retry',
  'link.renew',
  'link.revoke',
  'record.show',
]);

/** More than these are one too many for a sentence. */
const mostListed = 10;

/**
 * The ids of requests that a message lists ("cancel DSR-1001, 1002 and DSR-1003"); empty when it names at most one, or
 * does not join them (`first` is the one that was read, which may be a bare number): "start DSR-1001 and cancel DSR-1002" says different things of each. Linear in the message.
 */
export function listedRequests(intent: IntentName, text: string, first?: string): readonly string[] {
  if (!forEach.has(intent)) return [];
  const listed = new Set<string>();
  let isJoined = true;
  for (const word of wordsOf(text)) {
    const id = idOf(word, (listed.size > 0 && isJoined) || word === first?.toLowerCase());
    if (id !== null && listed.size > 0 && !isJoined) return [];
    if (id !== null) listed.add(id);
    // "A, and B": several joints in a row.
    isJoined = id === null && joints.has(word);
  }
  return listed.size > 1 ? [...listed].slice(0, mostListed) : [];
}

/** True when a message names several requests, whatever stands between them. */
export function namesSeveralRequests(text: string): boolean {
  return new Set(wordsOf(text).flatMap((word) => idOf(word, false) ?? [])).size > 1;
}

const joints = new Set([',', 'and', '&', '+', 'plus']);

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .replace(/dsr[-–#\s]+(?=\d)/gu, 'dsr')
    .replace(/[,.;:!?]/gu, (mark) => ` ${mark} `)
    .split(/\s+/u)
    .filter((word) => word !== '');
}

/** The id that a word is; a bare number is one only in a list that has begun. */
function idOf(word: string, isInList: boolean): string | null {
  const digits = word.startsWith('dsr') ? word.slice(3) : isInList ? word : '';
  return /^\d{1,12}$/u.test(digits) ? `DSR-${Number(digits)}` : null;
}
