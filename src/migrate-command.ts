import { ConfigurationError, readMigrationSettings } from './config.ts';
import { migrateAsOwner } from './database/connection.ts';

/** Applies this release's migrations as the owner of the tables and prints what was done. */
async function main(): Promise<void> {
  const settings = readMigrationSettings();
  const isNew = await migrateAsOwner(settings);
  const { name } = settings.role;
  console.log(
    `The tables are up to date. ${isNew ? `The role ${name} was created.` : `The role ${name} was there.`} It may`,
  );
  console.log('read and write rows as Steward needs it, and change no table.');
}

try {
  await main();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
