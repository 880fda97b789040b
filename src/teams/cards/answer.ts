import { z } from 'zod';
import template from '../../../cards/answer.json' with { type: 'json' };
import { defineCard } from './definition.ts';
import { prose, type Runs } from './literal.ts';
import { exampleButtons } from './options.ts';
import { capitalised, dayWords } from './words.ts';

const pageAudience = z.enum(['guest', 'free', 'standard', 'owner', 'member']);

/** A paragraph or a list item, and its audience; an empty audience means everybody. */
const passage = z.object({
  form: z.enum(['paragraph', 'item']),
  text: z.string(),
  for: z.array(pageAudience).readonly(),
});

/** Questions shown as buttons; tapping one asks it. */
const questions = z.array(z.string()).readonly();

const found = z.strictObject({
  kind: z.literal('answer'),
  title: z.string(),
  passages: z.array(passage).min(1).readonly(),
  sources: z.array(z.string()).readonly(),
  /** ISO 8601 day on which the page was last compared with its sources. */
  reviewed: z.iso.date(),
  /** The suggested next sentence, offered as a button; null for none. */
  next: z.string().nullable(),
  related: questions,
});

const unknown = z.strictObject({
  kind: z.literal('unknown'),
  /** Where such a question can be answered; null when unknown. */
  where: z.string().nullable(),
  closest: questions,
});

/** An answer from a reviewed page, or the statement that no page answers. */
export const answer = defineCard(template, z.discriminatedUnion('kind', [found, unknown]), (data, rows) =>
  data.kind === 'answer' ? foundView(data, rows) : unknownView(data),
);

/** The longest passage that a card shows, in UTF-16 units; passages on pages are much shorter. */
const longestPassage = 1_200;
const mostQuestions = 3;

function foundView(data: z.output<typeof found>, rows: number) {
  const { title, passages, sources, reviewed, next, related } = data;
  const shown = passages.slice(0, rows);
  return {
    summary: `${title} ${shown.map(({ text }) => text).join(' ')}`,
    title: prose(title),
    passages: shown.map((each, index) => passageRow(each, shown[index - 1], differ(shown))),
    hasSource: true,
    source: prose(`Source: ${sources.join('; ')}. Reviewed on ${dayWords(new Date(reviewed))}.`),
    ...questionRows('Related questions', related),
    buttons: next === null ? [] : exampleButtons([next]).map(({ text }) => ({ title: capitalised(text), text })),
  };
}

function unknownView({ where, closest }: z.output<typeof unknown>) {
  const sentence = 'None of my reviewed pages answers this, and I do not guess.';
  const advice = where ?? 'Please ask your helpdesk or your Studio Steward administrator.';
  const paragraph = (text: string) => ({ form: 'paragraph' as const, text, for: [] });
  return {
    summary: `I do not know. ${sentence} ${advice}`,
    title: prose('I do not know'),
    passages: [sentence, advice].map((text) => passageRow(paragraph(text), undefined, false)),
    hasSource: false,
    source: prose(''),
    ...questionRows('You could ask instead', closest),
    buttons: [{ title: 'What I can do', text: 'help' }],
  };
}

type Passage = z.output<typeof passage>;

/** True when the passages have different audiences, so that each needs an audience label. */
function differ(passages: readonly Passage[]): boolean {
  const audiences = new Set(passages.filter(({ for: whom }) => whom.length > 0).map(({ for: whom }) => whom.join()));
  return audiences.size > 1;
}

function passageRow({ form, text, for: whom }: Passage, before: Passage | undefined, labelled: boolean) {
  const hasLabel = labelled && whom.length > 0 && whom.join() !== before?.for.join();
  return {
    isItem: form === 'item',
    isParagraph: form === 'paragraph',
    text: prose(text, longestPassage),
    hasLabel,
    label: hasLabel ? whom.map((each) => labels[each]).join(', ') : '',
    spacing: form === 'item' ? 'Small' : 'Medium',
  };
}

const labels: Readonly<Record<z.output<typeof pageAudience>, string>> = {
  guest: 'Guest account',
  free: 'Free account',
  standard: 'Standard account',
  owner: 'Owners',
  member: 'Other members',
};

function questionRows(label: string, asked: readonly string[]): Record<string, unknown> & { questions: unknown } {
  const rows: { says: Runs; title: string; text: string }[] = exampleButtons(asked)
    .slice(0, mostQuestions)
    .map(({ title, text }) => ({ says: prose(text), title, text }));
  return { hasQuestions: rows.length > 0, questionsLabel: label, questions: rows };
}
