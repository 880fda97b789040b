import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { AuditRow, EntryBody } from '../domain/audit-chain.ts';
import type { Anchor } from '../domain/audit-verification.ts';
import { type ExportProof, exportFormat, type RecordExport } from '../domain/record-export.ts';

/** A file that was given as an export of the record is none. */
export class ExportFileError extends Error {
  override readonly name = 'ExportFileError';
}

const hash = z.string().regex(/^[0-9a-f]{64}$/u);
const entry = z.number().int().positive();
const json = z.record(z.string(), z.json());
const moment = z.iso.datetime().transform((text) => new Date(text));

const shape = z.object({
  format: z.literal(exportFormat),
  exportedAt: z.iso.datetime(),
  head: z.object({ entry: z.number().int().nonnegative(), hash }),
  anchors: z.array(z.object({ entry, hash, at: z.iso.datetime() })),
  people: z.array(z.object({ pseudonym: hash, tenantId: z.string(), objectId: z.string(), salt: z.string() })),
  rows: z.array(
    z.object({
      entry: z.object({ entry, hash, body: json }).nullable(),
      row: z.object({
        sequence: z.number().int(),
        at: moment,
        recordedAt: moment.nullable(),
        tenantId: z.string(),
        actor: z.string(),
        action: z.string(),
        requestNumber: z.number().int().nullable(),
        workspaceId: z.string().nullable(),
        detail: json,
        policyVersion: z.string().nullable(),
        salts: z.record(z.string(), z.string()),
      }),
    }),
  ),
});

/** Reads an exported record, with further anchors where there are some. Throws ExportFileError. */
export async function readExportFile(path: string, anchors: readonly Anchor[]): Promise<RecordExport> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new ExportFileError(`There is no file ${path}.`);
  });
  const read = shape.safeParse(parsed(text));
  if (!read.success) throw new ExportFileError(`The file ${path} is no record that Steward exported as JSON.`);
  const { data } = read;
  return {
    ...data,
    anchors: [...data.anchors, ...anchors],
    rows: data.rows.map(({ entry: sealed, row }) => ({
      entry: sealed === null ? null : { ...sealed, body: sealed.body as EntryBody },
      row: row as AuditRow,
    })),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What a file proves, in words, line by line. */
export function exportProofWords(proof: ExportProof, { rows, head, anchors }: RecordExport): readonly string[] {
  const { proven, removed, anchored, unsealed, problems } = proof;
  return [
    `Rows in the file: ${rows.length}. Head of the chain when it was made: ${
      head.entry === 0 ? 'none' : `entry ${head.entry}, SHA-256 ${head.hash}`
    }`,
    `Proven: ${proven} rows are what was sealed under their entries${removed === 0 ? '' : `; of ${removed} of them names were removed since`}.`,
    `Anchored: ${anchored} of them lead to one of ${anchors.length} anchors without a gap, so they were in the chain when it was stored.`,
    `Not proven: ${unsealed} rows that were not sealed when the file was made, and that no row is missing.`,
    'Of rows without an anchor, not that their entries are those of the chain: for that, compare their hashes with the',
    'database (“npm run audit:verify” proves it), or give anchors (--anchors).',
    ...(problems.length === 0
      ? ['The file is what was sealed.']
      : ['The file is BROKEN:', ...problems.map((one) => `- ${one}`)]),
  ];
}
