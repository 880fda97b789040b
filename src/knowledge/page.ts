import { z } from 'zod';

/** The audience of a part of a page: people with this account type or role. */
const audiences = ['guest', 'free', 'standard', 'owner', 'member'] as const;
export type PageAudience = (typeof audiences)[number];

/** A paragraph or an item of a list, as plain text. */
export interface Passage {
  readonly form: 'paragraph' | 'item';
  readonly text: string;
  /** Empty when the passage is for everybody. */
  readonly for: readonly PageAudience[];
}

const list = (separator: RegExp) => z.string().transform((text) => text.split(separator).map((item) => item.trim()));

const frontMatter = z.strictObject({
  /** The name of the file without its extension. */
  id: z.string().regex(/^[a-z]+(?:-[a-z]+)*$/u),
  /** The question that the page answers, as a person would ask it. Shown as a suggestion. */
  title: z.string().endsWith('?').max(90),
  /** The date on which somebody last compared the page with its sources. */
  reviewed: z.iso.date(),
  sources: list(/;/u).pipe(z.array(z.string().min(1)).min(1)),
  /** The intended readers; for reviewers. */
  audience: z.enum(['everyone', 'owner', 'helpdesk']),
  /** The account types that the page is about; empty for all. */
  accounts: list(/,/u)
    .pipe(z.array(z.enum(['guest', 'free', 'standard'])))
    .default([]),
  /** What the person may want to write next; offered as a button. */
  next: z.string().min(1).max(60),
  /** Ids of pages whose questions are offered after this answer. */
  related: list(/,/u).pipe(z.array(z.string()).max(3)),
});

/** A reviewed page. */
export interface Page extends Readonly<z.output<typeof frontMatter>> {
  readonly passages: readonly Passage[];
  /** Other wordings of its question, for training only; never shown. */
  readonly wordings: readonly string[];
}

/** A page has an invalid format; `message` says which page and why, for its editors. */
export class PageError extends Error {
  override readonly name = 'PageError';
}

/**
 * Parses a page: lines of `key: value` between two lines of three hyphens, then paragraphs, lists with hyphens, and
 * headings that limit what follows to an audience ("## free standard"). `wordings` has one wording per line. Throws
 * PageError.
 */
export function parsePage(file: string, text: string, wordings: string): Page {
  const [before, head, ...rest] = text.split(/^---\r?\n/mu);
  if (before !== '' || head === undefined || rest.length === 0) throw new PageError(`${file}: has no front matter`);
  const body = rest.join('---\n');
  const pairs = linesOf(head).map((line) => [line.split(':', 1)[0] ?? '', line.slice(line.indexOf(':') + 1).trim()]);
  const read = frontMatter.safeParse(Object.fromEntries(pairs));
  if (!read.success) throw new PageError(`${file}: ${z.prettifyError(read.error)}`);
  if (`${read.data.id}.md` !== file) throw new PageError(`${file}: its id is ${read.data.id}`);
  return { ...read.data, passages: passagesOf(file, body), wordings: linesOf(wordings) };
}

/** The non-empty lines of a text. */
export function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function passagesOf(file: string, body: string): Passage[] {
  const passages: Passage[] = [];
  let audience: readonly PageAudience[] = [];
  for (const block of body.split(/\n(?:[^\S\n]*\n)+/u)) {
    const lines = block.split(/\r?\n/u).filter((line) => line.trim() !== '');
    if (lines[0]?.startsWith('#')) audience = audiencesOf(file, lines.shift() ?? '');
    if (lines.length === 0) continue;
    const isList = lines[0]?.startsWith('- ') === true;
    const texts = isList ? itemsOf(lines) : [lines.join(' ')];
    passages.push(...texts.map((text) => ({ form: isList ? 'item' : 'paragraph', text, for: audience }) as const));
  }
  if (passages.length === 0) throw new PageError(`${file}: says nothing`);
  return passages;
}

function itemsOf(lines: readonly string[]): string[] {
  const items: string[] = [];
  for (const line of lines) {
    if (line.startsWith('- ')) items.push(line.slice(2).trim());
    else items.push(`${items.pop() ?? ''} ${line.trim()}`);
  }
  return items;
}

function audiencesOf(file: string, line: string): PageAudience[] {
  return line
    .replace(/^#+/u, '')
    .trim()
    .split(/\s+/u)
    .map((word) => {
      const known = audiences.find((each) => each === word);
      if (known === undefined) throw new PageError(`${file}: “${word}” is not a known heading`);
      return known;
    });
}
