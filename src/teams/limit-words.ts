import { type AssetPick, type ExceptedOwners, exceptedOwners } from '../domain/asset-mentions.ts';
import type { SelectionLimits } from '../domain/asset-selection.ts';
import { type AssetKind, assetKinds } from '../domain/assets.ts';
import type { Ask } from '../domain/request.ts';
import { kindWords } from '../sources/registry.ts';
import { plainName } from './cards/literal.ts';
import { dayWords, sizeWords } from './cards/words.ts';

/** What a selection is, as words behind a verb: "the two biggest datasets of Megan, except models". */
export function selectionWords(limits: SelectionLimits): string {
  const { kind, pick, status, exceptKinds } = limits;
  const named = namedKinds(limits);
  const noun =
    named !== null
      ? kindsWords(named)
      : kind === undefined
        ? status === undefined
          ? 'assets'
          : 'experiments'
        : kindWords[kind].many;
  const state = status === undefined ? '' : `${status} `;
  const isWhole = pick === undefined || pick.rest === true;
  const isEverything = isWhole && kind === undefined && status === undefined && named === null;
  const head = isEverything ? 'everything' : `${isWhole ? 'all' : pickWords(pick)} ${state}${nounFor(noun, limits)}`;
  const rest = pick?.rest === true ? `, except ${pickWords(pick)}` : '';
  const less = exceptKinds === undefined || named !== null ? '' : `, except ${kindsWords(exceptKinds)}`;
  return `${head}${narrowing(limits)}${rest}${less}`;
}

/** The kinds that are meant, where they are fewer than those that are left out; null otherwise. */
function namedKinds({ kind, exceptKinds }: SelectionLimits): readonly AssetKind[] | null {
  if (kind !== undefined || exceptKinds === undefined) return null;
  const named = assetKinds.filter((each) => !exceptKinds.includes(each));
  return named.length > 0 && named.length < exceptKinds.length ? named : null;
}

/**
 * How what a card lists was chosen: "Chosen: all datasets before 1 Jan 2019, except “churn.csv”."; empty where it was
 * named. A person can compare it with what they meant, which a list of what was found does not show.
 */
export function chosenWords({ selection }: Pick<Ask, 'selection'>): string {
  if (selection === undefined) return '';
  const { except, ...limits } = selection;
  const names = except.map(
    ({ kind, name }) => `${kind === undefined ? '' : `${kindWords[kind].one} `}“${plainName(name)}”`,
  );
  const shown =
    names.length > mostExceptions
      ? [...names.slice(0, mostExceptions), `${names.length - mostExceptions} more`]
      : names;
  const less = names.length === 0 ? '' : `, except ${new Intl.ListFormat('en').format(shown)}`;
  return `Chosen: ${selectionWords(limits)}${less}.`;
}

const mostExceptions = 5;

/** The limits of a list as a sentence with a blank behind it; empty where there is none but a kind. */
export function limitSentence(limits: SelectionLimits): string {
  const { pick, status, exceptKinds } = limits;
  const named = namedKinds(limits);
  const parts = [
    ...(pick === undefined
      ? []
      : [
          pick.rest === true
            ? `all but ${pickWords(pick)}`
            : `${pick.count < mostOfOrder ? 'only' : 'at most'} ${pickWords(pick)}`,
        ]),
    ...(status === undefined ? [] : [`only ${status} ones`]),
    narrowing(limits).trim(),
    ...(exceptKinds === undefined
      ? []
      : [named === null ? `without ${kindsWords(exceptKinds)}` : `only ${kindsWords(named)}`]),
  ].filter((part) => part !== '');
  if (parts.length === 0) return '';
  const sentence = parts.join(', ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}. `;
}

/** What a list does not answer, as a sentence with a blank behind it; empty where there is nothing. */
export function overlookedWords(overlooked: string | null): string {
  return overlooked === null ? '' : `I did not take “${plainName(overlooked)}” into account. `;
}

/** A list in an order holds so many where nobody said how many. */
const mostOfOrder = 20;

/** By name, day, size, owner and use, each with a blank before it. */
function narrowing({ filter, after, before, size, owner, exceptOwner, unused }: SelectionLimits): string {
  return [
    filter === undefined ? '' : ` with “${plainName(filter)}” in the name`,
    periodWords(after, before),
    size?.over === undefined ? '' : ` of at least ${sizeWords(size.over)}`,
    size?.under === undefined ? '' : ` of at most ${sizeWords(size.under)}`,
    owner === undefined ? '' : owner === 'me' ? ' that you own' : ` owned by “${plainName(owner)}”`,
    exceptOwner === undefined ? '' : ` that somebody other than ${peopleWords(exceptOwner)} owns`,
    unused === undefined ? '' : ' that nothing uses',
  ].join('');
}

/** As behind “other than”: you, “Megan” or “Adele”. */
function peopleWords(owners: ExceptedOwners): string {
  const people = exceptedOwners(owners).map((person) => (person === 'me' ? 'you' : `“${plainName(person)}”`));
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(people);
}

/** The last day of a period is the one before its exclusive end. */
function periodWords(after: string | undefined, before: string | undefined): string {
  if (after === undefined) return before === undefined ? '' : ` before ${dayOf(before)}`;
  if (before === undefined) return ` from ${dayOf(after)} on`;
  const last = new Date(Date.parse(`${before}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  return last <= after ? ` of ${dayOf(after)}` : ` from ${dayOf(after)} to ${dayOf(last)}`;
}

/** "the oldest", "the 2 biggest" */
function pickWords({ by, count }: AssetPick): string {
  return count === 1 ? `the ${by}` : `the ${count} ${by}`;
}

function nounFor(many: string, { kind, pick }: SelectionLimits): string {
  const isOne = pick !== undefined && pick.rest !== true && pick.count === 1;
  if (!isOne) return many;
  return kind === undefined ? many.replace(/s$/u, '') : kindWords[kind].one;
}

function kindsWords(kinds: readonly AssetKind[]): string {
  return new Intl.ListFormat('en').format(kinds.map((kind) => kindWords[kind].many));
}

/** A day as a card shows it. */
export function dayOf(day: string): string {
  return dayWords(new Date(`${day}T00:00:00Z`));
}
