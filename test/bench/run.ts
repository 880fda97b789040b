import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';

/**
 * Runs every benchmark of this folder, one after the other, each in a process of its own.
 * Words select by name (`npm run bench -- export`); options are handed on.
 */
const given = process.argv.slice(2);
const options = given.filter((argument) => argument.startsWith('--'));
const wanted = given.filter((argument) => !argument.startsWith('--'));
const files = (await readdir(import.meta.dirname)).filter((file) => file.endsWith('.ts') && file !== 'run.ts').sort();

for (const file of files) {
  if (wanted.length > 0 && !wanted.some((word) => file.includes(word))) continue;
  console.log(`\n== ${file.replace(/\.ts$/u, '')}`);
  const child = spawn(process.execPath, [`${import.meta.dirname}/${file}`, ...options], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) process.exitCode = 1;
}
