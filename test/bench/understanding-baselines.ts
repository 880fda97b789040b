import { createRequire } from 'node:module';
import type { Guess, Row } from '../understanding/scoring.ts';

/** A reader to compare with: text to intent and slots. */
export type Baseline = (text: string) => Guess | Promise<Guess>;

const patterns: readonly (readonly [pattern: RegExp, intent: string])[] = [
  [/\b(hi|hello|hey|good (morning|afternoon|evening))\b/i, 'greet'],
  [/^(yes|ok|sure|go ahead)\b/i, 'confirm'],
  [/^(no|nope|cancel that)\b/i, 'decline'],
  [/\bhelp\b|what can you do/i, 'help'],
  [/\bcancel\b.*\b(request|export|deletion|dsr-\d+)\b/i, 'request.cancel'],
  [/\bstatus\b/i, 'request.status'],
  [/\b(my requests|pending approvals|approvals)\b/i, 'request.list'],
  [/\blink\b.*\b(expired|new|again)\b|\bnew link\b/i, 'link.renew'],
  [/\b(export|copy|access request|send)\b.*\b(personal data|about me)\b|access request/i, 'dsr.export'],
  [/\b(erase|delete|forget)\b.*\b(personal data|about me)\b|\berasure\b/i, 'dsr.erase'],
  [/\b(export|backup|download)\b.*\bworkspace\b/i, 'export.workspace'],
  [/\b(delete|remove|wipe)\b.*\bworkspace\b/i, 'delete.workspace'],
  [/\b(export|download)\b/i, 'export.assets'],
  [/\b(delete|remove|erase)\b/i, 'delete.assets'],
  [/\b(list|show)\b.*\bworkspaces\b/i, 'list.workspaces'],
  [/\b(list|show)\b/i, 'list.assets'],
  [/\b(my role|my permissions|account type)\b/i, 'account.info'],
  [/\?$|^(how|what|why|when|who|can|is)\b/i, 'ask'],
];
const named =
  /\b(dataset|experiment|module|model|transform|web ?service|project|notebook)s? (?:called |named )?["']?([^"'?.!,]+?)["']?(?:$|[?.!,])/i;

/** What bot samples do: the first of a list of regular expressions wins, and one expression finds the name. */
export function byRegularExpressions(text: string): Guess {
  const intent = patterns.find(([pattern]) => pattern.test(text))?.[1] ?? 'none';
  const found = named.exec(text);
  const [, kind, name] = found ?? [];
  if (kind === undefined || name === undefined || !intent.endsWith('.assets')) return { intent, slots: {} };
  return { intent, slots: { assets: [{ kind: kind.toLowerCase().replace(' ', ''), name: name.trim() }] } };
}

interface NlpJs {
  readonly settings: { autoSave: boolean; log: boolean };
  addLanguage(language: string): void;
  addDocument(language: string, text: string, intent: string): void;
  train(): Promise<void>;
  process(language: string, text: string): Promise<{ intent: string; score: number }>;
}

/** nlp.js, an established engine for Node, trained on labelled rows. It reads intents only; its answers have no slots. */
export async function trainedOn(rows: readonly Row[]): Promise<Baseline> {
  const load = createRequire(import.meta.url);
  const { containerBootstrap } = load('@nlpjs/core') as {
    containerBootstrap(): Promise<{ use(plugin: unknown): void; get(name: 'nlp'): NlpJs }>;
  };
  const container = await containerBootstrap();
  container.use((load('@nlpjs/nlp') as { Nlp: unknown }).Nlp);
  container.use((load('@nlpjs/lang-en-min') as { LangEn: unknown }).LangEn);
  const nlp = container.get('nlp');
  nlp.settings.autoSave = false;
  nlp.addLanguage('en');
  for (const { text, intent } of rows) nlp.addDocument('en', text, intent);
  await quietly(() => nlp.train());
  return async (text) => {
    const { intent, score } = await nlp.process('en', text);
    return { intent: intent === 'None' || score < 0.5 ? 'none' : intent, slots: {} };
  };
}

/** Training reports every epoch on the console, which nobody needs here. */
async function quietly(work: () => Promise<void>): Promise<void> {
  const { log } = console;
  console.log = () => undefined;
  try {
    await work();
  } finally {
    console.log = log;
  }
}
