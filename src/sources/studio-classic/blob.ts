import type { Readable } from 'node:stream';
import type { PipelineResponse } from '@azure/core-rest-pipeline';
import { BadAnswer, retryBadAnswers } from '../../azure/http/bad-answer.ts';
import { type Body, ResumableStream } from '../../azure/http/body-stream.ts';
import { hasStatus, isWebPage } from '../../azure/http/http-client.ts';
import { unreadable } from '../../azure/http/http-failures.ts';
import type { AssetFile } from '../../domain/asset-source.ts';
import { blobAddressFault } from '../../domain/safe-address.ts';
import { isSourceFailure, ServiceFailure } from '../../domain/service-failure.ts';
import { originalText } from '../../domain/storable-text.ts';
import type { Endpoint } from './payload-fields.ts';
import type { WorkspaceClient } from './workspace-client.ts';

/** What reading a blob needs of the workspace's client. `isLocal` allows addresses on this machine. */
export type BlobReader = Pick<WorkspaceClient, 'http' | 'isLocal'>;

/** A blob whose address Studio returned. */
export interface Blob {
  /** The location that came with the asset's description, or a fresh one (with a new SAS). */
  locate(fresh: boolean, signal: AbortSignal): Promise<Endpoint>;
  /** Size in bytes; null when unknown. */
  readonly sizeBytes: number | null;
  /** What is read, for messages, as in "reading the dataset “x”". */
  readonly doing: string;
}

/** The address of a blob without its credential, for manifests. */
export function blobAddress(endpoint: Endpoint): string {
  return endpoint.BaseUri + endpoint.Location;
}

/** An export file whose bytes are a blob. `endpoint` is its location when the file was described. */
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
 * ServiceFailure `rejected` for an address outside Azure's blob services: the address came from a payload (server-side
 * request forgery), and bytes from other hosts are not the customer's data.
 */
export function blobCall({ isLocal }: BlobReader, endpoint: Endpoint, doing: string) {
  const address = originalText(blobAddress(endpoint) + endpoint.AccessCredential);
  const fault = blobAddressFault(address, { allowLoopback: isLocal });
  if (fault !== null) {
    const message = `Studio returned a file address that ${fault}, so I did not read it while ${doing}.`;
    throw new ServiceFailure('Studio', 'rejected', message);
  }
  const secrets = [endpoint.AccessCredential];
  const service = 'Studio’s storage';
  return { pipeline: 'blobs', method: 'GET', url: new URL(address), doing, service, secrets } as const;
}

/**
 * Opens a blob. A refused SAS is renewed once. Throws ServiceFailure before the first byte when the answer is not the blob;
 * later failures come from the stream, after the allowed number of resumes.
 */
async function openBlob(reader: BlobReader, blob: Blob, signal: AbortSignal): Promise<Readable> {
  const { http } = reader;
  const call = { doing: blob.doing, signal };
  const accept = acceptStart(blob);
  const first = await retryBadAnswers(http, call, async () => accept(await connect(reader, blob, {}, signal)));
  const etag = first.response.headers.get('ETag') ?? null;
  const resume = (position: number): Promise<Body> =>
    retryBadAnswers(http, call, async () => {
      const headers = { Range: `bytes=${position}-`, 'If-Match': etag ?? '' };
      return acceptRest(await connect(reader, blob, headers, signal), position, etag, blob.doing);
    });
  // Without an ETag it is unknown whether the rest belongs to the same version, so the download cannot be resumed.
  const parts = { clock: http.clock, settings: http.settings, signal, doing: blob.doing };
  return new ResumableStream(first.body, { ...parts, resume: etag === null ? null : resume });
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
    // Azure Storage answers 403 to an expired or unknown SAS.
    if (!hasStatus(error, 403) && !hasStatus(error, 401)) throw error;
  }
  try {
    return await open(true);
  } catch (error) {
    if (!hasStatus(error, 401) || !isSourceFailure(error)) throw error;
    // The storage account's refusal says nothing about the workspace's token.
    const message = `The storage account behind the workspace refused access while ${blob.doing}.`;
    throw new ServiceFailure('Studio', 'forbidden', message, { status: 401, serviceMessage: error.serviceMessage });
  }
}

/**
 * Accepts a body unless it does not seem to be the file. A size that differs from Studio's is accepted when the storage
 * returns it twice for the same ETag; a web page only when it has exactly the size that Studio returned. Azure Storage
 * sends an ETag with every blob, so a body with neither ETag nor known size is something else, such as an error in JSON.
 */
function acceptStart(blob: Blob): (opened: Opened) => Opened {
  let previousEtag: string | null = null;
  return (opened) => {
    const { response, body } = opened;
    const sizeMatches = blob.sizeBytes === body.length;
    const sizeDiffers = blob.sizeBytes !== null && body.length !== null && !sizeMatches;
    const etag = response.headers.get('ETag') ?? null;
    const confirmed = etag !== null && etag === previousEtag;
    previousEtag = etag;
    if (isWebPage(response) && !sizeMatches) throw discard(opened, 'a web page instead of the file');
    if (sizeDiffers && !confirmed) throw discard(opened, 'not the size that Studio announced');
    if (etag === null && blob.sizeBytes === null) throw discard(opened, 'something else instead of the file');
    // Without an announced length the size from Studio is expected.
    return { response, body: { stream: body.stream, length: body.length ?? blob.sizeBytes } };
  };
}

/** Accepts the rest of a body when it belongs to the same file. Throws ServiceFailure, or BadAnswer. */
function acceptRest(opened: Opened, position: number, etag: string | null, doing: string): Body {
  const { response, body } = opened;
  const newEtag = response.headers.get('ETag') ?? null;
  if (newEtag === null) throw discard(opened, 'not the file');
  const start = /^bytes (\d+)-/.exec(response.headers.get('Content-Range') ?? '')?.[1];
  const isRest = response.status === 206 && Number(start) === position;
  if (newEtag === etag && isRest) return body;
  body.stream.destroy();
  const why = newEtag === etag ? 'the rest of the file was not sent' : 'the file changed while it was read';
  throw unreadable({ doing }, why, response.status);
}

function discard({ body }: Opened, why: string): BadAnswer {
  body.stream.destroy();
  return new BadAnswer(why);
}
