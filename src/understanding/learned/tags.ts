/**
 * The label of a span of tokens: a name, an excepted name, a workspace, a person, a name filter, a request number, a
 * reason, a kind.
 */
export const spanLabels = ['name', 'except', 'workspace', 'subject', 'filter', 'request', 'reason', 'kind'] as const;
export type SpanLabel = (typeof spanLabels)[number];

/** Tag 0 is outside every span; `2i + 1` begins a span of label `i`, `2i + 2` continues it (the BIO scheme). */
export const tagCount = 1 + 2 * spanLabels.length;
export const outside = 0;

export function beginOf(label: SpanLabel): number {
  return 1 + 2 * spanLabels.indexOf(label);
}

function labelOf(tag: number): SpanLabel | null {
  return tag === outside ? null : (spanLabels[(tag - 1) >> 1] ?? null);
}

function begins(tag: number): boolean {
  return tag % 2 === 1;
}

/** A labelled span of tokens, `[start, end)`. */
export interface Span {
  readonly label: SpanLabel;
  readonly start: number;
  readonly end: number;
}

/** The spans that a sequence of tags describes. */
export function spansOf(tags: ArrayLike<number>): Span[] {
  const spans: Span[] = [];
  for (let index = 0; index < tags.length; ) {
    const tag = tags[index] ?? outside;
    const label = labelOf(tag);
    let end = index + 1;
    if (label !== null) {
      while (end < tags.length && tags[end] === tag + (begins(tag) ? 1 : 0)) end += 1;
      spans.push({ label, start: index, end });
    }
    index = end;
  }
  return spans;
}
