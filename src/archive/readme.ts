import { mainSource } from '../sources/registry.ts';
import { kindFolders, type OwnerKind } from './file-names.ts';
import type { ManifestHead, PartRecord } from './manifest.ts';

/** Facts for README.txt besides the manifest's head. */
export interface ReadmeFacts {
  readonly head: ManifestHead;
  /** Named assets rather than the whole workspace were asked for. */
  readonly onlyNamed: boolean;
  /** True when this part holds `personal-data.json`. */
  readonly hasPersonalData: boolean;
}

const kindWords: Readonly<Record<OwnerKind, string>> = {
  workspace: 'settings of the workspace, its data gateways and commitment plans, without keys',
  dataset: 'the data that was uploaded or saved, as it was uploaded, and its description',
  experiment: 'experiments as JSON files',
  module: 'custom modules',
  model: 'trained models',
  transform: 'saved transforms',
  webservice: 'descriptions of published web services, without their keys',
  project: 'what each project groups together',
  notebook: 'notebooks',
};

/** `README.txt`: explains the archive to somebody who has never seen one. CRLF line ends, for Windows' Notepad. */
export function readme(facts: ReadmeFacts): string {
  const { head } = facts;
  const lines = [
    ...title(facts),
    '',
    `Workspace:    ${head.workspace.name} (${accountWords[head.workspace.accountType]}, id ${head.workspace.id})`,
    `Asked for by: ${head.requestedBy}`,
    `Request:      ${head.request}, ${day(head.requestedAt)}`,
    `This file:    ${partWords(head)}`,
    '',
    'WHAT IS IN IT',
    ...contents(facts),
    '',
    'WHAT IS LEFT OUT',
    ...head.leftOut.map((words) => `- ${words}`),
    '',
    'WHAT COULD NOT BE EXPORTED',
    ...exceptionWords(head),
    '',
    'HOW TO CHECK IT',
    'manifest.json states the size and the SHA-256 checksum of every file. To compare one:',
    '  Windows PowerShell:  Get-FileHash "datasets\\name of the file.csv"',
    '  macOS:               shasum -a 256 "datasets/name of the file.csv"',
    '  Linux:               sha256sum "datasets/name of the file.csv"',
    ...checkParts(head.parts),
    '',
    'File names are made safe for Windows, macOS and Linux: what a system forbids is replaced by "_", very long',
    'names are shortened, and equal names get a number. manifest.json states the original name of each.',
    'Dates are the days on which the assets were created, in UTC.',
  ];
  return `${lines.join('\r\n')}\r\n`;
}

const accountWords = { guest: 'guest workspace', free: 'free workspace', standard: 'standard workspace' } as const;

function title({ head, onlyNamed }: ReadmeFacts): string[] {
  const what = {
    all: onlyNamed ? 'Assets exported from' : 'Data exported from',
    customer: onlyNamed ? 'Assets exported from' : 'Customer data exported from',
    personal: 'Personal account data exported from',
  }[head.data];
  const text = `${what} ${mainSource.fullName}`;
  return [text, '='.repeat(text.length)];
}

function partWords(head: ManifestHead): string {
  if (!head.last) return `part ${head.part}; more parts follow`;
  return head.part === 1 ? 'the only part' : `part ${head.part}, the last of ${head.part}`;
}

function contents({ head, onlyNamed, hasPersonalData }: ReadmeFacts): string[] {
  const folders = Object.entries(kindWords)
    .filter(([kind]) => kind !== 'workspace' || !onlyNamed)
    .map(([kind, words]) => `${kindFolders[kind as OwnerKind]}/`.padEnd(20) + words);
  return [
    ...(head.data === 'personal' ? [] : ['One folder for each kind of data that was there to export:', ...folders]),
    ...(hasPersonalData ? [`${'personal-data.json'.padEnd(20)}account ids, e-mail addresses and roles`] : []),
    `${'manifest.json'.padEnd(20)}a list of every file${head.last && head.part > 1 ? ' of all parts' : ' in this part'}`,
    ...(onlyNamed ? ['Only the assets that were asked for are here, not the whole workspace.'] : []),
    ...(head.part > 1 ? ['Each part is a zip file of its own; unpack them all into one folder.'] : []),
  ];
}

function exceptionWords(head: ManifestHead): string[] {
  const counted = head.last ? head.parts : head.parts.filter((part) => part.number === head.part);
  const count = counted.reduce((sum, part) => sum + part.exceptions, 0);
  const where = head.last ? 'this archive' : 'this part';
  if (count === 0) return [`Nothing: ${where} is complete.`];
  return [
    `${count} ${count === 1 ? 'exception' : 'exceptions'} in ${where}. manifest.json names each, with the reason, under "exceptions".`,
    'A file that could only be read in part is in the archive up to that point, and is marked "incomplete" there.',
  ];
}

function checkParts(parts: readonly PartRecord[]): string[] {
  const known = parts.flatMap((part) => (part.sha256 === null ? [] : [`  ${part.sha256}  ${part.fileName}`]));
  return known.length === 0 ? [] : ['', 'SHA-256 of the parts before this one:', ...known];
}

function day(iso: string): string {
  return `${iso.slice(0, 10)} at ${iso.slice(11, 16)} UTC`;
}
