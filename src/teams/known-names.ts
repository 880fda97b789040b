import { SourceError } from '../domain/asset-source.ts';
import type { Log } from '../domain/logger.ts';
import type { Person } from '../domain/people.ts';
import type { RequestServices } from '../requests/request-services.ts';
import { visibleWorkspaces } from '../requests/visible-workspaces.ts';
import type { Reading } from '../understanding/intents.ts';
import { type ExistingName, NameIndex } from '../understanding/learned/name-index.ts';
import { actOf } from '../understanding/lexicon/acts.ts';
import { normalise } from '../understanding/normalise.ts';
import { tokenise } from '../understanding/utterance.ts';

/** How long a turn waits for names, in milliseconds; whoever comes later finds them looked up. */
const longestWaitMs = 300;
/** How long a look-up may go on behind a turn, in milliseconds. */
const longestLookupMs = 60_000;
/** How long names are believed, in milliseconds. They decide how a message is read, never what is done. */
const believedMs = 300_000;
/** Names kept of one workspace, and workspaces kept: some tens of megabytes at most. */
const mostNames = 20_000;
const mostWorkspaces = 40;

interface Services extends Pick<RequestServices, 'source' | 'clock'> {
  readonly log: Pick<Log, 'error'>;
}

interface Kept {
  readonly at: number;
  readonly names: Promise<NameIndex>;
}

/** The names of what people may list, kept for minutes, to tell where a name in a message ends and what it names. */
export class KnownNames {
  readonly #services: Services;
  readonly #assets = new Map<string, Kept>();

  constructor(services: Services) {
    this.#services = services;
  }

  /**
   * The names in a text of what this person may list. None when they cannot be had within 300 ms: the look-up goes on
   * for the next message. Never rejects.
   */
  async in(text: string, person: Person): Promise<readonly ExistingName[]> {
    const done = new AbortController();
    const late = this.#services.clock.wait(longestWaitMs, done.signal).then(
      () => [],
      () => [],
    );
    try {
      return await Promise.race([this.#look(text, person).catch((error: unknown) => this.#lost(error)), late]);
    } finally {
      done.abort();
    }
  }

  /** Without names a message is read all the same. */
  #lost(error: unknown): readonly ExistingName[] {
    this.#services.log.error('the names that exist could not be looked up', error);
    return [];
  }

  async #look(text: string, person: Person): Promise<readonly ExistingName[]> {
    const signal = AbortSignal.timeout(longestLookupMs);
    const { visible } = await visibleWorkspaces(this.#services, person, signal, 'recent');
    const utterance = tokenise(normalise(text).text);
    const workspaces = new NameIndex(visible.map(({ workspace: { name } }) => ({ name, isWorkspace: true })));
    const assets = await Promise.all(visible.map(({ workspace: { id } }) => this.#assetsOf(id)));
    return [workspaces, ...assets].flatMap((index) => index.namesIn(utterance));
  }

  /** The names of a workspace's assets; one look-up serves everybody who writes meanwhile. */
  #assetsOf(workspaceId: string): Promise<NameIndex> {
    const now = this.#services.clock.now();
    const kept = this.#assets.get(workspaceId);
    if (kept !== undefined && now - kept.at < believedMs && now >= kept.at) return kept.names;
    const names = this.#listed(workspaceId);
    const asked: Kept = { at: now, names };
    this.#assets.delete(workspaceId);
    this.#assets.set(workspaceId, asked);
    for (const [other] of this.#assets) if (this.#assets.size > mostWorkspaces) this.#assets.delete(other);
    return names;
  }

  /** A workspace that cannot be listed has no known names for as long as those of others are believed. */
  async #listed(workspaceId: string): Promise<NameIndex> {
    const { source } = this.#services;
    const signal = AbortSignal.timeout(longestLookupMs);
    const names: ExistingName[] = [];
    try {
      for (const kind of source.kinds) {
        for await (const { name } of source.list(workspaceId, kind, signal)) {
          names.push({ name, isWorkspace: false });
          if (names.length >= mostNames) return new NameIndex(names);
        }
      }
    } catch (error) {
      if (!(error instanceof SourceError) && !signal.aborted) throw error;
    }
    return new NameIndex(names);
  }
}

/** True when the names that exist could decide how a message is to be read. */
export function namesMayDecide(reading: Reading, text: string): boolean {
  const { assets = [], workspace } = reading.slots;
  // "Delete Heron" says nothing to whoever does not know that Heron exists.
  if (reading.intent === 'none' && asksForSomething(text)) return true;
  const mayBeOther = assets.some(({ kind, name }) => kind === undefined || name.includes(' '));
  return reading.offers !== undefined || workspace !== undefined || mayBeOther;
}

function asksForSomething(text: string): boolean {
  const acts = tokenise(text).tokens.map(({ lower }) => actOf(lower));
  return acts.some((act) => act === 'delete' || act === 'export');
}
