import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import {
  BlobSASPermissions,
  BlobServiceClient,
  type BlockBlobClient,
  generateBlobSASQueryParameters,
  SASProtocol,
  StorageSharedKeyCredential,
} from '@azure/storage-blob';
import type { Clock } from '../../domain/clock.ts';
import type { GeneratedFiles } from './generated/files.ts';
import { isGenerated } from './generated/locations.ts';
import type { StoredFile } from './studio-records.ts';

/** The blob service that the emulator uses: a running Azurite or a storage account. */
export interface BlobAccount {
  /** Address of the account, without a slash at the end. */
  readonly url: string;
  readonly accountName: string;
  readonly accountKey: string;
}

export interface BlobSettings {
  readonly account: BlobAccount;
  /** `BaseUri` of endpoints: the storage account, or the emulator when downloads pass through it. */
  readonly baseUri: () => string;
  /** `BaseUri` of generated files, which is always the emulator. */
  readonly generatedBaseUri: () => string;
  readonly generated: GeneratedFiles;
  /** Lifetime of a link. The real service's value is unknown; a day is assumed. */
  readonly linkLifetimeMs: number;
  /** The blob service's clock, by which links expire: always the real time. */
  readonly clock: Clock;
}

/** `experimentoutput` is the service's own name; `uploadedresources` is not. */
const containers = ['uploadedresources', 'experimentoutput'] as const;
const blockBytes = 4 * 1024 * 1024;
const blocksAtOnce = 2;
/** Tolerated clock skew: a link is valid from a little before now, so that it works at once. */
const skewMs = 15 * 60_000;

/**
 * Signs with a prepared HMAC key, which is several times faster: a list of many assets needs hundreds of thousands of
 * signatures.
 */
class PreparedKeyCredential extends StorageSharedKeyCredential {
  readonly #key: KeyObject;

  constructor(accountName: string, accountKey: string) {
    super(accountName, accountKey);
    this.#key = createSecretKey(accountKey, 'base64');
  }

  override computeHMACSHA256(stringToSign: string): string {
    return createHmac('sha256', this.#key).update(stringToSign, 'utf8').digest('base64');
  }
}

/** The contents of assets: stored in the blob service, or generated when they are read. */
export class Blobs {
  readonly generated: GeneratedFiles;
  readonly #settings: BlobSettings;
  readonly #credential: StorageSharedKeyCredential;
  readonly #client: BlobServiceClient;

  constructor(settings: BlobSettings) {
    this.#settings = settings;
    this.generated = settings.generated;
    const { url, accountName, accountKey } = settings.account;
    this.#credential = new PreparedKeyCredential(accountName, accountKey);
    this.#client = new BlobServiceClient(url, this.#credential);
  }

  async makeContainers(): Promise<void> {
    for (const container of containers) await this.#client.getContainerClient(container).createIfNotExists();
  }

  /** Writes a whole blob; resolves with its size in bytes. */
  async put(location: string, bytes: Readable): Promise<number> {
    let written = 0;
    async function* counted() {
      for await (const chunk of bytes) {
        written += chunk.length;
        yield chunk;
      }
    }
    await this.#blob(location).uploadStream(Readable.from(counted(), { objectMode: false }), blockBytes, blocksAtOnce);
    return written;
  }

  async putText(location: string, text: string): Promise<number> {
    const bytes = Buffer.from(text);
    await this.#blob(location).upload(bytes, bytes.length);
    return bytes.length;
  }

  /** Stages one numbered block of a blob, which `join` commits. */
  async stage(location: string, blockId: number, bytes: Buffer): Promise<void> {
    await this.#blob(location).stageBlock(blockName(blockId), bytes, bytes.length);
  }

  /** Commits the staged blocks in the order given; resolves with the size of the blob in bytes. */
  async join(location: string, blockIds: readonly number[]): Promise<number> {
    const blob = this.#blob(location);
    await blob.commitBlockList(blockIds.map(blockName));
    return (await blob.getProperties()).contentLength ?? 0;
  }

  /** The first `count` bytes of a blob, or fewer when it is shorter. */
  async head(location: string, count: number): Promise<Buffer> {
    const generated = this.generated.find(location);
    if (generated) return await buffer(this.generated.read(generated, 0, Math.min(count, generated.sizeBytes)));
    const { contentLength = 0 } = await this.#blob(location).getProperties();
    if (contentLength === 0) return Buffer.alloc(0);
    return await this.#blob(location).downloadToBuffer(0, Math.min(count, contentLength));
  }

  async read(location: string): Promise<Readable> {
    const generated = this.generated.find(location);
    if (generated) return this.generated.read(generated);
    const { readableStreamBody } = await this.#blob(location).download();
    if (!readableStreamBody) throw new TypeError('The blob client gave no stream.');
    return Readable.from(readableStreamBody, { objectMode: false });
  }

  async remove(location: string): Promise<void> {
    if (isGenerated(location)) return;
    await this.#blob(location).deleteIfExists();
  }

  /** An endpoint in the service's format, with a new link that allows reading this blob only. */
  endpoint(file: StoredFile): Record<string, unknown> {
    return {
      BaseUri: this.baseUriOf(file.location),
      Location: file.location,
      AccessCredential: this.link(file.location),
      Size: file.sizeBytes,
      Name: file.name,
      EndpointType: 'AzureBlob',
      CredentialContainer: null,
      FileType: file.fileType,
      IsAuxiliary: file.auxiliary,
      IsDirectory: false,
    };
  }

  /** A query string, with its question mark, that allows anyone to read one blob (a shared access signature). */
  link(location: string): string {
    if (isGenerated(location)) return this.generated.link(location);
    const { containerName, blobName } = parts(location);
    const now = this.#settings.clock.now();
    const parameters = generateBlobSASQueryParameters(
      {
        containerName,
        blobName,
        permissions: BlobSASPermissions.from({ read: true }),
        protocol: SASProtocol.HttpsAndHttp,
        startsOn: new Date(now - skewMs),
        expiresOn: new Date(now + this.#settings.linkLifetimeMs),
      },
      this.#credential,
    );
    return `?${parameters.toString()}`;
  }

  /** The part of an address that precedes a location. */
  baseUriOf(location: string): string {
    return isGenerated(location) ? this.#settings.generatedBaseUri() : this.#settings.baseUri();
  }

  #blob(location: string): BlockBlobClient {
    const { containerName, blobName } = parts(location);
    return this.#client.getContainerClient(containerName).getBlockBlobClient(blobName);
  }
}

/** Block ids of one blob must all have the same length. */
function blockName(blockId: number): string {
  return Buffer.from(String(blockId).padStart(10, '0')).toString('base64');
}

function parts(location: string): { containerName: string; blobName: string } {
  const slash = location.indexOf('/');
  return { containerName: location.slice(0, slash), blobName: location.slice(slash + 1) };
}
