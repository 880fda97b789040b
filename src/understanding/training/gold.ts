import { beginOf, outside, type SpanLabel } from '../learned/tags.ts';
import type { Utterance } from '../utterance.ts';
import type { Row } from './rows.ts';

/** The tags for a row's slots, which are located by searching for their texts in the message. */
export function goldTags({ slots }: Row, utterance: Utterance): Uint8Array {
  const tags = new Uint8Array(utterance.tokens.length);
  const put = (value: string | undefined, label: SpanLabel): void => {
    if (value === undefined || value === '' || (label === 'subject' && value === 'me')) return;
    const place = findFree(utterance, value, tags, label);
    if (place === null) return;
    for (let index = place[0]; index < place[1]; index += 1) tags[index] = beginOf(label) + (index > place[0] ? 1 : 0);
  };
  const longestFirst = (names: readonly { name: string }[]) => [...names].sort((a, b) => b.name.length - a.name.length);
  for (const { name } of longestFirst(slots.assets ?? [])) put(name, 'name');
  for (const { name } of longestFirst(slots.except ?? [])) put(name, 'except');
  for (const name of slots.workspaces ?? [slots.workspace]) put(name, 'workspace');
  put(slots.subject, 'subject');
  put(slots.filter, 'filter');
  put(slots.request, 'request');
  put((slots as { reason?: string }).reason, 'reason');
  if (slots.kind !== undefined) {
    const phrase = utterance.kinds.find(({ kind, start }) => kind === slots.kind && tags[start] === outside);
    for (let index = phrase?.start ?? 0; index < (phrase?.end ?? 0); index += 1)
      tags[index] = beginOf('kind') + (index > (phrase?.start ?? 0) ? 1 : 0);
  }
  return tags;
}

/**
 * The tokens of an occurrence that no other span covers. Prefers, in this order: whole tokens, a word "workspace"
 * beside it (for workspaces), a quotation, the first occurrence.
 */
function findFree(
  { text, tokens }: Utterance,
  value: string,
  tags: Uint8Array,
  label: SpanLabel,
): [number, number] | null {
  let best: [number, number] | null = null;
  let bestScore = -1;
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    const start = tokens.findIndex((token) => token.end > at);
    let end = start;
    while (end < tokens.length && (tokens[end]?.start ?? 0) < at + value.length) end += 1;
    if (start < 0 || tags.subarray(start, end).some((tag) => tag !== outside)) continue;
    const aligned = tokens[start]?.start === at && tokens[end - 1]?.end === at + value.length;
    const quoted = tokens[start]?.quotation !== 0;
    const marked =
      label === 'workspace' &&
      [tokens[start - 1]?.lower, tokens[start - 2]?.lower, tokens[end]?.lower, tokens[end + 1]?.lower].some(
        (word) => word === 'workspace' || word === 'ws',
      );
    const score = (aligned ? 4 : 0) + (quoted ? 1 : 0) + (marked ? 2 : 0);
    if (score > bestScore) {
      best = [start, end];
      bestScore = score;
    }
  }
  return best;
}
