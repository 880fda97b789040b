import type { Readable } from 'node:stream';
import type { PipelineResponse } from '@azure/core-rest-pipeline';
import { BadAnswer, rereading } from '../../azure/http/bad-answer.ts';
import { type Body, SteadyStream } from '../../azure/http/body-stream.ts';
import { hasStatus, isWebPage } from '../../azure/http/http-client.ts';
import { unreadable } from '../../azure/http/http-failures.ts';
import { type AssetFile, SourceError } from '../../domain/asset-source.ts';
import { blobAddressFault } from '../../domain/safe-address.ts';
import { originalText } from '../../domain/storable-text.ts';
import type { Endpoint } from './payload-fields.ts';
import type { WorkspaceClient } from './workspace-client.ts';

/** Who reads blobs: the workspace's client. `isLocal` lets it read from this machine. */
export type BlobReader = Pick<WorkspaceClient, 'http' | 'isLocal'>;

/** A blob that Studio points to. */
export interface Blob {
  /** The location that came with the asset's description, or a fresh one (with a fresh SAS). */
  locate(fresh: boolean, signal: AbortSignal): Promise<Endpoint>;
  /** Bytes, as far as they are known; null otherwise. */
  readonly sizeBytes: number | null;
  /** What is read, for messages: "reading the dataset “x”". */
  readonly doing: string;
}

/** The address of a blob without its credential, for manifests. */
export function blobAddress(endpoint: Endpoint): string {
  return endpoint.BaseUri + endpoint.Location;
}

/** An export file whose bytes are a blob. `endpoint` is where it was when the file was described. */
export function blobFile(
  reader: BlobReader,
  blob: Blob,
  endpoint: Endpoint,
  file: Pick<AssetFile, 'name' | 'role' | 'compressed'>,
): AssetFile {
  return {
    ...file,
    sizeBytes: blob.sizeBytes,
    source: blobAddress(endpoint),
    open: (signal) => openBlob(reader, blob, signal),
  };
}

/**
 * The call for a blob: plain concatenation of base, location and credential, without an authentication header. Throws
 * SourceError `rejected` for an address that is none of Azure's blob services: it came in a payload, and bytes from
 * elsewhere are nobody's data.
 */
export function blobCall({ isLocal }: BlobReader, endpoint: Endpoint, doing: string) {
  const address = originalText(blobAddress(endpoint) + endpoint.AccessCredential);
  const fault = blobAddressFault(address, { allowLoopback: isLocal });
  if (fault !== null) {
    const words = `Studio named an address for a file that ${fault}, so I did not read from it while ${doing}.`;
    throw new SourceError('rejected', words);
  }
  const secrets = [endpoint.AccessCredential];
  const service = 'Studio’s storage';
  return { pipeline: 'blobs', method: 'GET', url: new URL(address), doing, service, secrets } as const;
}

/**
 * Opens a blob. A refused credential is renewed once. Throws SourceError before the first byte for whatever is no blob;
 * later failures come out of the stream, after it has been taken up again as often as allowed.
 */
async function openBlob(reader: BlobReader, blob: Blob, signal: AbortSignal): Promise<Readable> {
  const { http } = reader;
  const call = { doing: blob.doing, signal };
  const accept = acceptStart(blob);
  const first = await rereading(http, call, async () => accept(await connect(reader, blob, {}, signal)));
  const etag = first.response.headers.get('ETag') ?? null;
  const resume = (position: number): Promise<Body> =>
    rereading(http, call, async () => {
      const headers = { Range: `bytes=${position}-`, 'If-Match': etag ?? '' };
      return acceptRest(await connect(reader, blob, headers, signal), position, etag, blob.doing);
    });
  // Without an ETag nobody can tell whether the rest belongs to what was read before.
  const parts = { clock: http.clock, settings: http.settings, signal, doing: blob.doing };
  return new SteadyStream(first.body, { ...parts, resume: etag === null ? null : resume });
}

interface Opened {
  readonly response: PipelineResponse;
  readonly body: Body;
}

async function connect(
  reader: BlobReader,
  blob: Blob,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Opened> {
  const open = async (fresh: boolean): Promise<Opened> =>
    reader.http.open({ ...blobCall(reader, await blob.locate(fresh, signal), blob.doing), headers, signal });
  try {
    return await open(false);
  } catch (error) {
    // Azure Storage says 403 to an expired or unknown SAS.
    if (!hasStatus(error, 403) && !hasStatus(error, 401)) throw error;
  }
  try {
    return await open(true);
  } catch (error) {
    if (!hasStatus(error, 401) || !(error instanceof SourceError)) throw error;
    // The storage account's refusal says nothing about the workspace's token.
    const message = `The storage account behind the workspace refused access while ${blob.doing}.`;
    throw new SourceError('forbidden', message, { status: 401, serviceMessage: error.serviceMessage });
  }
}

/**
 * Passes a body on unless something else than the file seems to have answered. A size that Studio did not tell is
 * believed when the storage says so twice of the same version; a web page only when it has the size that Studio told.
 */
function acceptStart(blob: Blob): (opened: Opened) => Opened {
  let seen: string | null = null;
  return (opened) => {
    const { response, body } = opened;
    const asTold = blob.sizeBytes === body.length;
    const odd = blob.sizeBytes !== null && body.length !== null && !asTold;
    const etag = response.headers.get('ETag') ?? null;
    const confirmed = etag !== null && etag === seen;
    seen = etag;
    if (isWebPage(response) && !asTold) throw refused(opened, 'a web page instead of the file');
    if (odd && !confirmed) throw refused(opened, 'another size than Studio told');
    // Without an announced length, what Studio told is what has to arrive.
    return { response, body: { stream: body.stream, length: body.length ?? blob.sizeBytes } };
  };
}

/** Passes the rest of a body on when it is the rest of the same file. Throws SourceError, or BadAnswer. */
function acceptRest(opened: Opened, position: number, etag: string | null, doing: string): Body {
  const { response, body } = opened;
  const answered = response.headers.get('ETag') ?? null;
  if (answered === null) throw refused(opened, 'something else than the file');
  const begins = /^bytes (\d+)-/.exec(response.headers.get('Content-Range') ?? '')?.[1];
  const isRest = response.status === 206 && Number(begins) === position;
  if (answered === etag && isRest) return body;
  body.stream.destroy();
  const why = answered === etag ? 'the rest of the file was not sent' : 'the file changed while it was read';
  throw unreadable({ doing }, why, response.status);
}

function refused({ body }: Opened, why: string): BadAnswer {
  body.stream.destroy();
  return new BadAnswer(why);
}
