import { ConfigurationError, readSettings } from './config.ts';
import { openDatabase } from './database/connection.ts';
import { readUnclear } from './database/unclear-message-rows.ts';
import { createLog } from './log.ts';

/** Rows read at once. */
const pageLength = 500;

/**
 * `npm run understanding:review`: prints the kept messages that were not understood at once, one JSON object a line in
 * the form of the labelled sentences, with what the person then chose as a proposal for its label.
 */
async function main(): Promise<number> {
  const settings = readSettings();
  const log = createLog('warn');
  const database = await openDatabase(settings.database, (error) => log.error('the database complained', error));
  try {
    let after = 0;
    for (;;) {
      const page = await readUnclear(database.db, after, pageLength);
      for (const { id, text, chosen } of page) {
        const { by, intent, slots, said } = chosen;
        const tags = said === undefined ? [by] : [by, said];
        console.log(JSON.stringify({ id: `U${id}`, text, intent, slots, tags }));
        after = id;
      }
      if (page.length < pageLength) return 0;
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
