import type { AccountType } from '../../domain/accounts.ts';
import type { AssetKind } from '../../domain/assets.ts';
import type { Role } from '../../domain/policy.ts';
import type { ApproverNotification } from '../../requests/report.ts';
import { kindWords, mainSource } from '../../sources/registry.ts';

/** What Steward is for, in a sentence. */
export const purposeWords = `I export and delete data in ${mainSource.fullName}.`;

/** "dataset"; for more than one "datasets". */
export function kindWord(kind: AssetKind, count = 1): string {
  return count === 1 ? kindWords[kind].one : kindWords[kind].many;
}

/** "3 datasets", "1,204 assets". Without a kind it counts assets. */
export function countWords(count: number, kind: AssetKind | null = null): string {
  const word = kind === null ? (count === 1 ? 'asset' : 'assets') : kindWord(kind, count);
  return `${numberWords(count)} ${word}`;
}

/** "1,204". */
export function numberWords(count: number): string {
  return count.toLocaleString('en-GB');
}

const units = ['KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** "512 bytes", "4.2 MB", "1 GB": steps of 1,024, as Windows shows them. */
export function sizeWords(bytes: number): string {
  if (bytes < 1024) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  let size = bytes / 1024;
  let step = 0;
  // 999.5 KB and more would round to "1000 KB", so it becomes "1 MB".
  while (size >= 999.5 && step < units.length - 1) {
    size /= 1024;
    step += 1;
  }
  const digits = size < 9.95 ? 1 : 0;
  return `${Number(size.toFixed(digits))} ${units[step]}`;
}

/** "less than a minute", "4 minutes", "1 hour 5 minutes", "2 days". Rounded down to the minute. */
export function durationWords(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'less than a minute';
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return plural(Math.floor(hours / 24), 'day');
  if (hours === 0) return plural(minutes, 'minute');
  const rest = minutes % 60;
  return rest === 0 ? plural(hours, 'hour') : `${plural(hours, 'hour')} ${plural(rest, 'minute')}`;
}

/** "1 hour", "24 hours". */
export function plural(count: number, word: string): string {
  return `${numberWords(count)} ${word}${count === 1 ? '' : 's'}`;
}

/**
 * A moment as a card shows it: Teams converts it to the reader's own time zone and language.
 * Adaptive Cards prescribes the format: RFC 3339 without fractions, capital letters, no spaces inside the braces.
 */
export function momentWords(moment: Date): string {
  const stamp = `${moment.toISOString().slice(0, 19)}Z`;
  return `{{DATE(${stamp}, SHORT)}} {{TIME(${stamp})}}`;
}

/** A moment where cards are not drawn (spoken text, fallback): "25 Nov 2026, 21:40 UTC". */
export function plainMomentWords(moment: Date): string {
  return `${dayWords(moment)}, ${moment.toISOString().slice(11, 16)} UTC`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** "20 Jun 2019", the UTC day. For old dates, where brevity matters more than a few hours. */
export function dayWords(moment: Date): string {
  return `${moment.getUTCDate()} ${months[moment.getUTCMonth()]} ${moment.getUTCFullYear()}`;
}

/** "Standard account (PaidStandard)": with the service's own term only where it adds information. */
export function accountWords(type: AccountType, serviceType: string | null = null): string {
  const word = { guest: 'Guest account', free: 'Free account', standard: 'Standard account' }[type];
  return type === 'standard' && serviceType !== null && serviceType !== '' ? `${word} (${serviceType})` : word;
}

/** "you are an owner". */
export function roleWords(role: Role): string {
  return { owner: 'you are an owner', user: 'you are a member', none: 'you are not a member' }[role];
}

const list = new Intl.ListFormat('en-GB');

/** "a, b and c". */
export function listWords(words: readonly string[]): string {
  return list.format(words);
}

/** With the first letter in upper case. */
export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Whether the approvers have been reached, in a sentence for the requester. */
export function approversWords(know: ApproverNotification): string {
  switch (know) {
    case 'told':
      return 'I have asked those who can approve it, and will show their answer here.';
    case 'asking':
      return 'I am asking those who can approve it, and will show their answer here.';
    case 'unreached':
      return 'I have not reached those who can approve it yet and keep trying. You can tell one of them: they see the request when they write “what waits for my approval” to me.';
    case 'administrators':
      return [
        'I have not reached those who can approve it yet and keep trying.',
        'I have told the Studio Steward administrators that it waits.',
        'You can tell one of those who can approve it, too: they see the request when they write “what waits for my approval” to me.',
      ].join(' ');
  }
}

/** A phrase and a sentence behind it; the phrase alone, without a full stop, when there is none. */
export function sentences(phrase: string, sentence: string): string {
  return sentence === '' ? phrase : `${phrase}. ${sentence}`;
}
