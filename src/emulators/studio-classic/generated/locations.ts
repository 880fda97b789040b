/** First part of the locations of files that are made when they are read. */
const prefix = 'generated';

export type FileTable = 'dataset' | 'model' | 'transform' | 'experiment';
const fileTables: readonly string[] = ['dataset', 'model', 'transform', 'experiment'] satisfies readonly FileTable[];

/** Which thing a generated file belongs to. */
export interface FilePlace {
  readonly workspaceId: string;
  readonly table: FileTable;
  readonly place: number;
}

/** A location that clients may join to an address as it is. */
export function generatedLocation({ workspaceId, table, place }: FilePlace, name: string): string {
  return `${prefix}/${workspaceId}/${table}/${place}/${name}`;
}

export function isGenerated(location: string): boolean {
  return location.startsWith(`${prefix}/`);
}

/** Null for a location that is none of ours. */
export function filePlace(location: string): FilePlace | null {
  const [first, workspaceId = '', table = '', place = '', name] = location.split('/');
  if (first !== prefix || name === undefined || !isFileTable(table) || !/^\d+$/u.test(place)) return null;
  return { workspaceId, table, place: Number(place) };
}

function isFileTable(table: string): table is FileTable {
  return fileTables.includes(table);
}
