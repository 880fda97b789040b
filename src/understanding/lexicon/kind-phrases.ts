import { distance } from 'fastest-levenshtein';
import type { AssetKind } from '../../domain/assets.ts';
import type { Token } from '../token.ts';
import { kindsInOtherLanguages } from './kinds-in-other-languages.ts';

/** Kinds of today's Azure Machine Learning that people name although Studio (classic) has none of them. */
type LaterKind = 'job' | 'component' | 'environment' | 'endpoint' | 'datastore';
export type NamedKind = AssetKind | LaterKind;

/** The same, for a look-up. */
export const laterKinds: ReadonlySet<string> = new Set<LaterKind>([
  'job',
  'component',
  'environment',
  'endpoint',
  'datastore',
]);

/** Words that say a kind: `[first token, end)` of the message, and whether they are a plural. */
export interface KindPhrase {
  readonly kind: NamedKind | 'workspace' | 'asset';
  readonly plural: boolean;
  readonly start: number;
  readonly end: number;
}

/** How people write each kind, shortened and misspelt forms among them. A plural ends in "s" unless it is listed. */
const phrases: Readonly<Record<KindPhrase['kind'], string>> = {
  dataset:
    'dataset|data set|data-set|data asset|datset|datasset|dataaset|datasat|datase|dtaset|datatset|ds|dset|datafile',
  experiment: 'experiment|experment|experiement|expirement|experimnt|expriment|exp|expt|exper|pipeline experiment',
  module: 'module|modul|mod',
  model: 'model|modle|modell|mdl|trained model',
  transform: 'transform|transformation|tranform|transfrom|trasform',
  webservice:
    'webservice|web service|web-service|websvc|webservce|web servce|web serivce|webserivce|web svc|ws endpoint',
  project: 'project|projekt|proj|porject|projct',
  notebook: 'notebook|note book|notbook|noteboook|nb|ipynb|jupyter',
  job: 'job|run',
  component: 'component|compnent|componet|comp',
  environment: 'environment|env|enviroment|enviornment',
  endpoint: 'endpoint|end point|end-point|ep|endpont',
  datastore: 'datastore|data store|data-store|dstore',
  workspace:
    'workspace|work space|work-space|ws|wks|wrkspace|worskpace|workpace|workspce|wokspace|worksapce|wrkspc|wspace',
  asset: 'asset|item|thing|object|artifact|artefact|resource',
};

interface Entry {
  readonly words: readonly string[];
  readonly kind: KindPhrase['kind'];
  readonly plural: boolean;
}

const byFirst = new Map<string, Entry[]>();
for (const [kind, forms] of Object.entries(phrases) as [KindPhrase['kind'], string][]) {
  for (const form of forms.split('|')) {
    add(kind, form, false);
    add(kind, `${form}s`, true);
  }
}
const inOtherLanguages: Partial<Record<KindPhrase['kind'], { readonly one: string; readonly several: string }>> =
  kindsInOtherLanguages;
for (const [kind, { one, several }] of Object.entries(inOtherLanguages)) {
  for (const [list, plural] of [[one, false] as const, [several, true] as const]) {
    const forms = list.split('|').map((form) => form.trim());
    // Many people leave out the accents.
    for (const form of new Set(forms.flatMap((each) => [each, withoutAccents(each)])))
      if (!hasForm(form)) add(kind as KindPhrase['kind'], form, plural);
  }
}

function withoutAccents(form: string): string {
  return form.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('ł', 'l');
}

/** The first meaning of a form counts: "module" is one in English and several in German; "experience" is none. */
function hasForm(form: string): boolean {
  if (form === 'experience' || form === 'experiences') return true;
  return byFirst.get(form.split(' ')[0] ?? '')?.some(({ words }) => words.join(' ') === form) === true;
}

function add(kind: KindPhrase['kind'], form: string, plural: boolean): void {
  const words = form.split(' ');
  const first = words[0] ?? '';
  const entries = byFirst.get(first) ?? [];
  entries.push({ words, kind, plural });
  entries.sort((a, b) => b.words.length - a.words.length);
  byFirst.set(first, entries);
}

/** The kind phrase that begins at this token, the longest one; null inside quotations and where there is none. */
export function kindPhraseAt(tokens: readonly Token[], index: number): KindPhrase | null {
  const first = tokens[index];
  if (first === undefined || first.quotation !== 0) return null;
  const start = withoutElision(first.lower);
  for (const { words, kind, plural } of byFirst.get(start) ?? []) {
    if (words.every((word, offset) => offset === 0 || tokens[index + offset]?.lower === word)) {
      return { kind, plural, start: index, end: index + words.length };
    }
  }
  return misspeltAt(first, index) ?? misspeltService(tokens, index);
}

/** "Web servcies". */
function misspeltService(tokens: readonly Token[], index: number): KindPhrase | null {
  const word = tokens[index + 1]?.lower ?? '';
  if (tokens[index]?.lower !== 'web' || !word.startsWith('se') || word.length < 6 || word.length > 10) return null;
  const form = ['service', 'services'].find((each) => distance(word, each) <= 2);
  return form === undefined ? null : { kind: 'webservice', plural: word.endsWith('s'), start: index, end: index + 2 };
}

const elisions = new Set('l d un dell all nell sull dall quell qu'.split(' '));

/** "L'esperimento", "d'expériences": without an article or a preposition that lost its vowel. */
function withoutElision(word: string): string {
  const at = word.search(/['’]/u);
  return at > 0 && elisions.has(word.slice(0, at)) ? word.slice(at + 1) : word;
}

/** The forms that a misspelling is compared with: long enough that one or two wrong letters leave no other word. */
const correctForms: readonly (readonly [form: string, kind: KindPhrase['kind'], plural: boolean])[] = (
  [
    'dataset',
    'experiment',
    'transform',
    'webservice',
    'project',
    'notebook',
    'component',
    'environment',
    'endpoint',
    'datastore',
    'workspace',
  ] as const
).flatMap((kind) => [[kind, kind, false] as const, [`${kind}s`, kind, true] as const]);
/** Real words that are near a kind's word. */
const otherWords = new Set(
  `experimental experimentally modelling modeling projection projector projects projected transfer transfers endpoints
  datasets database databases transformed transformer components exponent opponent compound`.split(/\s+/u),
);

function misspeltAt({ lower, type }: Token, index: number): KindPhrase | null {
  if (type !== 'word' || lower.length < 6 || lower.length > 13 || otherWords.has(lower)) return null;
  for (const [form, kind, plural] of correctForms) {
    const allowed = form.length >= 8 ? 2 : 1;
    if (Math.abs(form.length - lower.length) > allowed || form.charAt(0) !== lower.charAt(0)) continue;
    const cost = distance(lower, form);
    if (cost <= allowed || (cost === 2 && isSwap(lower, form))) return { kind, plural, start: index, end: index + 1 };
  }
  return null;
}

/** True when two neighbouring letters are exchanged and nothing else. */
function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at + 1 < a.length; at += 1) {
    if (a.charAt(at) === b.charAt(at)) continue;
    return (
      a.charAt(at) === b.charAt(at + 1) && a.charAt(at + 1) === b.charAt(at) && a.slice(at + 2) === b.slice(at + 2)
    );
  }
  return false;
}
