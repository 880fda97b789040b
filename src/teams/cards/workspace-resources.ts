import { z } from 'zod';
import template from '../../../cards/workspace-resources.json' with { type: 'json' };
import { defineCard } from './definition.ts';
import { plainName, prose, quoted, runs } from './literal.ts';
import { exampleButtons, examples } from './options.ts';
import { count, name } from './shapes.ts';
import { numberWords } from './words.ts';

/** The most lines per workspace. */
const mostListed = 20;

/** Members, gateways and the like: what each workspace has, or how to export or delete it. */
export const workspaceResources = defineCard(
  template,
  z.strictObject({
    title: z.string(),
    workspaces: z
      .array(
        z.strictObject({
          name,
          lines: z.array(z.strictObject({ name, detail: z.string() })).readonly(),
          /** The total number. */
          total: count,
          note: z.string().nullable(),
        }),
      )
      .readonly(),
    links: z.array(z.strictObject({ title: z.string(), url: z.url({ protocol: /^https$/u }) })).readonly(),
    examples,
  }),
  ({ title, workspaces, links, examples: exampleSentences }, rows) => ({
    summary: `${title} ${workspaces.map(({ name: workspace }) => plainName(workspace)).join(', ')}`,
    title,
    workspaces: workspaces.map(({ name: workspace, lines, total, note }) => {
      const shown = lines.slice(0, Math.min(mostListed, Math.max(1, Math.floor(rows / workspaces.length))));
      return {
        heading: quoted(workspace),
        lines: shown.map((line) => ({ words: runs(plainName(line.name), '  '), detail: prose(line.detail, 120) })),
        hasMore: shown.length < total,
        more: `and ${numberWords(total - shown.length)} more. An export of the workspace contains all of them.`,
        hasNote: note !== null,
        note: prose(note ?? ''),
      };
    }),
    links,
    hasLinks: links.length > 0,
    examples: exampleButtons(exampleSentences),
    hasExamples: exampleSentences.length > 0,
  }),
);
