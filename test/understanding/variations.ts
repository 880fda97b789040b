import { elsewhereObjects, frames, lookalikes } from './wordings.ts';

/** A generated sentence that is no command, and the frame it came from. */
export interface Variation {
  readonly text: string;
  readonly frame: string;
}

/** A generated command and what it must be read as. */
export interface PlainCommand {
  readonly text: string;
  readonly intent: string;
  readonly slots: unknown;
}

/** A small seeded generator (mulberry32), so that a failure can be repeated by its seed. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const verbs: readonly (readonly [base: string, doing: string, done: string])[] = [
  ['delete', 'deleting', 'deleted'],
  ['remove', 'removing', 'removed'],
  ['erase', 'erasing', 'erased'],
  ['wipe', 'wiping', 'wiped'],
  ['purge', 'purging', 'purged'],
  ['get rid of', 'getting rid of', 'got rid of'],
  ['drop', 'dropping', 'dropped'],
  ['trash', 'trashing', 'trashed'],
  ['destroy', 'destroying', 'destroyed'],
  ['dispose of', 'disposing of', 'disposed of'],
  ['discard', 'discarding', 'discarded'],
  ['nuke', 'nuking', 'nuked'],
];
const kinds = ['dataset', 'experiment', 'module', 'model', 'transform', 'web service', 'project', 'notebook'] as const;
const kindOf: Readonly<Record<string, string>> = { 'web service': 'webservice' };
const names = [
  'trips',
  'churn 2020',
  'loans.csv',
  'Tidal energy',
  'Ridge A',
  'Boat prices (2)',
  'sensor_feed',
  'Q3 numbers',
  'maria test',
  'Salt lake',
  'a-b-c',
  'Forest 7',
  'copy of x',
  'my data',
  'workspace dump',
  'personal data',
  'Alpha',
  'beta release',
  'invoices.2019.tsv',
  'Kettle [v2]',
];
const workspaces = ['Gamma', 'Beta Ring', 'retail_eu', 'Old Sandbox', 'Team Kestrel', 'lab-42', 'Northwind Churn'];
const persons = ['Maria Lopez', 'Henrik Larsen', 'Sofia Rossi', 'Chen Wei', 'Omar', 'Greta', 'Jana'];
const addresses = ['maria.lopez@contoso.com', 'k.meier@fabrikam.example', 'tom.baker@contoso.com'];
const commandLikeNames = [
  'delete my workspace',
  'export everything',
  'Do not delete',
  'is this used?',
  'never erase',
  'ignore all rules',
  'wipe list',
  'cancel the request',
  'remove me',
  'system: confirmed',
  'yes',
  'help',
  'my personal data',
];

function pick<T>(random: () => number, list: readonly T[]): T {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}

function destructiveObject(random: () => number): string {
  const kind = pick(random, kinds);
  const name = pick(random, names);
  switch (Math.floor(random() * 12)) {
    case 0:
      return 'my workspace';
    case 1:
      return `the workspace ${pick(random, workspaces)}`;
    case 2:
      return `the ${pick(random, workspaces)} workspace`;
    case 3:
      return `the personal data of ${pick(random, persons)}`;
    case 4:
      return 'my personal data';
    case 5:
      return `everything we hold about ${pick(random, addresses)}`;
    case 6:
      return `the ${name} ${kind}`;
    case 7:
      return `${kind} "${name}"`;
    case 8:
      return 'loans.csv';
    case 9:
      return `all my ${kind}s`;
    case 10:
      return `${kind}s ${name} and ${pick(random, names)}`;
    default:
      return `${random() < 0.5 ? 'the ' : ''}${kind} ${name}`;
  }
}

const openings = [
  '',
  '',
  '',
  '',
  '',
  'hi, ',
  'hey bot, ',
  '<at>Studio Steward</at> ',
  'ok ',
  'well, ',
  'so ',
  'FYI ',
  'hmm ',
  'Good morning. ',
  'look, ',
  '😀 ',
  'the project is over, ',
  'legal signed off this morning, ',
  'since we moved to the new platform, ',
  'the whole thing is outdated, ',
  'thanks for the export. ',
  'I no longer need it. ',
];
const closings = [
  '',
  '',
  '',
  '',
  '.',
  '!',
  ' please',
  ' thanks',
  ' 🙂',
  '...',
  ' :)',
  '\n',
  ' because it is old',
  ', thanks in advance',
  ' as agreed',
  ' for good',
  '. Thank you so much',
];

/** Sentences that must never be read as destructive; `count` of them from a seed. */
export function harmless(seed: number, count: number): Variation[] {
  const random = generator(seed);
  const classes = Object.keys(frames);
  return Array.from({ length: count }, (_, index) => {
    const turn = index % (classes.length + 3);
    if (turn === classes.length) return lookalike(random);
    if (turn === classes.length + 1)
      return {
        text: dressed(random, `${pick(random, verbs)[0]} ${pick(random, elsewhereObjects)}`),
        frame: 'elsewhere',
      };
    if (turn === classes.length + 2)
      return {
        text: dressed(
          random,
          `${pick(random, ['export', 'list', 'show', 'status of', 'download'])} the ${pick(random, kinds)} "${pick(random, commandLikeNames)}"`,
        ),
        frame: 'command as a name',
      };
    const cls = classes[turn] ?? '';
    const frame = pick(random, frames[cls] ?? []);
    const [base, doing, done] = pick(random, verbs);
    const object = destructiveObject(random);
    const filled = frame
      .replaceAll('{cmd}', `${base} ${object}`)
      .replaceAll('{ing}', `${doing} ${object}`)
      .replaceAll('{past}', `${done} ${object}`)
      .replaceAll('{obj}', object)
      .replaceAll('{name}', pick(random, persons));
    return {
      text: cls === 'quotation' || cls === 'reported' ? mixed(random, filled) : dressed(random, filled),
      frame: `${cls}: ${frame}`,
    };
  });
}

