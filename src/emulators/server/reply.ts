import { Readable } from 'node:stream';

/** A response of the emulator. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | Readable;
}

const jsonType = { 'Content-Type': 'application/json; charset=utf-8' };

export function jsonReply(value: unknown, status = 200): Reply {
  return { status, headers: jsonType, body: JSON.stringify(value) };
}

/** A JSON array that is serialised item by item, so that a long list is never in memory as one text. */
export function arrayReply(items: Iterable<unknown>): Reply {
  return { status: 200, headers: jsonType, body: Readable.from(arrayText(items), { objectMode: false }) };
}

/** The response to a deletion. */
export function emptyReply(status = 200): Reply {
  return { status, headers: { 'Content-Length': '0' }, body: '' };
}

export function streamReply(body: Readable, sizeBytes: number): Reply {
  const headers = { 'Content-Type': 'application/octet-stream', 'Content-Length': String(sizeBytes) };
  return { status: 200, headers, body };
}

const chunkCharacters = 32_768;

function* arrayText(items: Iterable<unknown>): Generator<string> {
  let text = '[';
  let first = true;
  for (const item of items) {
    text += (first ? '' : ',') + JSON.stringify(item);
    first = false;
    if (text.length > chunkCharacters) {
      yield text;
      text = '';
    }
  }
  yield `${text}]`;
}
