import { assetKinds } from '../domain/assets.ts';
import type { Log } from '../domain/logger.ts';
import type { Person } from '../domain/people.ts';
import { isSourceFailure } from '../domain/service-failure.ts';
import type { RequestServices } from '../requests/request-services.ts';
import { visibleWorkspaces } from '../requests/visible-workspaces.ts';
import type { Reading } from '../understanding/intents.ts';
import { NameIndex } from '../understanding/learned/name-index.ts';
import { actOf } from '../understanding/lexicon/acts.ts';
import { type SaidName, StemIndex } from '../understanding/name-stems.ts';
import { normalise } from '../understanding/normalise.ts';
import { waysToSay } from '../understanding/said-people.ts';
import { tokenise } from '../understanding/utterance.ts';

/** How long a turn waits for names, in milliseconds; later turns find them in the cache. */
const longestWaitMs = 300;
/** Timeout of a lookup in the background, in milliseconds. */
const longestLookupMs = 60_000;
/** Cache lifetime of names, in milliseconds. They influence how a message is read, never what is done. */
const cacheLifetimeMs = 300_000;
/** Cache limits, some tens of megabytes at most: names per workspace, and workspaces. */
const mostNames = 20_000;
const mostWorkspaces = 40;
/** The most owners and members of a workspace that are known by name. */
const mostPeople = 1_000;
/** The most people whom one message is read as naming. */
const mostSaid = 20;

interface Services extends Pick<RequestServices, 'source' | 'clock'> {
  readonly log: Pick<Log, 'error'>;
}

/** What a workspace holds: the names of its assets, and how their owners may be said. */
interface Listed {
  readonly assets: StemIndex;
  readonly people: NameIndex;
}

interface Kept {
  readonly at: number;
  readonly listed: Promise<Listed>;
}

/** A cache of the names that people may list, used to find where a name in a message ends and what it refers to. */
export class KnownNames {
  readonly #services: Services;
  readonly #assets = new Map<string, Kept>();

  constructor(services: Services) {
    this.#services = services;
  }

  /**
   * The names in a text that this person may list. None when they are not available within 300 ms; the lookup then
   * continues in the background for the next message. Never rejects.
   */
  async in(text: string, person: Person): Promise<readonly SaidName[]> {
    const done = new AbortController();
    const late = this.#services.clock.wait(longestWaitMs, done.signal).then(
      () => [],
      () => [],
    );
    try {
      return await Promise.race([
        this.#lookUp(text, person).catch((error: unknown) => this.#withoutNames(error)),
        late,
      ]);
    } finally {
      done.abort();
    }
  }

  /** Logs a failed lookup; the message is then read without names. */
  #withoutNames(error: unknown): readonly SaidName[] {
    this.#services.log.error('could not look up existing names', error);
    return [];
  }

  async #lookUp(text: string, person: Person): Promise<readonly SaidName[]> {
    const signal = AbortSignal.timeout(longestLookupMs);
    const { visible } = await visibleWorkspaces(this.#services, person, signal, 'recent');
    const utterance = tokenise(normalise(text).text);
    const workspaces = new StemIndex(visible.map(({ workspace: { name } }) => ({ name, isWorkspace: true })));
    const listed = await Promise.all(visible.map(({ workspace: { id } }) => this.#assetsOf(id)));
    const assets = listed.map((each) => each.assets);
    const members = visible.flatMap((each) => each.members.slice(0, mostPeople));
    const people = [
      ...listed.map((each) => each.people),
      peopleIn(members.flatMap(({ name, email }) => [name, email])),
    ];
    const said = new Set(people.flatMap((index) => index.namesIn(utterance).map(({ name }) => name)));
    const parts = new Map(assets.flatMap((index) => index.partsIn(utterance)).map((found) => [found.name, found]));
    return [
      ...[workspaces, ...assets].flatMap((index) => index.namesIn(utterance)),
      ...parts.values(),
      ...[...said].slice(0, mostSaid).map((name) => ({ name, isWorkspace: false, isPerson: true as const })),
    ];
  }

  /** The names of a workspace's assets; concurrent turns share one lookup. */
  #assetsOf(workspaceId: string): Promise<Listed> {
    const now = this.#services.clock.now();
    const kept = this.#assets.get(workspaceId);
    if (kept !== undefined && now - kept.at < cacheLifetimeMs && now >= kept.at) return kept.listed;
    const listed = this.#listed(workspaceId);
    const entry: Kept = { at: now, listed };
    this.#assets.delete(workspaceId);
    this.#assets.set(workspaceId, entry);
    for (const [other] of this.#assets) if (this.#assets.size > mostWorkspaces) this.#assets.delete(other);
    return listed;
  }

  /** A workspace that cannot be listed is cached as having no names, for the usual lifetime. */
  async #listed(workspaceId: string): Promise<Listed> {
    const { source } = this.#services;
    const signal = AbortSignal.timeout(longestLookupMs);
    const names: SaidName[] = [];
    const owners = new Set<string>();
    const found = () => ({ assets: new StemIndex(names), people: peopleIn([...owners]) });
    try {
      for (const kind of assetKinds) {
        for await (const { name, owner } of source.list(workspaceId, kind, signal)) {
          names.push({ name, isWorkspace: false });
          if (owners.size < mostPeople) owners.add(owner);
          if (names.length >= mostNames) return found();
        }
      }
    } catch (error) {
      if (!isSourceFailure(error) && !signal.aborted) throw error;
    }
    return found();
  }
}

/** How these people may be said. */
function peopleIn(owners: readonly string[]): NameIndex {
  return new NameIndex(owners.flatMap(waysToSay).map((name) => ({ name, isWorkspace: false })));
}

/** True when existing names could change how a message is read. */
export function namesMayDecide(reading: Reading, text: string, hasEarlier = false): boolean {
  const { assets = [], workspace } = reading.slots;
  // "Delete Heron" can be read only when it is known that something is called Heron, "leave out Heron" only after a command.
  if (reading.intent === 'none' && (hasEarlier || asksForSomething(text))) return true;
  if ((reading.intent === 'none' || reading.intent === 'ask') && asksAbout.test(text)) return true;
  if (reading.intent.startsWith('schedule.') || reading.intent === 'list.assets') return true;
  const mayBeOther = assets.some(({ kind, name }) => kind === undefined || name.includes(' '));
  return reading.offers !== undefined || workspace !== undefined || mayBeOther;
}

/** “Who made the labels one?” */
const asksAbout = /\b(?:who|whose|depends?|shows?|details?|tell|uses?|used|using|owner)\b/iu;

function asksForSomething(text: string): boolean {
  const acts = tokenise(text).tokens.map(({ lower }) => actOf(lower));
  return acts.some((act) => act === 'delete' || act === 'export');
}
