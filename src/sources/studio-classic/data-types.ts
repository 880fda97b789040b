/** The file extension of a stored data type, and whether its bytes are already compressed. */
interface DataType {
  readonly extension: string;
  readonly compressed: boolean;
}

/** By `DataTypeId`, case-insensitive. Other types are opaque bytes. */
const dataTypes: ReadonlyMap<string, DataType> = new Map([
  ['genericcsv', { extension: '.csv', compressed: false }],
  ['genericcsvnoheader', { extension: '.csv', compressed: false }],
  ['generictsv', { extension: '.tsv', compressed: false }],
  ['generictsvnoheader', { extension: '.tsv', compressed: false }],
  ['arff', { extension: '.arff', compressed: false }],
  ['plaintext', { extension: '.txt', compressed: false }],
  ['zip', { extension: '.zip', compressed: true }],
  ['rdata', { extension: '.RData', compressed: true }],
  // Studio's own format; its Convert to CSV module makes it readable.
  ['dataset', { extension: '.dataset', compressed: false }],
  ['ilearnerdotnet', { extension: '.ilearner', compressed: true }],
  ['itransformdotnet', { extension: '.itransform', compressed: true }],
]);

const compressedExtension =
  /\.(zip|gz|tgz|bz2|xz|7z|rdata|rds|xlsx|docx|png|jpe?g|gif|mp4|parquet|ilearner|itransform)$/i;
const anyExtension = /\.[A-Za-z0-9]{1,10}$/;

/** The file name for an asset of this name and type. A name that already has the extension is kept. */
export function fileNameOf(name: string, dataTypeId: string, uploadedFrom = ''): string {
  const extension = dataTypes.get(dataTypeId.toLowerCase())?.extension ?? anyExtension.exec(uploadedFrom)?.[0] ?? '';
  return name.toLowerCase().endsWith(extension.toLowerCase()) ? name : name + extension;
}

/** True when bytes of this type or name are already compressed. */
export function isCompressed(name: string, dataTypeId: string): boolean {
  return dataTypes.get(dataTypeId.toLowerCase())?.compressed ?? compressedExtension.test(name);
}

/** The extension for the file of a blob: that of the blob, or else of its type; empty without either. */
export function endingOf(location: string, dataTypeId: string): string {
  return anyExtension.exec(location)?.[0] ?? dataTypes.get(dataTypeId.toLowerCase())?.extension ?? '';
}
