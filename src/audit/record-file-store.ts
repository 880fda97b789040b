import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AnchorContainer } from '../archive/anchor-container.ts';
import { recordFileName } from '../archive/record-file-names.ts';
import type { ArchiveStorage } from '../archive/storage.ts';
import type { Anchor } from '../domain/audit-verification.ts';
import type { RecordFiles } from '../domain/record-files.ts';
import { parseAnchors } from './anchor-shape.ts';
import { anchoredEntry } from './anchors.ts';

const contentTypes = { csv: 'text/csv; charset=utf-8', json: 'application/json' } as const;

/** The most anchors that go into one file. */
const mostAnchors = 50;

/** Files of the record, beside the archives; the sweep of storage removes them. `newId` gives a random name. */
export function createRecordFiles(storage: ArchiveStorage, anchors: AnchorContainer, newId: () => string): RecordFiles {
  return {
    async store({ format, downloadName, expiresAt }, chunks, signal) {
      const name = recordFileName(newId(), format);
      const contentType = contentTypes[format];
      await pipeline(Readable.from(chunks), storage.upload(name, contentType), { signal });
      return storage.link(name, { downloadName, expiresAt, contentType });
    },
    async anchors(first, last, signal) {
      await anchors.ensure(signal);
      const names: string[] = [];
      for await (const name of anchors.names(signal)) {
        const entry = anchoredEntry(name);
        if (entry === null || entry < first) continue;
        names.push(name);
        if (entry >= last) break;
      }
      // The last ones prove the most.
      const found: Anchor[] = [];
      for (const name of names.slice(-mostAnchors)) {
        found.push(...(parseAnchors(await anchors.read(name, signal)) ?? []));
      }
      return found;
    },
  };
}
