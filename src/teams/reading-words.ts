import { kindWords } from '../domain/assets.ts';
import { listedNames } from '../domain/joined-names.ts';
import type { AssetMention } from '../domain/request.ts';
import type { Reading } from '../understanding/intents.ts';

/**
 * A sentence that says unmistakably what a reading means, with names in quotes; null for readings that are not
 * about exports or deletions. Saying it gives the same reading, with certainty.
 */
export function plainSentence({ intent, slots }: Reading): string | null {
  const place = slots.workspace === undefined ? '' : ` in workspace ${quote(slots.workspace)}`;
  switch (intent) {
    case 'export.workspace':
      return slots.workspace === undefined ? 'export my workspace' : `export workspace ${quote(slots.workspace)}`;
    case 'export.assets':
      return slots.assets === undefined ? null : `export ${listedNames(slots.assets, mention)}${place}`;
    case 'delete.assets':
      return slots.assets === undefined ? null : `delete ${listedNames(slots.assets, mention)}${place}`;
    case 'delete.workspace':
      return slots.workspace === undefined ? 'delete my workspace' : `delete workspace ${quote(slots.workspace)}`;
    case 'dsr.erase':
      return slots.subject === 'me' ? 'erase my personal data' : `erase the personal data of ${slots.subject}`;
    case 'directory.export':
      return slots.subject === undefined || slots.subject === 'me'
        ? 'export my directory data'
        : `export the directory data of ${slots.subject}`;
    default:
      return null;
  }
}

/** The sentences that an unsure reading may stand for, likeliest first. An export of a bare name may mean a workspace. */
export function possibleSentences(reading: Reading): string[] {
  const plain = plainSentence(reading);
  if (plain === null) return [];
  const [only, ...others] = reading.intent === 'export.assets' ? (reading.slots.assets ?? []) : [];
  if (only === undefined || others.length > 0 || only.kind !== undefined) return [plain];
  return [`export workspace ${quote(only.name)}`, plain];
}

function mention({ kind, name }: AssetMention): string {
  return kind === undefined ? quote(name) : `${kindWords[kind].one} ${quote(name)}`;
}

function quote(name: string): string {
  return name.includes('"') ? `'${name}'` : `"${name}"`;
}
