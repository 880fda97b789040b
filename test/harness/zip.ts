import { buffer } from 'node:stream/consumers';
import { type Entry, fromBuffer } from 'yauzl';

/** Reads a zip with an independent reader, inflating and checking every entry; returns contents by path. */
export function unzip(zip: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  return new Promise((resolve, reject) => {
    fromBuffer(zip, { lazyEntries: true, strictFileNames: true, validateEntrySizes: true }, (failed, file) => {
      if (failed) return reject(failed);
      file.on('error', reject);
      file.on('end', () => resolve(files));
      file.on('entry', (entry: Entry) => {
        if (files.has(entry.fileName)) return reject(new Error(`${entry.fileName} is in the zip twice`));
        file.openReadStream(entry, (error, stream) => {
          if (error) return reject(error);
          buffer(stream).then((bytes) => {
            files.set(entry.fileName, bytes);
            file.readEntry();
          }, reject);
        });
      });
      file.readEntry();
    });
  });
}
