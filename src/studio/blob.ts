import type { Readable } from 'node:stream';
import { type AssetFile, SourceError } from '../domain/asset-source.ts';
import { BadAnswer, rereading } from './http/bad-answer.ts';
import { unreadable } from './http/failures.ts';
import { type Body, SteadyStream } from './http/steady-stream.ts';
import { contentLength, hasStatus, isWebPage, type StudioHttp } from './http/studio-http.ts';
import type { Endpoint } from './payload-fields.ts';

/** A blob that Studio points to. */
export interface Blob {
  /** The location that came with the asset's description, or a fresh one (with a fresh SAS). */
  locate(fresh: boolean, signal: AbortSignal): Promise<Endpoint>;
  /** What is read, for messages: "reading the dataset “x”". */
  readonly doing: string;
}

/** The address of a blob without its credential, for manifests. */
export function blobAddress(endpoint: Endpoint): string {
  return endpoint.BaseUri + endpoint.Location;
}

/**
 * Opens a blob: plain concatenation of base, location and credential, without an authentication header (the way of
 * every known client). A refused credential is renewed once. Throws SourceError before the first byte for whatever
 * is no blob; later failures come out of the stream, after it has been taken up again as often as allowed.
 */
async function openBlob(http: StudioHttp, blob: Blob, signal: AbortSignal): Promise<Readable> {
  const call = { doing: blob.doing, signal };
  const first = await rereading(http, call, () => connect(http, blob, 0, null, signal));
  return new SteadyStream(first.body, {
    clock: http.clock,
    settings: http.settings,
    signal,
    doing: blob.doing,
    // Without an ETag nobody can tell whether the rest belongs to what was read before.
    resume:
      first.etag === null ? null : async (position) => (await connect(http, blob, position, first.etag, signal)).body,
  });
}

async function connect(
  http: StudioHttp,
  blob: Blob,
  position: number,
  etag: string | null,
  signal: AbortSignal,
): Promise<{ readonly body: Body; readonly etag: string | null }> {
  try {
    return await request(http, blob, await blob.locate(false, signal), position, etag, signal);
  } catch (error) {
    // Azure Storage says 403 to an expired or unknown SAS.
    if (!hasStatus(error, 403) && !hasStatus(error, 401)) throw storageRefusal(error, blob);
  }
  try {
    return await request(http, blob, await blob.locate(true, signal), position, etag, signal);
  } catch (error) {
    throw storageRefusal(error, blob);
  }
}

/** A refusal by the storage account says nothing about the workspace's token. */
function storageRefusal(error: unknown, blob: Blob): unknown {
  if (!hasStatus(error, 401) || !(error instanceof SourceError)) return error;
  const message = `The storage account behind the workspace refused access while ${blob.doing}.`;
  return new SourceError('forbidden', message, { status: 401, serviceMessage: error.serviceMessage });
}

async function request(
  http: StudioHttp,
  blob: Blob,
  endpoint: Endpoint,
  position: number,
  etag: string | null,
  signal: AbortSignal,
): Promise<{ readonly body: Body; readonly etag: string | null }> {
  const headers: Record<string, string> = {};
  if (position > 0) headers.Range = `bytes=${position}-`;
  if (position > 0 && etag !== null) headers['If-Match'] = etag;
  const { doing } = blob;
  const { response, body } = await http.open({ ...blobCall(endpoint, 'GET', doing), headers, signal });
  const refuse = (why: string): SourceError => {
    body.stream.destroy();
    return unreadable(doing, why, response.status);
  };
  // Somebody's dataset may be a web page itself; then it has the size that Studio told.
  const asTold = endpoint.Size > 0 && contentLength(response) === endpoint.Size;
  if (isWebPage(response) && !asTold && position === 0) {
    body.stream.destroy();
    throw new BadAnswer('a web page instead of the file');
  }
  const answeredEtag = response.headers.get('ETag') ?? null;
  if (position === 0) return { body, etag: answeredEtag };
  if (answeredEtag !== etag) throw refuse('the file changed while it was read');
  const begins = /^bytes (\d+)-/.exec(response.headers.get('Content-Range') ?? '')?.[1];
  if (response.status !== 206 || Number(begins) !== position) throw refuse('the rest of the file was not sent');
  return { body, etag };
}

function blobCall<Method extends 'GET' | 'HEAD'>(endpoint: Endpoint, method: Method, doing: string) {
  const address = blobAddress(endpoint) + endpoint.AccessCredential;
  if (!URL.canParse(address) || !/^https?:/.test(address)) throw unreadable(doing, 'it named no address of the file');
  return { pipeline: 'blobs', method, url: new URL(address), doing, secrets: [endpoint.AccessCredential] } as const;
}

/**
 * The endpoint with its size where the service did not tell it; null when the blob is not there any more.
 * Throws SourceError.
 */
export async function sizedEndpoint(
  http: StudioHttp,
  endpoint: Endpoint,
  doing: string,
  signal: AbortSignal,
): Promise<Endpoint | null> {
  try {
    const response = await http.send({ ...blobCall(endpoint, 'HEAD', doing), headers: {}, signal });
    return { ...endpoint, Size: contentLength(response) ?? endpoint.Size };
  } catch (error) {
    if (hasStatus(error, 404)) return null;
    throw error;
  }
}

/** An export file whose bytes are a blob. */
export function blobFile(
  http: StudioHttp,
  blob: Blob,
  file: Omit<AssetFile, 'open' | 'source'> & { readonly endpoint: Endpoint },
): AssetFile {
  const { endpoint, ...rest } = file;
  return { ...rest, source: blobAddress(endpoint), open: (signal) => openBlob(http, blob, signal) };
}
