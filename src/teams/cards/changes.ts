import { z } from 'zod';
import { prose, quoted, type Runs } from './literal.ts';
import { count, kind, name, namedAsset } from './shapes.ts';
import { kindWord, listWords, numberWords } from './words.ts';

const changedAssets = z.object({ count, first: z.array(namedAsset).readonly() });

/** What differs from the preview that was confirmed before; null in a first preview. */
export const changesShape = z
  .object({
    added: changedAssets,
    renamed: z.object({ count, first: z.array(z.strictObject({ kind, name, before: name })).readonly() }),
    updated: changedAssets,
    edited: changedAssets.default({ count: 0, first: [] }),
    gone: changedAssets,
    removal: z.boolean(),
  })
  .nullable()
  .default(null);

type Changes = z.output<typeof changesShape>;

interface ChangesView {
  readonly hasChanged: boolean;
  readonly changes: readonly { readonly words: Runs }[];
}

/** Why the person has to reconfirm: one line per kind of change. */
export function changesView(changes: Changes): ChangesView {
  if (changes === null) return { hasChanged: false, changes: [] };
  const { added, renamed, updated, edited, gone, removal } = changes;
  const lines = [
    line('New since the preview', added.count, added.first.map(shown)),
    line(
      'Renamed',
      renamed.count,
      renamed.first.map((each) => `${shown({ ...each, name: each.before })} → ${quoted(each.name, 40).join('')}`),
    ),
    line('New version', updated.count, updated.first.map(shown)),
    line('Edited since the preview', edited.count, edited.first.map(shown)),
    line('No longer included', gone.count, gone.first.map(shown)),
    ...(removal ? ['How it is deleted, or what is connected to it, is not what the earlier preview showed.'] : []),
  ].filter((words) => words !== '');
  const shownLines = lines.length > 0 ? lines : ['What had changed is now the same as before.'];
  return { hasChanged: true, changes: shownLines.map((words) => ({ words: prose(words) })) };
}

/** First sentence in the summary of a preview that has to be reconfirmed; empty otherwise. */
export function reconfirmWords(changes: Changes): string {
  return changes === null ? '' : 'It changed after you confirmed. ';
}

function shown({ kind: of, name: called }: z.output<typeof namedAsset>): string {
  return `${kindWord(of)} ${quoted(called, 40).join('')}`;
}

function line(what: string, total: number, first: readonly string[]): string {
  if (total === 0) return '';
  const rest = total - first.length;
  return `${what}: ${listWords(rest > 0 ? [...first, `${numberWords(rest)} more`] : first)}.`;
}
