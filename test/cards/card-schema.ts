import { z } from 'zod';

/**
 * The part of Adaptive Cards 1.5 that Steward's cards use, strictly: unknown properties, properties of later versions
 * and empty containers are errors. Written after the published element pages, with Teams' own limits on top.
 */

const spacing = z.enum(['None', 'Small', 'Default', 'Medium', 'Large', 'ExtraLarge', 'Padding']);
// "Warning" is yellow on white in Teams and cannot be read.
const color = z.enum(['Default', 'Accent', 'Good', 'Attention']);
const size = z.enum(['Small', 'Default', 'Medium', 'Large', 'ExtraLarge']);
const weight = z.enum(['Lighter', 'Default', 'Bolder']);
const fontType = z.enum(['Default', 'Monospace']);
const containerStyle = z.enum(['default', 'emphasis', 'good', 'attention', 'warning', 'accent']);
const vertical = z.enum(['Top', 'Center', 'Bottom']);
const horizontal = z.enum(['Left', 'Center', 'Right']);
const id = z.string().regex(/^[a-z]+(-\d+)?$/u);
const filled = z.string().min(1);

const placed = {
  id: id.optional(),
  spacing: spacing.optional(),
  separator: z.boolean().optional(),
  isVisible: z.boolean().optional(),
};

/** Which page of each list; nothing else about what is on it. */
const shownPages = z
  .strictObject({ assets: z.int().min(0), exceptions: z.int().min(0), parts: z.int().min(0), files: z.int().min(0) })
  .partial();

/** Data of a press: which request, which version, what was chosen, which pages, and nothing else. */
const chooseAction = z.strictObject({
  type: z.literal('Action.Execute'),
  title: filled.max(60),
  tooltip: filled.optional(),
  isEnabled: z.boolean().optional(),
  style: z.enum(['default', 'positive', 'destructive']).optional(),
  verb: z.literal('choose'),
  data: z.strictObject({
    request: z.string().regex(/^DSR-\d+$/u),
    version: z.int().positive(),
    choice: z.string().regex(/^[a-z][a-z0-9-]*$/u),
    pages: shownPages.optional(),
  }),
});

/** Data of a press that turns a page of a list: which list and which page. */
const listAction = z.strictObject({
  type: z.literal('Action.Execute'),
  title: filled.max(60),
  tooltip: filled.optional(),
  isEnabled: z.boolean().optional(),
  verb: z.literal('list'),
  data: z.strictObject({
    workspace: filled,
    kind: filled.optional(),
    filter: filled.optional(),
    page: z.int().min(0),
  }),
});

const sayAction = z.strictObject({
  type: z.literal('Action.Execute'),
  title: filled.max(60),
  tooltip: filled.optional(),
  verb: z.literal('say'),
  data: z.strictObject({ text: filled.max(400) }),
});

const openAction = z.strictObject({
  type: z.literal('Action.OpenUrl'),
  title: filled,
  tooltip: filled.optional(),
  url: z.url({ protocol: /^https?$/u }),
});

const toggleAction = z.strictObject({
  type: z.literal('Action.ToggleVisibility'),
  title: filled,
  targetElements: z.array(z.union([id, z.strictObject({ elementId: id, isVisible: z.boolean() })])).min(1),
});

/** Data of a press that says what was meant: a reading, as JSON. */
const offeredAction = z.strictObject({
  type: z.literal('Action.Execute'),
  title: filled.max(60),
  tooltip: filled.optional(),
  verb: z.literal('meant'),
  data: z.strictObject({ reading: filled.max(2_000) }),
});

/** Data of a press about a schedule: which one, its version, and what was chosen, and nothing else. */
const scheduleAction = z.strictObject({
  type: z.literal('Action.Execute'),
  title: filled.max(60),
  tooltip: filled.optional(),
  style: z.enum(['default', 'positive']).optional(),
  verb: z.literal('schedule'),
  data: z.strictObject({
    schedule: z.int().positive(),
    version: z.int().positive(),
    choice: z.string().regex(/^[a-z][a-z-]*$/u),
  }),
});

/** Data of a press about the link of an address: which preview, and what was chosen, and nothing else. */
const addressAction = z.strictObject({
  type: z.literal('Action.Execute'),
  title: filled.max(60),
  style: z.enum(['default', 'positive']).optional(),
  verb: z.literal('address'),
  data: z.strictObject({ change: z.int().positive(), choice: z.enum(['confirm', 'decline']) }),
});

/** Data of a press about a legal hold: its number and what was chosen, or a hold that still lacks its reason. */
const holdAction = z.strictObject({
  type: z.literal('Action.Execute'),
  title: filled.max(60),
  style: z.enum(['default', 'positive']).optional(),
  tooltip: filled.optional(),
  verb: z.literal('hold'),
  data: z.union([
    z.strictObject({ hold: z.int().positive(), choice: z.enum(['place', 'decline', 'show', 'lift']) }),
    z.strictObject({ lift: z.int().positive(), choice: z.enum(['confirm', 'decline']) }),
    z.strictObject({ draft: filled.max(3_000) }),
  ]),
});

