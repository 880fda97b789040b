import type { Blobs } from './blobs.ts';
import type { StoredFile } from './studio-records.ts';

interface ContentDescription {
  readonly schemaStatus: 'Complete' | 'NotSupported';
  readonly schemaFile: StoredFile | null;
  readonly visualization: StoredFile | null;
}

/** Data types for which the service derives a schema. */
const tabular: Readonly<Record<string, { readonly separator: string; readonly header: boolean }>> = {
  GenericCSV: { separator: ',', header: true },
  GenericCSVNoHeader: { separator: ',', header: false },
  GenericTSV: { separator: '\t', header: true },
  GenericTSVNoHeader: { separator: '\t', header: false },
};

const sampleBytes = 64 * 1024;
const sampleRows = 20;

/** Reads the start of a dataset and stores its schema and its visualization as files beside it. */
export async function describeContent(
  blobs: Blobs,
  content: StoredFile,
  dataTypeId: string,
): Promise<ContentDescription> {
  const form = tabular[dataTypeId];
  if (!form) return { schemaStatus: 'NotSupported', schemaFile: null, visualization: null };
  const text = (await blobs.head(content.location, sampleBytes)).toString('utf8');
  const rows = text
    .split(/\r?\n/u)
    .slice(0, sampleRows + 1)
    .map((line) => line.split(form.separator));
  const head = form.header ? (rows.shift() ?? []) : (rows[0] ?? []).map((_, index) => `Col${index + 1}`);
  const columns = head.map((name, index) => ({ name, type: columnType(rows.map((row) => row[index] ?? '')) }));
  const file = async (fileType: string, value: unknown): Promise<StoredFile> => {
    const location = `${content.location}.${fileType}`;
    const sizeBytes = await blobs.putText(location, JSON.stringify(value));
    return { location, sizeBytes, name: null, fileType, auxiliary: true };
  };
  return {
    schemaStatus: 'Complete',
    schemaFile: await file('schema', { columnCount: columns.length, columnAttributes: columns }),
    visualization: await file('visualization', { columns, records: rows.filter((row) => row.length === head.length) }),
  };
}

function columnType(values: readonly string[]): 'Numeric' | 'String' {
  const filled = values.filter((value) => value !== '');
  return filled.length > 0 && filled.every((value) => Number.isFinite(Number(value))) ? 'Numeric' : 'String';
}
