import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { TableName, Tables } from './records.ts';

/** One kind of thing in one workspace, in the order in which the things came. */
export interface Table<Item> {
  get(id: string): Item | undefined;
  values(): IteratorObject<Item, undefined>;
  /** Adds or replaces; on disk when it returns. */
  put(item: Item): void;
  drop(id: string): void;
  /** The things of one family, without looking at all others; nothing for kinds that have no families. */
  family(familyId: string): Item[];
}

type Entry =
  | readonly ['put', workspaceId: string, table: TableName, item: { readonly id: string }]
  | readonly ['drop', workspaceId: string, table: TableName, id: string]
  | readonly ['drop-workspace', workspaceId: string]
  | readonly ['seeded', workspaceId: string];

type Contents = Map<TableName, Map<string, { readonly id: string }>>;

/**
 * The emulator's state: in memory, and in an append-only journal that outlives a killed process.
 * A line cut short by the kill was never answered for, so it is dropped at the next start.
 */
export class Store {
  readonly #workspaces = new Map<string, Contents>();
  /** Ids by family, so that one call does not walk through a hundred thousand assets. */
  readonly #families = new Map<string, Set<string>>();
  readonly #seeded = new Set<string>();
  #file: number;

  private constructor(file: number) {
    this.#file = file;
  }

  /** Opens the state kept in a folder that exists, or begins a new one there. */
  static open(folder: string): Store {
    const journal = path.join(folder, 'journal.jsonl');
    const store = new Store(openSync(journal, 'a'));
    const lines = readFileSync(journal, 'utf8').split('\n');
    const torn = lines.pop() !== '';
    for (const line of lines) store.#apply(JSON.parse(line) as Entry);
    if (torn || lines.length > 1_000 + 2 * store.#entryCount()) store.#rewrite(journal);
    return store;
  }

  close(): void {
    closeSync(this.#file);
  }

  /** Ids of all workspaces, those of Microsoft's samples included, in the order in which they came. */
  workspaceIds(): string[] {
    return [...this.#workspaces.keys()];
  }

  /** True once a seed was written in full, so that a restart neither repeats it nor brings back what was deleted. */
  isSeeded(workspaceId: string): boolean {
    return this.#seeded.has(workspaceId);
  }

  markSeeded(workspaceId: string): void {
    this.#record(['seeded', workspaceId]);
  }

  dropWorkspace(workspaceId: string): void {
    this.#record(['drop-workspace', workspaceId]);
  }

  table<Name extends TableName>(workspaceId: string, name: Name): Table<Tables[Name]> {
    // The journal is written by `put` alone, so what lies under a table's name has that table's shape.
    const items = () => this.#workspaces.get(workspaceId)?.get(name) as Map<string, Tables[Name]> | undefined;
    return {
      get: (id) => items()?.get(id),
      values: () => (items() ?? new Map<string, Tables[Name]>()).values(),
      put: (item) => this.#record(['put', workspaceId, name, item]),
      drop: (id) => this.#record(['drop', workspaceId, name, id]),
      family: (familyId) => {
        const ids = this.#families.get(familyKey(workspaceId, name, familyId)) ?? new Set();
        return [...ids].flatMap((id) => items()?.get(id) ?? []);
      },
    };
  }

  #record(entry: Entry): void {
    writeSync(this.#file, `${JSON.stringify(entry)}\n`);
    this.#apply(entry);
  }

  #apply(entry: Entry): void {
    const [verb, workspaceId] = entry;
    switch (verb) {
      case 'put': {
        const contents = this.#workspaces.get(workspaceId) ?? new Map();
        this.#workspaces.set(workspaceId, contents);
        const items = contents.get(entry[2]) ?? new Map();
        contents.set(entry[2], items);
        items.set(entry[3].id, entry[3]);
        this.#enrol(workspaceId, entry[2], entry[3]);
        return;
      }
      case 'drop': {
        const items = this.#workspaces.get(workspaceId)?.get(entry[2]);
        const item = items?.get(entry[3]);
        if (item) this.#strike(workspaceId, entry[2], item);
        items?.delete(entry[3]);
        return;
      }
      case 'drop-workspace':
        for (const [name, items] of this.#workspaces.get(workspaceId) ?? []) {
          for (const item of items.values()) this.#strike(workspaceId, name, item);
        }
        this.#workspaces.delete(workspaceId);
        return;
      case 'seeded':
        this.#seeded.add(workspaceId);
        return;
    }
  }

  #enrol(workspaceId: string, name: TableName, item: { readonly id: string }): void {
    if (!hasFamily(item)) return;
    const key = familyKey(workspaceId, name, item.familyId);
    this.#families.set(key, (this.#families.get(key) ?? new Set()).add(item.id));
  }

  #strike(workspaceId: string, name: TableName, item: { readonly id: string }): void {
    if (!hasFamily(item)) return;
    const key = familyKey(workspaceId, name, item.familyId);
    const ids = this.#families.get(key);
    ids?.delete(item.id);
    if (ids?.size === 0) this.#families.delete(key);
  }

  #entryCount(): number {
    let count = this.#seeded.size;
    for (const contents of this.#workspaces.values()) for (const items of contents.values()) count += items.size;
    return count;
  }

  /** Writes the journal anew beside the old one and puts it in its place. */
  #rewrite(journal: string): void {
    closeSync(this.#file);
    const fresh = openSync(`${journal}.new`, 'w');
    const write = (entry: Entry) => writeSync(fresh, `${JSON.stringify(entry)}\n`);
    for (const [workspaceId, contents] of this.#workspaces) {
      for (const [name, items] of contents) for (const item of items.values()) write(['put', workspaceId, name, item]);
    }
    for (const workspaceId of this.#seeded) write(['seeded', workspaceId]);
    fsyncSync(fresh);
    closeSync(fresh);
    renameSync(`${journal}.new`, journal);
    this.#file = openSync(journal, 'a');
  }
}

function hasFamily(item: object): item is { readonly familyId: string } {
  return 'familyId' in item && typeof item.familyId === 'string';
}

function familyKey(workspaceId: string, name: TableName, familyId: string): string {
  return `${workspaceId}/${name}/${familyId}`;
}
