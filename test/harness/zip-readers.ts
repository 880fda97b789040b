import { execFile, spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { installDebianPackage, programOnPath } from './debian.ts';

/** What a reader found in a zip. */
export interface ReadZip {
  readonly entries: number;
  readonly bytes: number;
  /** CRC-32 of all contents, in the order of the zip. */
  readonly crc: number;
}

/** An independent program that opens zips. */
export interface ZipReader {
  readonly title: string;
  /** Null, or the reason why it is not available on this machine. */
  readonly missing: string | null;
  /** Reads whole zips; throws when the program reports an error. Null for programs that do not output contents. */
  read(zips: readonly string[]): Promise<readonly (ReadZip | null)[]>;
}

const run = promisify(execFile);
/** The program of libarchive, which reads the entries in sequence instead of the central directory at the end. */
const tar = 'bsdtar';
const lots = { maxBuffer: 64 << 20 };
const javaProgram = fileURLToPath(new URL('../fixtures/java/ZipReader.java', import.meta.url));

const pythonProgram = `
import sys, zipfile, zlib
for name in sys.argv[1:]:
    crc = size = 0
    with zipfile.ZipFile(name) as zip:
        for entry in zip.infolist():
            with zip.open(entry) as content:
                while piece := content.read(1 << 20):
                    crc = zlib.crc32(piece, crc)
                    size += len(piece)
        print(len(zip.infolist()), size, '%x' % crc)
`;

/** The zip readers that people use, as far as they are installed on this machine or can be installed. */
export async function zipReaders(): Promise<readonly ZipReader[]> {
  const unzip = await find('unzip', 'unzip');
  const bsdtar = await find(tar, 'libarchive-tools');
  const sevenZip = await find('7z', 'p7zip-full');
  const python = await find('python3', 'python3');
  // Running a program in a single source file needs a compiler.
  const java = (await programOnPath(['javac'])) === null ? await installed('default-jdk-headless') : null;
  return [
    { title: 'Info-ZIP’s unzip', missing: unzip, read: (zips) => each(zips, testWithUnzip) },
    { title: 'bsdtar from a pipe', missing: bsdtar, read: (zips) => each(zips, readFromPipe) },
    {
      title: '7-Zip',
      missing: sevenZip,
      read: (zips) => each(zips, (zip) => run('7z', ['t', zip], lots).then(() => null)),
    },
    {
      title: 'Python’s zipfile',
      missing: python,
      read: async (zips) => (await lines('python3', ['-c', pythonProgram, ...zips])).map(told),
    },
    {
      title: 'Java’s ZipInputStream and ZipFile',
      missing: java,
      read: async (zips) => {
        const printed = await lines('java', [javaProgram, ...zips]);
        const of = (how: string) =>
          printed.filter((line) => line.startsWith(how)).map((line) => line.slice(how.length));
        const [streams, files] = [of('stream '), of('file ')];
        if (streams.join() !== files.join()) throw new Error(`streams: ${streams}; files: ${files}`);
        return files.map(told);
      },
    },
  ];
}

async function find(program: string, debianPackage: string): Promise<string | null> {
  return (await programOnPath([program])) === null ? installed(debianPackage) : null;
}

function installed(debianPackage: string): Promise<string | null> {
  return installDebianPackage(debianPackage);
}

async function each<T>(zips: readonly string[], read: (zip: string) => Promise<T>): Promise<T[]> {
  const found: T[] = [];
  for (const zip of zips) found.push(await read(zip));
  return found;
}

async function lines(program: string, options: readonly string[]): Promise<string[]> {
  return (await run(program, options, lots)).stdout.trim().split('\n');
}

/** For an empty zip, unzip exits with code 1 and "zipfile is empty". */
async function testWithUnzip(zip: string): Promise<null> {
  await run('unzip', ['-tqq', zip], lots).catch((error: { code?: unknown; stdout?: unknown; stderr?: unknown }) => {
    if (error.code !== 1 || !`${error.stdout}${error.stderr}`.includes('zipfile is empty')) throw error;
  });
  return null;
}

/** Reads the zip as a stream from front to end, like a download that is unpacked while it arrives. */
async function readFromPipe(zip: string): Promise<ReadZip> {
  const names = spawn(tar, ['-tf', '-']);
  let listed = '';
  names.stdout.on('data', (chunk: Buffer) => {
    listed += chunk.toString();
  });
  await Promise.all([ended(names), pipeline(createReadStream(zip), names.stdin)]);
  const contents = spawn(tar, ['-xOf', '-']);
  let bytes = 0;
  let crc = 0;
  contents.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    crc = crc32(chunk, crc);
  });
  await Promise.all([ended(contents), pipeline(createReadStream(zip), contents.stdin)]);
  return { entries: listed.split('\n').length - 1, bytes, crc };
}

function ended(child: ReturnType<typeof spawn>): Promise<void> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 && said === '' ? resolve() : reject(new Error(`bsdtar: ${code} ${said}`)),
    );
  });
}

function told(line: string): ReadZip {
  const [entries, bytes, crc] = line.trim().split(' ');
  return { entries: Number(entries), bytes: Number(bytes), crc: Number.parseInt(crc ?? '', 16) };
}
