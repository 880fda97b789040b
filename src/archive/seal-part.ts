import type { Workspace } from '../domain/accounts.ts';
import type { DataSelection } from '../domain/policy.ts';
import type { WorkspaceProblem } from '../domain/workspace-problems.ts';
import { type ManifestHead, manifestPieces } from './manifest.ts';
import type { OpenPart } from './open-part.ts';
import { type PartList, storedLines } from './part-list.ts';
import { listBlobName, partFileName } from './part-names.ts';
import { type PersonalData, personalDataFile } from './personal-data-file.ts';
import { readme } from './readme.ts';
import type { RecordedPart } from './recorded-parts.ts';
import type { ArchiveStorage } from './storage.ts';

/** Facts of an archive for its README and manifest. */
export interface ArchiveSubject {
  readonly requestId: string;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly workspace: Pick<Workspace, 'id' | 'name' | 'accountType'>;
  readonly data: DataSelection;
  /** True when named assets rather than the whole workspace were asked for. */
  readonly onlyNamed: boolean;
  readonly personal: PersonalData;
}

/** Deflate level of the texts, which are small. */
const textLevel = 6;

/**
 * Adds the files that describe a part (README.txt, manifest.json and, in the first part, personal-data.json), stores
 * the part's list and completes the zip. Throws ServiceFailure.
 */
export async function sealPart(
  storage: ArchiveStorage,
  part: OpenPart,
  subject: ArchiveSubject,
  progress: {
    readonly earlier: readonly RecordedPart[];
    /** Lists of the earlier parts that this run has written; those of other runs are read from storage. */
    readonly lists: ReadonlyMap<number, PartList>;
    readonly assets: number;
    /** Problems with the workspace's own files, when the part holds those. */
    readonly workspace: readonly WorkspaceProblem[] | null;
    readonly last: boolean;
  },
  signal: AbortSignal,
): Promise<RecordedPart> {
  const { earlier, assets, last } = progress;
  const workspace = progress.workspace === null ? null : [...progress.workspace];
  const hasPersonalData = part.number === 1 && subject.data !== 'customer';
  const head = manifestHead(part, subject, earlier, last);
  const at = (path: string) => ({ path, date: subject.requestedAt });
  const add = (path: string, text: string) => part.zip.addBuffer(at(path), Buffer.from(text), textLevel);
  await add('README.txt', readme({ head, onlyNamed: subject.onlyNamed, hasPersonalData }));
  if (hasPersonalData) {
    await add('personal-data.json', personalDataFile(subject.workspace.accountType, subject.personal));
  }
  const lists = async function* () {
    for (const done of last ? earlier : []) {
      yield* progress.lists.get(done.part)?.lines() ?? storedLines(storage, done.contents.list, signal);
    }
    yield* part.list.lines();
  };
  await part.zip.addPieces(at('manifest.json'), manifestPieces(head, lists), { level: textLevel, expectedBytes: null });
  const list = listBlobName(part.zip.blobName);
  await part.list.store(storage, list, signal);
  const { blobName, sizeBytes, sha256 } = await part.zip.seal();
  const { number, files, bytes, exceptions } = part;
  const contents = { list, assets, bytes, exceptions, workspace, last };
  return { part: number, blobName, sizeBytes, sha256, files, contents };
}

function manifestHead(
  part: OpenPart,
  subject: ArchiveSubject,
  earlier: readonly RecordedPart[],
  last: boolean,
): ManifestHead {
  const { number, files, exceptions } = part;
  const { id, name, accountType } = subject.workspace;
  return {
    format: 'studio-steward-archive',
    version: 1,
    request: subject.requestId,
    requestedBy: subject.requestedBy,
    requestedAt: subject.requestedAt.toISOString(),
    data: subject.data,
    workspace: { id, name, accountType },
    part: number,
    last,
    leftOut: leftOut(subject),
    parts: [
      ...earlier.map((done) => ({
        number: done.part,
        fileName: partFileName(done.part),
        files: done.files,
        exceptions: done.contents.exceptions,
        sizeBytes: done.sizeBytes,
        sha256: done.sha256,
      })),
      { number, fileName: partFileName(number), files, exceptions, sizeBytes: null, sha256: null },
    ],
  };
}

function leftOut({ data, personal, onlyNamed, workspace }: ArchiveSubject): string[] {
  const words = [
    'Secrets: passwords, keys, access tokens and connection strings in descriptions and scripts, where they have a known form. Contents of datasets and outputs are unchanged.',
  ];
  if (workspace.accountType === 'guest') words.push('Personal account data: a guest workspace has none.');
  if (data === 'personal') {
    return [...words, 'Datasets, experiments and every other asset: only personal data was asked for.'];
  }
  words.push('Microsoft’s samples, which are in every workspace.');
  words.push('Versions of an asset that the service no longer lists.');
  words.push('Telemetry: it is not in the workspace. Ask the bot “where is my telemetry?” to find out how to get it.');
  if (onlyNamed) words.push('Assets that were not asked for, and the settings of the workspace.');
  if (workspace.accountType === 'guest') return words;
  if (data === 'customer') {
    words.push(
      'Personal account data: only customer data was asked for. Descriptions of assets may name who made them.',
    );
  } else if (personal.scope === 'own') {
    words.push('Account data of other members: only owners of the workspace get that.');
  }
  return words;
}