/** Data of a press that turns a page of the record: which request and which page, and nothing else. */
const recordAction = z.strictObject({
  type: z.literal('Action.Execute'),
  title: filled.max(60),
  tooltip: filled.optional(),
  isEnabled: z.boolean().optional(),
  verb: z.literal('record'),
  data: z.strictObject({ record: z.string().regex(/^DSR-\d+$/u), page: z.int().min(0) }),
});

/** Data of a press about a deputy: which deputyship, and what was chosen, and nothing else. */
const deputyAction = z.strictObject({
  type: z.literal('Action.Execute'),
  title: filled.max(60),
  style: z.enum(['default', 'positive']).optional(),
  verb: z.literal('deputy'),
  data: z.strictObject({
    deputyship: z.int().positive(),
    choice: z.enum(['confirm', 'decline', 'admit', 'end']),
  }),
});

const anyAction = z.union([
  recordAction,
  deputyAction,
  addressAction,
  holdAction,
  scheduleAction,
  chooseAction,
  listAction,
  sayAction,
  offeredAction,
  openAction,
  toggleAction,
]);

const textBlock = z.strictObject({
  ...placed,
  type: z.literal('TextBlock'),
  text: filled,
  wrap: z.literal(true),
  size: size.optional(),
  weight: weight.optional(),
  color: color.optional(),
  isSubtle: z.boolean().optional(),
  fontType: fontType.optional(),
  style: z.enum(['default', 'heading']).optional(),
});

const textRun = z.strictObject({
  type: z.literal('TextRun'),
  text: filled,
  size: size.optional(),
  weight: weight.optional(),
  color: color.optional(),
  isSubtle: z.boolean().optional(),
  fontType: fontType.optional(),
});

const richTextBlock = z.strictObject({
  ...placed,
  type: z.literal('RichTextBlock'),
  inlines: z.array(textRun).min(1),
});

const factSet = z.strictObject({
  ...placed,
  type: z.literal('FactSet'),
  facts: z.array(z.strictObject({ title: filled, value: filled })).min(1),
});

// Teams draws six buttons in a row; more are hidden behind a menu.
const actionSet = z.strictObject({
  ...placed,
  type: z.literal('ActionSet'),
  actions: z.array(anyAction).min(1).max(6),
});

// A field without a limit would let a client send any length.
const inputText = z.strictObject({
  ...placed,
  type: z.literal('Input.Text'),
  id: z.enum(['comment', 'typed', 'reason', 'reference']),
  value: z.string().max(4_000).optional(),
  label: filled,
  isMultiline: z.literal(true).optional(),
  maxLength: z.int().max(500),
});

const tableCell = z.strictObject({
  type: z.literal('TableCell'),
  items: z.array(z.union([textBlock, richTextBlock])).min(1),
});

const table = z.strictObject({
  ...placed,
  type: z.literal('Table'),
  columns: z.array(z.strictObject({ width: z.number(), horizontalCellContentAlignment: horizontal.optional() })).min(1),
  rows: z.array(z.strictObject({ type: z.literal('TableRow'), cells: z.array(tableCell).min(1) })).min(2),
  firstRowAsHeaders: z.literal(true),
  showGridLines: z.boolean(),
});

const element = z.lazy(() =>
  z.union([textBlock, richTextBlock, factSet, actionSet, table, container, columnSet, inputText]),
);

const container: z.ZodType = z.strictObject({
  ...placed,
  type: z.literal('Container'),
  items: z.array(element).min(1),
  style: containerStyle.optional(),
});

// No buttons in a column: Teams on phones does not draw an ActionSet there, nor in whatever a column holds.
const inColumn = z.union([textBlock, richTextBlock, factSet]);

const column: z.ZodType = z.strictObject({
  type: z.literal('Column'),
  width: z.union([z.enum(['auto', 'stretch']), z.number(), z.string().regex(/^\d+px$/u)]),
  items: z.array(inColumn).min(1),
  verticalContentAlignment: vertical.optional(),
});

const columnSet: z.ZodType = z.strictObject({
  ...placed,
  type: z.literal('ColumnSet'),
  columns: z.array(column).min(1),
  selectAction: sayAction.optional(),
});

/** A whole card as it may be sent. */
export const cardSchema = z.strictObject({
  $schema: z.literal('http://adaptivecards.io/schemas/adaptive-card.json'),
  type: z.literal('AdaptiveCard'),
  version: z.literal('1.5'),
  lang: z.literal('en'),
  fallbackText: filled.max(300),
  speak: filled.max(300),
  // Teams refreshes for the named people only, and takes at most 60 of them.
  refresh: z.strictObject({ action: chooseAction, userIds: z.array(filled).min(1).max(60) }).optional(),
  body: z.array(element).min(1),
  actions: z.array(anyAction).min(1).max(6).optional(),
});
