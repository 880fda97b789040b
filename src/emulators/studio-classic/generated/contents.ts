import { seededRandom } from '../../server/seeded-random.ts';
import { mixed } from './ids.ts';
import { rowBytes } from './sizes.ts';

const rowsInBlock = 1_024;
const blockBytes = rowsInBlock * rowBytes;
const numberDigits = 10;

/** Column separators, by data type. */
const separators: Readonly<Record<string, string>> = { GenericCSV: ',', GenericTSV: '\t', PlainText: ' ' };

/** True for data types whose contents are rows of text. */
export function isTable(fileType: string): boolean {
  return fileType in separators;
}

/**
 * The bytes of generated content from `start` up to, but not including, `end`. They depend on type, `key` and position
 * alone, so any range can be made without the bytes before it, and only one block is in memory at a time.
 */
export function* generatedPieces(fileType: string, key: number, start: number, end: number): Generator<Buffer> {
  const separator = separators[fileType];
  const make = separator === undefined ? noiseBlock : (of: number, index: number) => rowBlock(separator, of, index);
  for (let at = start; at < end; ) {
    const index = Math.floor(at / blockBytes);
    const block = make(key, index);
    const first = at - index * blockBytes;
    const piece = block.subarray(first, Math.min(blockBytes, first + end - at));
    yield piece;
    at += piece.length;
  }
}

/** The columns of every generated table. */
export const columns = ['number', 'city', 'plan', 'months', 'charge', 'churned', 'note'];
const cities = ['Zürich', 'São Paulo', 'Kraków', 'Portland', 'Nairobi', '東京', 'Lyon', 'Oslo', 'Pune', 'Austin'];
const plans = ['Basic', 'Plus', 'Family', 'Business'];
const words = 'on time but the box was open and nobody answered for two days so we sent it back again'.split(' ');

/**
 * A row is its number and one of this many prepared endings. They are more than fit into the window of deflate, so
 * tables do not compress unrealistically well.
 */
const endingCount = 4_096;
const endings = new Map<string, Buffer>();

function endingsFor(separator: string): Buffer {
  const known = endings.get(separator);
  if (known) return known;
  const chance = seededRandom(20_190_620);
  const one = (values: readonly string[]) => values[Math.floor(chance() * values.length)] ?? '';
  const rows = Array.from({ length: endingCount }, () => {
    const cells = ['', one(cities), one(plans), String(Math.floor(chance() * 72)), (chance() * 180).toFixed(2)];
    const start = `${[...cells, chance() < 0.14 ? '1' : '0'].join(separator)}${separator}`;
    return filled(start, () => one(words), rowBytes - numberDigits);
  });
  const made = Buffer.concat(rows);
  endings.set(separator, made);
  return made;
}

/** A line of exactly `bytes` bytes, including its line end, padded with words. */
function filled(start: string, word: () => string, bytes: number): Buffer {
  let text = start;
  while (Buffer.byteLength(text) < bytes) text += `${word()} `;
  // The cut is always within the padding at the end, which is ASCII.
  const row = Buffer.from(text).subarray(0, bytes);
  row[bytes - 1] = 0x0a;
  return row;
}

function rowBlock(separator: string, key: number, index: number): Buffer {
  const pool = endingsFor(separator);
  const endingBytes = rowBytes - numberDigits;
  const block = Buffer.allocUnsafe(blockBytes);
  let chance = mixed(key, index);
  for (let row = 0; row < rowsInBlock; row += 1) {
    const at = row * rowBytes;
    let number = index * rowsInBlock + row;
    for (let digit = numberDigits - 1; digit >= 0; digit -= 1) {
      block[at + digit] = 0x30 + (number % 10);
      number = Math.floor(number / 10);
    }
    chance = (Math.imul(chance, 1_664_525) + 1_013_904_223) >>> 0;
    const ending = (chance >>> 20) % endingCount;
    pool.copy(block, at + numberDigits, ending * endingBytes, (ending + 1) * endingBytes);
  }
  if (index === 0) filled(columns.join(separator), () => ' ', rowBytes).copy(block);
  return block;
}

let noise: Buffer | null = null;
const noiseBytes = 16 * blockBytes;

/** Incompressible bytes: a slice of one long pseudo-random buffer, at another offset for every block of every file. */
function noiseBlock(key: number, index: number): Buffer {
  noise ??= makeNoise();
  const start = mixed(key, index) % (noiseBytes - blockBytes);
  if (index > 0) return noise.subarray(start, start + blockBytes);
  const first = Buffer.from(noise.subarray(start, start + blockBytes));
  first.writeUInt32LE(key, 0);
  return first;
}

function makeNoise(): Buffer {
  const bytes = Buffer.alloc(noiseBytes);
  for (let at = 0; at < noiseBytes; at += 4) bytes.writeUInt32LE(mixed(at, 77), at);
  return bytes;
}
