import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type GeneratedCounts,
  type GeneratedKind,
  generatedKinds,
  shareOut,
} from '../emulators/studio-classic/generated/plan.ts';
import { readArguments } from './arguments.ts';
import { generatedWorkspace, slugOf, type WorkspaceOptions } from './generated-workspace.ts';

const usage = `Describes a sample workspace of any size. The next npm start serves it.

  npm run local:workspace -- --assets 100000 --bytes 2GiB --type free [--seed 7] [--name "Big lab"]

  --assets  total number of assets (default 1000)
  --kinds   exact numbers for some kinds, such as datasets=500,experiments=20; the rest of --assets goes to the others
            kinds: ${generatedKinds.join(', ')}
  --bytes   total size of datasets, models and transforms, such as 500, 20MB or 2GiB (default 10MB)
  --type    free, guest or standard (default free)
  --seed    a whole number; the same arguments give exactly the same workspace (default 1)
  --name    name of the workspace (default "Generated", the number of assets and the seed)
  --owner   e-mail address of the owner (default alexw@example.com)
  --data    data folder of npm start (default .data/local)

Only a description is written. The assets are generated when they are read.`;

/** Bytes per unit, by its name in lower case. */
const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

const values = readArguments(usage, {
  assets: { type: 'string' },
  kinds: { type: 'string', default: '' },
  bytes: { type: 'string', default: '10MB' },
  type: { type: 'string', default: 'free' },
  seed: { type: 'string', default: '1' },
  name: { type: 'string' },
  owner: { type: 'string', default: 'alexw@example.com' },
  data: { type: 'string', default: path.join('.data', 'local') },
  help: { type: 'boolean', short: 'h' },
});

await run().catch(fail);

async function run(): Promise<void> {
  const fixed = countsByKind(values.kinds);
  const sum = Object.values(fixed).reduce((total, count) => total + count, 0);
  const assets = values.assets === undefined ? sum || 1_000 : wholeNumber('assets', values.assets);
  const seed = wholeNumber('seed', values.seed);
  const wish: WorkspaceOptions = {
    name: values.name ?? `Generated ${assets}${seed === 1 ? '' : ` seed ${seed}`}`,
    type: typeOf(values.type),
    owner: values.owner,
    counts: shareOut(assets, values.assets === undefined && sum > 0 ? { ...zeroCounts(), ...fixed } : fixed),
    bytes: bytesOf(values.bytes),
    seed,
  };
  const folder = path.resolve(values.data, 'workspaces', slugOf(wish.name));
  const text = `${JSON.stringify(generatedWorkspace(wish), null, 2)}\n`;
  await writeDescription(path.join(folder, 'workspace.json'), text, wish.name);
  const counts = generatedKinds.filter((kind) => wish.counts[kind] > 0);
  say(`The workspace “${wish.name}” is described in ${folder}:`);
  say(`  ${counts.map((kind) => `${wish.counts[kind]} ${kind}`).join(', ')}; ${wish.bytes} bytes; owner ${wish.owner}`);
  say(
    'Start the product with npm start (if it is running, stop it with Ctrl-C first) and write to the bot, for example:',
  );
  say(`  list my datasets in workspace "${wish.name}"\n  export workspace "${wish.name}"`);
}

/** Refuses to replace a different workspace of the same name, since people could not tell the two apart. */
async function writeDescription(file: string, text: string, name: string): Promise<void> {
  const before = await readFile(file, 'utf8').catch(() => null);
  if (before !== null && before !== text) {
    throw new RangeError(`A different workspace “${name}” exists in ${path.dirname(file)}. Choose another --name.`);
  }
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

function countsByKind(text: string): Partial<GeneratedCounts> {
  const counts: Partial<GeneratedCounts> = {};
  for (const part of text.split(',').filter((one) => one.trim() !== '')) {
    const [kind = '', count = ''] = part.split('=').map((side) => side.trim());
    if (!isKind(kind)) throw new RangeError(`--kinds accepts ${generatedKinds.join(', ')}, not "${kind}".`);
    counts[kind] = wholeNumber('kinds', count);
  }
  return counts;
}

function isKind(word: string): word is GeneratedKind {
  return (generatedKinds as readonly string[]).includes(word);
}

function zeroCounts(): GeneratedCounts {
  return shareOut(0, {});
}

function typeOf(word: string): WorkspaceOptions['type'] {
  if (word === 'free' || word === 'guest' || word === 'standard') return word;
  throw new RangeError(`--type must be free, guest or standard, not "${word}".`);
}

function bytesOf(text: string): number {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/iu.exec(text) ?? [];
  const factor = units[unit.toLowerCase()];
  if (number === '' || factor === undefined)
    throw new RangeError(`--bytes must be a size such as 2GiB, not "${text}".`);
  return Math.round(Number(number) * factor);
}

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,10}$/u.test(text)) return Number(text);
  throw new RangeError(`--${name} must be a whole number, not "${text}".`);
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
