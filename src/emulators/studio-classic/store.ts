import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Generation } from './generated/plan.ts';
import type { GeneratedTable, GeneratedTables } from './generated/table.ts';
import type { TableName, Tables } from './studio-records.ts';

/** One kind of thing in one workspace, in the order in which the things came. */
export interface Table<Item> {
  get(id: string): Item | undefined;
  values(): IteratorObject<Item, undefined>;
  /** Adds or replaces; on disk when it returns. */
  put(item: Item): void;
  drop(id: string): void;
  /**
   * What belongs to one family, experiment or web service (the versions, promoted models, notes or endpoints),
   * without looking at all others.
   */
  group(groupId: string): Item[];
}

type Entry =
  | readonly ['put', workspaceId: string, table: TableName, item: { readonly id: string }]
  | readonly ['drop', workspaceId: string, table: TableName, id: string]
  | readonly ['drop-workspace', workspaceId: string]
  | readonly ['generate', workspaceId: string, plan: Generation]
  | readonly ['seeded', workspaceId: string];

type Item = { readonly id: string };

/** Makes what a plan describes. */
export type Generate = (workspaceId: string, plan: Generation) => GeneratedTables;

/** One kind of thing in one workspace: what is kept, and what is generated unless it was dropped. */
interface Shelf {
  readonly kept: Map<string, Item>;
  readonly generated: GeneratedTable<Item> | null;
  readonly dropped: Set<string>;
}

interface Workspace {
  readonly shelves: Map<TableName, Shelf>;
  plan: Generation | null;
  generated: GeneratedTables;
}

/**
 * The emulator's state: in memory, and in an append-only journal that outlives a killed process.
 * A line cut short by the kill was never answered for, so it is dropped at the next start.
 * Of generated things only what became of them is kept.
 */
export class Store {
  readonly #workspaces = new Map<string, Workspace>();
  /** Ids of kept things by group, so that one call does not walk through a hundred thousand assets. */
  readonly #groups = new Map<string, Set<string>>();
  readonly #seeded = new Set<string>();
  readonly #generate: Generate;
  #file: number;

  private constructor(file: number, generate: Generate) {
    this.#file = file;
    this.#generate = generate;
  }

  /** Opens the state kept in a folder that exists, or begins a new one there. */
  static open(folder: string, generate: Generate): Store {
    const journal = path.join(folder, 'journal.jsonl');
    const store = new Store(openSync(journal, 'a'), generate);
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

  /** Fills a workspace with what a plan makes. */
  generate(workspaceId: string, plan: Generation): void {
    this.#record(['generate', workspaceId, plan]);
  }

  /** The generated thing at a place, unless it was dropped. */
  generatedAt<Name extends TableName>(workspaceId: string, name: Name, place: number): Tables[Name] | undefined {
    const table = this.#workspaces.get(workspaceId)?.generated[name];
    if (!table || place >= table.size) return undefined;
    return this.table(workspaceId, name).get(table.idAt(place));
  }

  table<Name extends TableName>(workspaceId: string, name: Name): Table<Tables[Name]> {
    // The journal is written by `put` alone, so what lies under a table's name has that table's shape.
    const shelf = () => this.#workspaces.get(workspaceId)?.shelves.get(name);
    const get = (id: string) => itemOf(shelf(), id) as Tables[Name] | undefined;
    return {
      get,
      values: () => itemsOf(shelf()) as IteratorObject<Tables[Name], undefined>,
      put: (item) => this.#record(['put', workspaceId, name, item]),
      drop: (id) => this.#record(['drop', workspaceId, name, id]),
      group: (groupId) => {
        const generated = shelf()?.generated ?? null;
        const ids = new Set(generated?.group(groupId).map((place) => generated.idAt(place)));
        for (const id of this.#groups.get(groupKey(workspaceId, name, groupId)) ?? []) ids.add(id);
        return [...ids].flatMap((id) => get(id) ?? []);
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
      case 'put':
        this.#shelf(workspaceId, entry[2]).kept.set(entry[3].id, entry[3]);
        for (const key of groupKeys(workspaceId, entry[2], entry[3])) {
          this.#groups.set(key, (this.#groups.get(key) ?? new Set()).add(entry[3].id));
        }
        return;
      case 'drop': {
        const { kept, generated, dropped } = this.#shelf(workspaceId, entry[2]);
        const item = kept.get(entry[3]);
        if (item) this.#ungroup(workspaceId, entry[2], item);
        kept.delete(entry[3]);
        if (generated && generated.placeOf(entry[3]) !== null) dropped.add(entry[3]);
        return;
      }
      case 'drop-workspace':
        for (const [name, { kept }] of this.#workspaces.get(workspaceId)?.shelves ?? []) {
          for (const item of kept.values()) this.#ungroup(workspaceId, name, item);
        }
        this.#workspaces.delete(workspaceId);
        return;
      case 'generate': {
        const workspace = this.#workspace(workspaceId);
        workspace.plan = entry[2];
        workspace.generated = this.#generate(workspaceId, entry[2]);
        for (const name of Object.keys(workspace.generated)) this.#shelf(workspaceId, name as TableName);
        return;
      }
      case 'seeded':
        this.#seeded.add(workspaceId);
        return;
    }
  }

  #workspace(workspaceId: string): Workspace {
    const known = this.#workspaces.get(workspaceId);
    const workspace = known ?? { shelves: new Map(), plan: null, generated: {} };
    if (!known) this.#workspaces.set(workspaceId, workspace);
    return workspace;
  }

  #shelf(workspaceId: string, name: TableName): Shelf {
    const { shelves, generated } = this.#workspace(workspaceId);
    const known = shelves.get(name);
    const shelf = known ?? { kept: new Map(), generated: generated[name] ?? null, dropped: new Set() };
    if (!known) shelves.set(name, shelf);
    return shelf;
  }

  #ungroup(workspaceId: string, name: TableName, item: Item): void {
    for (const key of groupKeys(workspaceId, name, item)) {
      const ids = this.#groups.get(key);
      ids?.delete(item.id);
      if (ids?.size === 0) this.#groups.delete(key);
    }
  }

