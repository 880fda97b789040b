import type { AssetKind } from '../../domain/assets.ts';
import { kinds } from '../../sources/registry.ts';

/** A kind word found in a sentence: what it means, how many words it takes, and whether it is a plural. */
interface KindWord {
  readonly kind: AssetKind | 'workspace';
  readonly plural: boolean;
  readonly length: number;
}

const workspacePhrases = [
  'workspace',
  'work space',
  'ml workspace',
  'studio workspace',
  'machine learning workspace',
  'azure ml workspace',
  'azure workspace',
];

const singulars: readonly (readonly [phrase: string, kind: AssetKind | 'workspace'])[] = [
  ...kinds.flatMap(({ id, synonyms }) => synonyms.map((phrase) => [phrase, id] as const)),
  ...workspacePhrases.map((phrase) => [phrase, 'workspace'] as const),
];

const byFirst = new Map<string, { words: readonly string[]; kind: AssetKind | 'workspace'; plural: boolean }[]>();
for (const [phrase, kind] of singulars) {
  const words = phrase.split(' ');
  add(words, kind, false);
  add([...words.slice(0, -1), `${words.at(-1) ?? ''}s`], kind, true);
}

function add(words: readonly string[], kind: AssetKind | 'workspace', plural: boolean): void {
  const first = words[0] ?? '';
  byFirst.set(
    first,
    [...(byFirst.get(first) ?? []), { words, kind, plural }].sort((a, b) => b.words.length - a.words.length),
  );
}

/** The kind word that begins at `index` of the words, the longest one; null when there is none. */
export function kindAt(wordAt: (index: number) => string, index: number): KindWord | null {
  for (const entry of byFirst.get(wordAt(index)) ?? []) {
    if (entry.words.every((word, offset) => wordAt(index + offset) === word)) {
      return { kind: entry.kind, plural: entry.plural, length: entry.words.length };
    }
  }
  return null;
}
