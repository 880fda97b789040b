import { readdirSync, readFileSync } from 'node:fs';
import { type CardName, catalogue } from '../../src/teams/cards/catalogue.ts';

const folder = new URL('../../cards/', import.meta.url);

/** Sample data of one card: `export-preview.sample.json`, or `export-preview.sample.guest.json` with the case "guest". */
export interface Sample {
  readonly card: CardName;
  readonly title: string;
  readonly data: never;
}

/** All sample data beside the templates. Throws when a file belongs to no card. */
export function readSamples(): Sample[] {
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const match = /^(?<card>.+?)\.sample(?:\.(?<title>.+))?\.json$/u.exec(file);
      if (match === null) return [];
      const card = match.groups?.card ?? '';
      if (!isCardName(card)) throw new Error(`${file} belongs to no card`);
      return [{ card, title: match.groups?.title ?? 'usual', data: readData(file) }];
    });
}

/** Names of all template files. */
export function templateNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json') && !file.includes('.sample'))
    .map((file) => file.slice(0, -'.json'.length));
}

/** A template as it is written. */
export function readTemplate(name: string): string {
  return readFileSync(new URL(`${name}.json`, folder), 'utf8');
}

function readData(file: string): never {
  // The card's own schema says at drawing what this is; a file cannot promise it to the compiler.
  return JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as never;
}

function isCardName(name: string): name is CardName {
  return Object.hasOwn(catalogue, name);
}
