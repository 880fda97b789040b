import { parseArgs } from 'node:util';
import { AnchorFileError, readAnchorFiles } from './audit/anchor-files.ts';
import { proofWords } from './audit/proof-words.ts';
import { proveRecord } from './audit/prove-record.ts';
import { ExportFileError, exportProofWords, readExportFile } from './audit/record-export-file.ts';
import { ConfigurationError, readSettings } from './config.ts';
import { type DatabaseSettings, openDatabase } from './database/connection.ts';
import { verifyExport } from './domain/record-export.ts';
import { createLog } from './log.ts';

const usage = `Usage: npm run audit:verify -- [--anchors PATH] [--folder F | --export FILE]
         [--anchors PATH]  a file or a folder of anchors, as downloaded from their container
         [--folder F]      an embedded database in this folder, of a Steward that is stopped, instead of the one in the
                           settings
         [--export FILE]   a record that was exported as JSON; needs no database`;

/** Proves the record and prints the proof. Returns the exit code: 0 when it is whole, 1 when it is not. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { anchors: { type: 'string' }, folder: { type: 'string' }, export: { type: 'string' } },
  });
  const anchors = values.anchors === undefined ? [] : await readAnchorFiles(values.anchors);
  if (values.export !== undefined) {
    const file = await readExportFile(values.export, anchors);
    const proof = verifyExport(file);
    console.log(exportProofWords(proof, file).join('\n'));
    return proof.problems.length === 0 ? 0 : 1;
  }
  const settings: DatabaseSettings =
    values.folder === undefined ? readSettings().database : { kind: 'embedded', folder: values.folder };
  const log = createLog('warn');
  const database = await openDatabase(settings, (error) => log.error('database error', error));
  try {
    const proof = await proveRecord(database.db, anchors);
    console.log(proofWords(proof).join('\n'));
    return proof.verification.problemCount === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  const isKnown = [AnchorFileError, ExportFileError, ConfigurationError].some((kind) => error instanceof kind);
  if (isKnown && error instanceof Error) console.error(error.message);
  else if (isUnknownOption(error)) console.error(usage);
  else throw error;
  process.exitCode = 2;
}

function isUnknownOption(error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
