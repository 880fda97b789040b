import type { StoredFile } from '../studio-records.ts';
import { columns } from './contents.ts';
import { type FilePlace, generatedLocation } from './locations.ts';

type Description = 'schema' | 'visualization';

const numeric = new Set(['number', 'months', 'charge', 'churned']);
const attributes = columns.map((name) => ({ name, type: numeric.has(name) ? 'Numeric' : 'String' }));

/** All generated tables have the same columns, and therefore the same schema and visualization. */
const texts: Readonly<Record<Description, Buffer>> = {
  schema: Buffer.from(JSON.stringify({ columnCount: columns.length, columnAttributes: attributes })),
  visualization: Buffer.from(JSON.stringify({ columns: attributes, records: [] })),
};

/** The file that holds a table's schema or visualization. */
export function descriptionFile(place: FilePlace, fileType: Description): StoredFile {
  const location = generatedLocation(place, `content.${fileType}`);
  return { location, sizeBytes: texts[fileType].length, name: null, fileType, auxiliary: true };
}

/** The content of such a file; null for other types. */
export function descriptionText(fileType: string): Buffer | null {
  return fileType === 'schema' || fileType === 'visualization' ? texts[fileType] : null;
}
