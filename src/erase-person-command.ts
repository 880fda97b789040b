import { ConfigurationError, readSettings } from './config.ts';
import { openDatabase } from './database/connection.ts';
import { isObjectId } from './domain/people.ts';
import { requestId } from './domain/request.ts';
import { createLog } from './log.ts';
import { erasePerson } from './requests/erase-person.ts';
import { systemClock } from './system-clock.ts';

const usage = 'Usage: npm run erase-person -- <Microsoft Entra object id of the account>';

/** Erases one account from Steward's records and prints what was done. Returns the exit code. */
async function main(objectId: string | undefined): Promise<number> {
  if (objectId === undefined || !isObjectId(objectId)) {
    console.error(usage);
    return 2;
  }
  const settings = readSettings();
  if (settings.identity.kind === 'local') return 2;
  const log = createLog('warn');
  const database = await openDatabase(settings.database, (error) => log.error('database error', error));
  try {
    const account = { tenantId: settings.identity.tenantId, objectId };
    const erasure = await erasePerson({ database, clock: systemClock }, account, settings.requests.policy.version);
    if (erasure.result === 'held') {
      console.error('Nothing was changed. A legal hold keeps the records of this account; it has to be lifted first.');
      return 1;
    }
    if (erasure.result === 'has-open-requests') {
      const open = erasure.numbers.map(requestId).join(', ');
      console.error(
        `Nothing was changed. These requests of the account are still open and have to end first: ${open}.`,
      );
      return 1;
    }
    console.log(
      `${erasure.wasKnown ? 'The account was erased.' : 'The account is not in the records.'} ` +
        `Its name and addresses were removed from ${erasure.requests} requests. ` +
        'In the record, a pseudonym stands for it. Kept with its id, until the end of their retention: its requests, and ' +
        'who asked for, approved and carried out a deletion. Kept: which account an address belongs to.',
    );
    return 0;
  } finally {
    await database.close();
  }
}

try {
  process.exitCode = await main(process.argv[2]);
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
