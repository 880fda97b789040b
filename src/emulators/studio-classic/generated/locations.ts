/** First segment of the locations of generated files. */
const prefix = 'generated';

export type FileTable = 'dataset' | 'model' | 'transform' | 'experiment';
const fileTables: readonly string[] = ['dataset', 'model', 'transform', 'experiment'] satisfies readonly FileTable[];

/** The asset that a generated file belongs to. */
export interface FilePlace {
  readonly workspaceId: string;
  readonly table: FileTable;
  readonly place: number;
}

/** The location of a file. It contains only characters that clients can append to an address without encoding. */
export function generatedLocation({ workspaceId, table, place }: FilePlace, name: string): string {
  return `${prefix}/${workspaceId}/${table}/${place}/${name}`;
}

export function isGenerated(location: string): boolean {
  return location.startsWith(`${prefix}/`);
}

/** The asset that a location belongs to; null for a location of another form. */
export function filePlace(location: string): FilePlace | null {
  const [first, workspaceId = '', table = '', place = '', name] = location.split('/');
  if (first !== prefix || name === undefined || !isFileTable(table) || !/^\d+$/u.test(place)) return null;
  return { workspaceId, table, place: Number(place) };
}

function isFileTable(table: string): table is FileTable {
  return fileTables.includes(table);
}
