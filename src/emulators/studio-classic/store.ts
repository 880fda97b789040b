import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Generation } from './generated/plan.ts';
import type { GeneratedTable, GeneratedTables } from './generated/table.ts';
import type { TableName, Tables } from './studio-records.ts';

/** The records of one kind in one workspace, in order of insertion. */
export interface Table<Item> {
  get(id: string): Item | undefined;
  values(): IteratorObject<Item, undefined>;
  /** Adds or replaces a record. It is on disk when this returns. */
  put(item: Item): void;
  drop(id: string): void;
  /**
   * The records of one family, experiment or web service (its versions, promoted models, notes or endpoints), found by
   * an index instead of a scan.
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

/** Computes the tables that a plan describes. */
export type Generate = (workspaceId: string, plan: Generation) => GeneratedTables;

/** The records of one kind in one workspace: stored ones, and generated ones that were not dropped. */
interface StoredTable {
  readonly stored: Map<string, Item>;
  readonly generated: GeneratedTable<Item> | null;
  readonly dropped: Set<string>;
}

interface Workspace {
  readonly storedTables: Map<TableName, StoredTable>;
  plan: Generation | null;
  generated: GeneratedTables;
}

/**
 * The emulator's state: in memory, and in an append-only journal that survives a killed process. An incomplete last
 * line was never acknowledged to a client, so the next start drops it. Of generated records only the changes are
 * stored.
 */
export class Store {
  readonly #workspaces = new Map<string, Workspace>();
  /** Index of stored records by group, so that one call does not scan a hundred thousand assets. */
  readonly #groups = new Map<string, Set<string>>();
  readonly #seeded = new Set<string>();
  readonly #generate: Generate;
  #file: number;

  private constructor(file: number, generate: Generate) {
    this.#file = file;
    this.#generate = generate;
  }