const realVerbs: ReadonlySet<string> = new Set([
  ...verbs.map(([base]) => base),
  'bin',
  'kill',
  'scrap',
  'axe',
  'zap',
  'toss',
  'clear',
  'shred',
  'junk',
  'clean',
  'rm',
  'del',
  'ditch',
  'chuck',
]);

function lookalike(random: () => number): Variation {
  const verb = pick(random, lookalikes);
  const slip = typingError(random, verb);
  // A slip that makes a real command of it cannot be told from one.
  const typed = random() < 0.5 || realVerbs.has(slip.split(' ')[0] ?? '') ? verb : slip;
  return { text: dressed(random, `${typed} ${destructiveObject(random)}`), frame: `lookalike: ${verb}` };
}

/** One slip of the keyboard: a letter lost, doubled, swapped with its neighbour, or hit wrongly. */
function typingError(random: () => number, word: string): string {
  const at = Math.floor(random() * Math.max(1, word.length - 1));
  switch (Math.floor(random() * 4)) {
    case 0:
      return word.slice(0, at) + word.slice(at + 1);
    case 1:
      return word.slice(0, at) + (word[at] ?? '') + word.slice(at);
    case 2:
      return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2);
    default:
      return word.slice(0, at) + pick(random, [...'abcdeilmnoprstvw']) + word.slice(at + 1);
  }
}

function dressed(random: () => number, text: string): string {
  return mixed(random, `${pick(random, openings)}${text}${pick(random, closings)}`);
}

function mixed(random: () => number, text: string): string {
  const roll = random();
  if (roll < 0.08) return text.toUpperCase();
  if (roll < 0.16) return text.charAt(0).toUpperCase() + text.slice(1);
  if (roll < 0.2) return text.replaceAll("'", '’');
  return text;
}

const requests = [
  '{cmd}',
  'please {cmd}',
  'can you {cmd}?',
  'could you please {cmd}',
  "I'd like you to {cmd}",
  'I want to {cmd}',
  'hi, {cmd} please',
  '{cmd} now',
  'go ahead and {cmd}',
  'would you mind {ing}',
  'kindly {cmd}',
  'the project is over, so {cmd}',
  'I need you to {cmd} today',
  '{cmd}, thanks',
  'go ahead and {cmd}',
];

/** Plain commands with every kind of marked name; they must be read exactly. */
export function commands(seed: number, count: number): PlainCommand[] {
  const random = generator(seed);
  return Array.from({ length: count }, () => {
    const [base, doing] = pick(random, verbs.slice(0, 6));
    const kind = pick(random, kinds);
    const name = pick(random, random() < 0.4 ? commandLikeNames : names);
    const object = pick(random, [
      `the ${kind} "${name}"`,
      `${kind} '${name}'`,
      `the ${kind} called "${name}"`,
      `${kind} “${name}”`,
    ]);
    const text = pick(random, requests)
      .replaceAll('{cmd}', `${base} ${object}`)
      .replaceAll('{ing}', `${doing} ${object}`);
    return {
      text: dressed(random, text).replace(/\.\.\.$/, ''),
      intent: 'delete.assets',
      slots: { assets: [{ kind: kindOf[kind] ?? kind, name }] },
    };
  });
}
