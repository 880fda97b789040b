import { createReadStream, type Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { generatedContent } from './seed-content.ts';
import { type SeedContent, type WorkspaceSeed, workspaceSeedSchema } from './seed-format.ts';

/** A workspace of a seed, and the folder in which its contents lie. */
export interface SeedWorkspace {
  readonly folder: string;
  readonly seed: WorkspaceSeed;
}

/** A seed that cannot be used. `message` names the file and what is wrong in it. */
export class SeedError extends Error {
  override readonly name = 'SeedError';
}

/**
 * Reads a seed: every folder with a `workspace.json`, in the order of the folders' names.
 * Moments that the seed tells relative to the first start are counted back from `now`.
 */
export async function readSeedFolder(folder: string, now: number): Promise<SeedWorkspace[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new SeedError(`The seed folder ${folder} cannot be read.`, { cause: error });
  });
  const workspaces = await readWorkspaces(folder, entries, now);
  if (workspaces.length === 0) throw new SeedError(`The seed folder ${folder} holds no folder with a workspace.json.`);
  return workspaces;
}

/** Reads workspaces that were added later, if there are any. */
export async function readFurtherSeeds(folder: string, now: number): Promise<SeedWorkspace[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return await readWorkspaces(folder, entries, now);
}

async function readWorkspaces(folder: string, entries: readonly Dirent[], now: number): Promise<SeedWorkspace[]> {
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const workspaces: SeedWorkspace[] = [];
  for (const name of names.sort()) {
    const seed = await readWorkspace(path.join(folder, name, 'workspace.json'), now);
    if (seed) workspaces.push({ folder: path.join(folder, name), seed });
  }
  return workspaces;
}

async function readWorkspace(file: string, now: number): Promise<WorkspaceSeed | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(text, (_key, part: unknown) => momentBefore(part, now));
  } catch (error) {
    throw new SeedError(`${file} is not valid JSON.`, { cause: error });
  }
  const parsed = workspaceSeedSchema.safeParse(value);
  if (!parsed.success) throw new SeedError(`${file} does not fit the seed format:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

const relativeMoment = z.strictObject({ hoursBeforeStart: z.number().nonnegative() });

function momentBefore(part: unknown, now: number): unknown {
  const relative = relativeMoment.safeParse(part);
  return relative.success ? new Date(now - relative.data.hoursBeforeStart * 3_600_000).toISOString() : part;
}

/** Opens the bytes of a content: a file beside the description, a text in it, or generated ones. */
export async function openContent(workspace: SeedWorkspace, content: SeedContent): Promise<Readable> {
  if ('generate' in content) return generatedContent(content.generate);
  if ('text' in content) return Readable.from([Buffer.from(content.text)], { objectMode: false });
  const file = path.resolve(workspace.folder, content.file);
  if (!file.startsWith(path.resolve(workspace.folder) + path.sep)) {
    throw new SeedError(`The content ${content.file} lies outside its workspace's folder.`);
  }
  await stat(file).catch((error: unknown) => {
    throw new SeedError(`The content ${file} cannot be read.`, { cause: error });
  });
  return createReadStream(file);
}