  #entryCount(): number {
    let count = this.#seeded.size;
    for (const { shelves } of this.#workspaces.values()) {
      for (const { kept, dropped } of shelves.values()) count += kept.size + dropped.size;
    }
    return count;
  }

  /** Writes the journal anew beside the old one and puts it in its place. */
  #rewrite(journal: string): void {
    closeSync(this.#file);
    const fresh = openSync(`${journal}.new`, 'w');
    const write = (entry: Entry) => writeSync(fresh, `${JSON.stringify(entry)}\n`);
    for (const [workspaceId, { plan, shelves }] of this.#workspaces) {
      if (plan) write(['generate', workspaceId, plan]);
      for (const [name, { kept, dropped }] of shelves) {
        for (const id of dropped) write(['drop', workspaceId, name, id]);
        for (const item of kept.values()) write(['put', workspaceId, name, item]);
      }
    }
    for (const workspaceId of this.#seeded) write(['seeded', workspaceId]);
    fsyncSync(fresh);
    closeSync(fresh);
    renameSync(`${journal}.new`, journal);
    this.#file = openSync(journal, 'a');
  }
}

function itemOf(shelf: Shelf | undefined, id: string): Item | undefined {
  const kept = shelf?.kept.get(id);
  if (kept || !shelf?.generated || shelf.dropped.has(id)) return kept;
  const place = shelf.generated.placeOf(id);
  return place === null ? undefined : shelf.generated.at(place);
}

/** Generated things first, each in its place even when a changed one is kept for it. */
function* itemsOf(shelf: Shelf | undefined): Generator<Item, undefined> {
  if (!shelf) return;
  const { kept, generated, dropped } = shelf;
  for (let place = 0; generated && place < generated.size; place += 1) {
    const id = generated.idAt(place);
    if (!dropped.has(id)) yield kept.get(id) ?? generated.at(place);
  }
  for (const item of kept.values()) {
    if (generated === null || dropped.has(item.id) || generated.placeOf(item.id) === null) yield item;
  }
}

const groupFields = ['familyId', 'experimentId', 'webServiceId'] as const;

function groupKeys(workspaceId: string, name: TableName, item: object): string[] {
  return groupFields.flatMap((field) => {
    const value: unknown = field in item ? Reflect.get(item, field) : null;
    return typeof value === 'string' ? [groupKey(workspaceId, name, value)] : [];
  });
}

function groupKey(workspaceId: string, name: TableName, groupId: string): string {
  return `${workspaceId}/${name}/${groupId}`;
}
