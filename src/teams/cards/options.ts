import { z } from 'zod';
import type { AssetOption, WorkspaceOption } from '../../domain/request.ts';
import { kindWords } from '../../sources/registry.ts';
import { longestSaid } from './button-data.ts';
import { plainName, prose, type Runs, runs } from './literal.ts';
import { dayWords, roleWords, sizeWords } from './words.ts';

/** One answer to a question. `id` is what the button sends back. */
export const option = z.strictObject({ id: z.string().max(30), title: z.string(), detail: z.string() });

/** An option as a template shows it: a row with a button. */
export function optionRow({ id, title, detail }: z.output<typeof option>): {
  id: string;
  title: Runs;
  hasDetail: boolean;
  detail: Runs;
  tooltip: string;
} {
  const shown = plainName(title);
  return { id, title: runs(shown), hasDetail: detail !== '', detail: prose(detail), tooltip: `Choose ${shown}` };
}

/** A workspace that a question offers. */
export function workspaceOption({ id, name, accountType, role }: WorkspaceOption) {
  return { id, title: name, detail: `${accountType} account, ${roleWords(role)}` };
}

/** An asset that a question offers. */
export function assetOption({ id, asset, name, sizeBytes, createdAt, owner }: AssetOption) {
  const detail = [
    kindWords[asset.kind].one,
    ...(sizeBytes === null ? [] : [sizeWords(sizeBytes)]),
    ...(createdAt === null ? [] : [`created ${dayWords(new Date(createdAt))}`]),
    ...(owner === '' ? [] : [`owner ${owner}`]),
  ];
  return { id, title: name, detail: detail.join(', ') };
}

/** Says when a waiting request expires, and that nothing happens before an answer. */
export function expiryWords(moment: string): string {
  return `Nothing happens until you answer. This question expires on ${moment}.`;
}

/** Sentences that the person can send by tapping them. */
export const examples = z.array(z.string()).readonly();

/** Examples as buttons: at most six, since Teams draws no more in a row, and none over the length limit of a press. */
export function exampleButtons(sentences: readonly string[]): { title: string; text: string }[] {
  return sentences
    .filter((text) => text !== '' && text.length <= longestSaid)
    .slice(0, 6)
    .map((text) => ({ title: plainName(text, 60), text }));
}
