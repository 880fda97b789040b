import { parseArgs } from 'node:util';
import { anchorContainerBeside, createAnchorContainer } from './archive/anchor-container.ts';
import { AnchorFileError, readAnchorFiles } from './audit/anchor-files.ts';
import { newestAnchors } from './audit/anchors.ts';
import { declareRestored, RestorationError } from './audit/restoration.ts';
import { ConfigurationError, readSettings } from './config.ts';
import { openDatabase } from './database/connection.ts';
import { createLog } from './log.ts';
import { serviceAccess } from './service-access.ts';
import { systemClock } from './system-clock.ts';

const usage = `Usage: npm run restored -- --by NAME [--anchors PATH]
         --by NAME         who restored the backup; it stays in the record
         [--anchors PATH]  a file or a folder of anchors, instead of those in storage`;

/** Records that an older backup was restored and prints what is missing since. Returns the exit code. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { by: { type: 'string' }, anchors: { type: 'string' } } });
  const by = values.by?.trim() ?? '';
  const settings = by === '' ? null : readSettings();
  if (settings === null || settings.identity.kind === 'local') {
    console.error(usage);
    return 2;
  }
  const log = createLog('warn');
  const database = await openDatabase(settings.database, (error) => log.error('database error', error));
  try {
    const { storage } = serviceAccess(settings, systemClock);
    const container = createAnchorContainer(storage, anchorContainerBeside(storage.container));
    const anchors =
      values.anchors === undefined
        ? await newestAnchors({ database, anchors: container })
        : await readAnchorFiles(values.anchors);
    const declared = await declareRestored({ database, clock: systemClock }, anchors, {
      by,
      tenantId: settings.identity.tenantId,
      policyVersion: settings.requests.policy.version,
    });
    if (declared === null) {
      console.log('The record fits its anchors. Nothing was recorded.');
      return 0;
    }
    const { provenTo, endedAt, missingTo } = declared;
    const missing = missingTo > endedAt ? ` Rows ${endedAt + 1} to ${missingTo} are missing.` : '';
    console.log(
      `The record was restored to row ${provenTo}.${missing} It goes on with row ${missingTo + 1}, which says so.`,
    );
    return 0;
  } finally {
    await database.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  const isKnown = [AnchorFileError, ConfigurationError, RestorationError].some((known) => error instanceof known);
  const isUnknownOption = error instanceof TypeError && 'code' in error && `${error.code}`.startsWith('ERR_PARSE_ARGS');
  if (isKnown) console.error((error as Error).message);
  else if (isUnknownOption) console.error(usage);
  else throw error;
  process.exitCode = 2;
}
