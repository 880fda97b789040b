import { ConfigurationError, readSettings } from './config.ts';
import { openDatabase } from './database/connection.ts';
import { readUnclear } from './database/unclear-message-rows.ts';
import { createLog } from './log.ts';

/** Rows read per query (keyset pagination by id). */
const pageSize = 500;

/**
 * `npm run understanding:review`: prints the kept messages that were not understood at once, as JSON lines in the format
 * of the labelled sentences. What the person then chose is the proposed label.
 */
async function main(): Promise<number> {
  const settings = readSettings();
  const log = createLog('warn');
  const database = await openDatabase(settings.database, (error) => log.error('database error', error));
  try {
    let after = 0;
    for (;;) {
      const page = await readUnclear(database.db, after, pageSize);
      for (const { id, text, chosen } of page) {
        const { by, intent, slots, said } = chosen;
        const tags = said === undefined ? [by] : [by, said];
        console.log(JSON.stringify({ id: `U${id}`, text, intent, slots, tags }));
        after = id;
      }
      if (page.length < pageSize) return 0;
    }
  } finally {
    await database.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
