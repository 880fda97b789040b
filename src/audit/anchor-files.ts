import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Anchor } from '../domain/audit-verification.ts';
import { parseAnchors } from './anchor-shape.ts';

/** A file that was given as an anchor holds none. */
export class AnchorFileError extends Error {
  override readonly name = 'AnchorFileError';
}

/**
 * Reads anchors from a file, or from all `.json` files of a folder, as downloaded from their container. Throws
 * AnchorFileError for a file that is no anchor, for a folder without any, and when nothing is there.
 */
export async function readAnchorFiles(path: string): Promise<readonly Anchor[]> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw new AnchorFileError(`There is no file or folder ${path}.`);
  const files = found.isDirectory() ? (await readdir(path, { recursive: true })).sort() : [''];
  const anchors: Anchor[] = [];
  for (const file of files) {
    if (file !== '' && !file.endsWith('.json')) continue;
    const full = join(path, file);
    const own = parseAnchors(await readFile(full, 'utf8'));
    if (own === null) throw new AnchorFileError(`The file ${full} is no anchor.`);
    anchors.push(...own);
  }
  if (anchors.length === 0) throw new AnchorFileError(`There is no anchor in ${path}.`);
  return anchors;
}