  /** Opens the journal of an existing folder, or starts a new one there. */
  static open(folder: string, generate: Generate): Store {
    const journal = path.join(folder, 'journal.jsonl');
    const store = new Store(openSync(journal, 'a'), generate);
    const lines = readFileSync(journal, 'utf8').split('\n');
    const incomplete = lines.pop() !== '';
    for (const line of lines) store.#apply(JSON.parse(line) as Entry);
    if (incomplete || lines.length > 1_000 + 2 * store.#entryCount()) store.#rewrite(journal);
    return store;
  }

  close(): void {
    closeSync(this.#file);
  }

  /** Ids of all workspaces, including that of Microsoft's samples, in order of insertion. */
  workspaceIds(): string[] {
    return [...this.#workspaces.keys()];
  }

  /** True once a seed was stored completely. A restart then neither repeats it nor restores what was deleted since. */
  isSeeded(workspaceId: string): boolean {
    return this.#seeded.has(workspaceId);
  }

  markSeeded(workspaceId: string): void {
    this.#record(['seeded', workspaceId]);
  }

  dropWorkspace(workspaceId: string): void {
    this.#record(['drop-workspace', workspaceId]);
  }

  /** Adds the generated records of a plan to a workspace. */
  generate(workspaceId: string, plan: Generation): void {
    this.#record(['generate', workspaceId, plan]);
  }

  /** The generated record at an index, unless it was dropped. */
  generatedAt<Name extends TableName>(workspaceId: string, name: Name, place: number): Tables[Name] | undefined {
    const table = this.#workspaces.get(workspaceId)?.generated[name];
    if (!table || place >= table.size) return undefined;
    return this.table(workspaceId, name).get(table.idAt(place));
  }

  table<Name extends TableName>(workspaceId: string, name: Name): Table<Tables[Name]> {
    // The cast is safe: only `put` writes records to the journal, and its parameter has the table's type.
    const storedTable = () => this.#workspaces.get(workspaceId)?.storedTables.get(name);
    const get = (id: string) => itemOf(storedTable(), id) as Tables[Name] | undefined;
    return {
      get,
      values: () => itemsOf(storedTable()) as IteratorObject<Tables[Name], undefined>,
      put: (item) => this.#record(['put', workspaceId, name, item]),
      drop: (id) => this.#record(['drop', workspaceId, name, id]),
      group: (groupId) => {
        const generated = storedTable()?.generated ?? null;
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
        this.#storedTable(workspaceId, entry[2]).stored.set(entry[3].id, entry[3]);
        for (const key of groupKeys(workspaceId, entry[2], entry[3])) {
          this.#groups.set(key, (this.#groups.get(key) ?? new Set()).add(entry[3].id));
        }
        return;
      case 'drop': {
        const { stored, generated, dropped } = this.#storedTable(workspaceId, entry[2]);
        const item = stored.get(entry[3]);
        if (item) this.#ungroup(workspaceId, entry[2], item);
        stored.delete(entry[3]);
        if (generated && generated.placeOf(entry[3]) !== null) dropped.add(entry[3]);
        return;
      }
      case 'drop-workspace':
        for (const [name, { stored }] of this.#workspaces.get(workspaceId)?.storedTables ?? []) {
          for (const item of stored.values()) this.#ungroup(workspaceId, name, item);
        }
        this.#workspaces.delete(workspaceId);
        return;
      case 'generate': {
        const workspace = this.#workspace(workspaceId);
        workspace.plan = entry[2];
        workspace.generated = this.#generate(workspaceId, entry[2]);
        for (const name of Object.keys(workspace.generated)) this.#storedTable(workspaceId, name as TableName);
        return;
      }
      case 'seeded':
        this.#seeded.add(workspaceId);
        return;
    }
  }

  #workspace(workspaceId: string): Workspace {
    const known = this.#workspaces.get(workspaceId);
    const workspace = known ?? { storedTables: new Map(), plan: null, generated: {} };
    if (!known) this.#workspaces.set(workspaceId, workspace);
    return workspace;
  }

  #storedTable(workspaceId: string, name: TableName): StoredTable {
    const { storedTables, generated } = this.#workspace(workspaceId);
    const known = storedTables.get(name);
    const storedTable = known ?? { stored: new Map(), generated: generated[name] ?? null, dropped: new Set() };
    if (!known) storedTables.set(name, storedTable);
    return storedTable;
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
    for (const { storedTables } of this.#workspaces.values()) {
      for (const { stored, dropped } of storedTables.values()) count += stored.size + dropped.size;
    }
    return count;
  }

  /** Compacts the journal: writes a new file beside it and renames it into place. */
  #rewrite(journal: string): void {
    closeSync(this.#file);
    const fresh = openSync(`${journal}.new`, 'w');
    const write = (entry: Entry) => writeSync(fresh, `${JSON.stringify(entry)}\n`);
    for (const [workspaceId, { plan, storedTables }] of this.#workspaces) {
      if (plan) write(['generate', workspaceId, plan]);
      for (const [name, { stored, dropped }] of storedTables) {
        for (const id of dropped) write(['drop', workspaceId, name, id]);
        for (const item of stored.values()) write(['put', workspaceId, name, item]);
      }
    }
    for (const workspaceId of this.#seeded) write(['seeded', workspaceId]);
    fsyncSync(fresh);
    closeSync(fresh);
    renameSync(`${journal}.new`, journal);
    this.#file = openSync(journal, 'a');
  }
}

function itemOf(storedTable: StoredTable | undefined, id: string): Item | undefined {
  const stored = storedTable?.stored.get(id);
  if (stored || !storedTable?.generated || storedTable.dropped.has(id)) return stored;
  const place = storedTable.generated.placeOf(id);
  return place === null ? undefined : storedTable.generated.at(place);
}

/** Generated records come first, in the order of their index even when a changed version is stored. */
function* itemsOf(storedTable: StoredTable | undefined): Generator<Item, undefined> {
  if (!storedTable) return;
  const { stored, generated, dropped } = storedTable;
  for (let place = 0; generated && place < generated.size; place += 1) {
    const id = generated.idAt(place);
    if (!dropped.has(id)) yield stored.get(id) ?? generated.at(place);
  }
  for (const item of stored.values()) {
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
