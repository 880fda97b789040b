import { createHash } from 'node:crypto';
import type { Call } from '../../server/call.ts';
import type { Reply } from '../../server/reply.ts';
import type { GeneratedFile, GeneratedFiles } from './files.ts';

/** The storage service stores a checksum only for blobs that were uploaded in one request. */
const checksumBytes = 4 << 20;

/** Responds for a generated file as the storage service does: ranges, conditions, checksum, errors in XML. */
export function answerGeneratedBlob(call: Call, location: string, files: GeneratedFiles): Reply {
  if (call.method !== 'GET' && call.method !== 'HEAD') return failure(405, 'UnsupportedHttpVerb');
  if (!files.isOpenedBy(location, (name) => call.query(name))) return failure(403, 'AuthenticationFailed');
  const file = files.find(location);
  if (!file) return failure(404, 'BlobNotFound');
  const etag = `"0x${file.key.toString(16).toUpperCase().padStart(8, '0')}${file.sizeBytes.toString(16).toUpperCase()}"`;
  const { headers } = call.request;
  const condition = headers['if-match'];
  if (condition !== undefined && condition !== '*' && condition !== etag) return failure(412, 'ConditionNotMet');
  const wanted = headers['x-ms-range'] ?? headers.range;
  const range = rangeOf(typeof wanted === 'string' ? wanted : null, file.sizeBytes);
  if (range === null) return failure(416, 'InvalidRange');
  const { start, end, partial } = range;
  const checksum = checksumOf(files, file);
  return {
    status: partial ? 206 : 200,
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(end - start),
      ETag: etag,
      'Accept-Ranges': 'bytes',
      'x-ms-blob-type': 'BlockBlob',
      ...(partial ? { 'Content-Range': `bytes ${start}-${end - 1}/${file.sizeBytes}` } : {}),
      ...(checksum === null ? {} : { [partial ? 'x-ms-blob-content-md5' : 'Content-MD5']: checksum }),
    },
    body: call.method === 'HEAD' ? '' : files.read(file, start, end),
  };
}

function checksumOf(files: GeneratedFiles, file: GeneratedFile): string | null {
  if (file.sizeBytes > checksumBytes) return null;
  const hash = createHash('md5');
  for (const piece of files.pieces(file)) hash.update(piece);
  return hash.digest('base64');
}

/** The range that a Range header asks for; null when it is outside the file. A header in another format is ignored. */
function rangeOf(header: string | null, size: number): { start: number; end: number; partial: boolean } | null {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/u.exec(header ?? '') ?? [];
  if (first === undefined) return { start: 0, end: size, partial: false };
  const start = Number(first);
  const end = last ? Math.min(size, Number(last) + 1) : size;
  return start >= size || end <= start ? null : { start, end, partial: true };
}

function failure(status: number, code: string): Reply {
  const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
  return { status, headers: { 'Content-Type': 'application/xml', 'x-ms-error-code': code }, body };
}
