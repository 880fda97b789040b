import { readdirSync, readFileSync } from 'node:fs';
import { outsideTopics } from './outside-topics.ts';
import { linesOf, type Page, parsePage } from './page.ts';

/** The files from which all answers are made. */
export interface KnowledgeFiles {
  readonly pages: readonly Page[];
  /** Wordings of questions about topics that no page covers, by the topic's id. */
  readonly outside: ReadonlyMap<string, readonly string[]>;
}

const at = (path: string) => new URL(path, import.meta.url);
const read = (path: string) => readFileSync(at(path), 'utf8');

/**
 * Reads the pages and wordings beside this file; done once, at the start. Throws PageError for an invalid page, and the
 * system's error for a missing file.
 */
export function readKnowledgeFiles(): KnowledgeFiles {
  const files = readdirSync(at('pages/')).filter((file) => file.endsWith('.md'));
  return {
    pages: files
      .sort()
      .map((file) => parsePage(file, read(`pages/${file}`), read(`wordings/${file.slice(0, -3)}.txt`))),
    outside: new Map(outsideTopics.map(({ id }) => [id, linesOf(read(`wordings/outside/${id}.txt`))])),
  };
}
