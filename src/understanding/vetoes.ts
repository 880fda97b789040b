import type { Span } from './learned/tags.ts';
import { actOf, deletionCues, exportCues } from './lexicon/acts.ts';
import type { Utterance } from './utterance.ts';

/** Where a cue has to stand to count. */
type Where = 'anywhere' | 'right before a deletion' | 'first' | 'at the end' | 'before a deletion' | 'of somebody else';

interface Veto {
  /** Words or phrases, separated by "|". */
  readonly cue: string;
  readonly where: Where;
  readonly reason: string;
}

/** What speaks against carrying out a deletion that a message seems to ask for. Such a reading is offered instead. */
const table: readonly Veto[] = [
  {
    cue: `
      not|no|don't|dont|isn't|aren't|wasn't|weren't|never|nobody|none|neither|nor|mustn't|shouldn't|didn't|haven't|won't|can't|cannot|
      without|instead of|rather than|refuse|refrain|forbid|forbidden|avoid|protect|prohibited|against|undo|
      anything but|strike`,
    where: 'before a deletion',
    reason: 'negated',
  },
  {
    cue: `
      not|don't|dont|never|nope|nothing|( not|please don't|please do not|not today|prohibited|refused|rejected|
      void|hard pass|no thanks|no thank you|bad idea|a mistake|a joke`,
    where: 'at the end',
    reason: 'negated',
  },
  {
    cue: `
      wait|scratch that|scrub that|strike that|never mind|nevermind|nvm|changed my mind|change my mind|
      on second thought|on second thoughts|on reflection|or better|let it be|leave it|leave them|leave him|
      forget it|forget that|forget what|forget i|just testing|only testing|testing you|just kidding|kidding|
      joking|a joke|jk|lol|haha|hahaha|😂|🤣|/ s|it stays|they stay|undelete|restore|recover|bring back|
      april fool|april fools|was about to|i take it back|is not any more|isn't any more|let's keep|hands off|
      as you were|or else|or not|i stay|but keep it|cancel that|ignore that|ignore this|no wait|oops|correction|
      edit|nothing in|nothing there|nothing must|by no means|not a single|no wish|isn't true|not true|must stay|
      keep all|in a perfect world|in theory|you'd delete|see you delete|not be deleted|plan for|our plan|in case of|in an emergency|put it|owner will|owner may|owners may|owner can`,
    where: 'anywhere',
    reason: 'withdrawn',
  },
  {
    cue: `
      yesterday|had|has been|have been|was|were|once|rumour|rumor|hypothetically|suppose|supposing|imagine|would have|
      could have|might|one could|one day|some day|someday|if only|will be|intend to|plan to|plan is|planning|
      tempted|thinking about|dreamt|dreamed|would hate|should hate|clicked|pressed|typed|tried to|only owners|
      schedule|policy is|it says|says to|i should|i could|we could|discuss|the idea|am i allowed|allowed to|
      help me with|who can|is it possible|would it be wise|is it wise|going to|who may|one may|you just|someone could|somebody could|
      you already|delay|talk about`,
    where: 'before a deletion',
    reason: 'told about the past, supposed or planned',
  },
  {
    cue: `
      after the|after christmas|once everybody|once everyone|when the|as soon as|unless|if i|if we|if he|if she|
      if they|if legal|if the|if you|in case|next week|next month|next year|next quarter|tomorrow|in two weeks|
      in a week|in a month|in january|in february|in march|in april|in may|in june|in july|in august|
      in september|in october|in november|in december|for may|for june|at midnight|some day|someday|
      provided that|perhaps|maybe|i think|assuming`,
    where: 'anywhere',
    reason: 'not now, or not sure',
  },
  {
    cue: `
      what|how|why|who|whose|when|where|should|shall|must|does|did|do|is|are|was|were|has|have|if|unless|may|
      could you ever|would you really|can you really|will you|only|deletion|function|you :|me :|bot :|user :|assistant :|human :|she :|he :|todo|tldr|title|subject|
      reminder|warning|agenda|option|plan|step|test case|expected|note|example|for example|log|error|fw|fwd|re|
      from|message|##|#|>|$|/|//|*|(|<|mandatory|once|imagine|suppose`,
    where: 'first',
    reason: 'a question, a condition or a heading',
  },
  {
    cue: `
      says|said|mentioned|mentions|told us|recommends|recommended|proposed|proposes|hinted|asked me|asks me|
      told me|wants to|wants me|want me|want us|wants us|would like me|her words|his words|
      wants to be forgotten|please advise|wrote|suggested|claims that|insists|demands|of his client`,
    where: 'anywhere',
    reason: 'told by somebody else',
  },
  {
    cue: `
      can i|could i|may i|must i|should i|shall i|do i|did i|say i|do i have to|do we have to|can we|could we|
      may we|must we|should we|shall we|do we|can anybody|can anyone|can somebody|can guests|can a guest`,
    where: 'right before a deletion',
    reason: 'a question',
  },
  {
    cue: 'wants|would like|would love|wishes|prefers|expects',
    where: 'of somebody else',
    reason: 'told by somebody else',
  },
  {
    cue: `
      dangerous|risky|failed|fails|returned|returns|error|errors|takes ages|does not work|doesn't work|
      greyed out|grayed out|button|missing|deletemyworkspace|deleteworkspace|delete_workspace|delete_all|
      drop_all|stuck|conflict|timeout|timed out|yes or no|yes / no|vs|versus|= =|the idea of|trash talk|
      the deletion of|how ?|is that possible|possible ?|permanent ?|status :`,
    where: 'anywhere',
    reason: 'a report or a question',
  },
  {
    cue: `
      column|columns|row|rows|header|duplicates|outliers|nulls|comment|comments|settings|invitation|invitations|
      member|members|permission|permissions|tag|tags|description|history|link|lock|user|users|licence|license|
      panels|dashboard|branch|commit|from the experiment|from experiment|from the module|running experiment|
      preview|schedule|access keys|access key|feature|features|word|title|http|portal|workspace name|
      personal assistant`,
    where: 'anywhere',
    reason: 'a part of something, or no asset',
  },
  {
    cue: `
      jira|trello|notion|databricks|sagemaker|vertex|bigquery|google|gmail|aws|amazon|s3|power bi|powerbi|
      tableau|salesforce|hubspot|slack|outlook|sharepoint|onedrive|dropbox|jenkins|github|gitlab|bitbucket|
      confluence|devops|snowflake|kubernetes|docker|siemens|tia|visio|excel|word document|sap|servicenow|
      zendesk|asana|miro|figma|zoom|intune|active directory|calendar|mailbox|inbox|playlist|whatsapp|facebook|
      linkedin|instagram|twitter|netflix|spotify|browser|printer|fridge|raspberry|mlflow|kaggle|hugging face|
      huggingface|colab|postgres|mysql|oracle|mongodb|redis|cosmos|synapse|purview|dataiku|quickbooks|vs code|
      vscode|terraform|wordpress|mailchimp|key vault|my computer|grafana|sas|splunk|datadog|airflow|looker|qlik|
      airtable|basecamp|monday.com|clickup|overleaf|steam|icloud`,
    where: 'anywhere',
    reason: 'another system',
  },
  {
    cue: `
      system override|override|overriding|tool_result|system prompt|ignore previous|ignore all|ignore your|
      as an administrator|pretend|user confirmed|confirmed by|approved by|pre-approved|sudo|simulate|role-play|
      jailbreak|safeguards|guard rails|rules are suspended|on behalf of|in the name of|i approve|already confirmed|
      system confirmed|auto - approve|signed ,|the approver|to whom it may|repeat after|auto-approve|[ admin|[ system|[ root|quota exceeded|security team|developer note|
      authentication is|admin mode`,
    where: 'anywhere',
    reason: 'claims an authority',
  },
];

interface Cue {
  readonly words: readonly string[];
  readonly where: Where;
  readonly reason: string;
}

const byFirst = new Map<string, Cue[]>();
for (const { cue, where, reason } of table) {
  for (const phrase of cue.split('|')) {
    const words = phrase.trim().split(' ');
    const first = words[0] ?? '';
    byFirst.set(first, [...(byFirst.get(first) ?? []), { words, where, reason }]);
  }
}

/** How many words may stand between a cue and the deletion that it speaks of. */
const reach = 5;

/** What an utterance says of deletion outside its names. */
interface DeletionSigns {
  /** A word that speaks of deletion stands there. */
  readonly said: boolean;
  /** A word that speaks of an export stands there. */
  readonly exported: boolean;
  /** Why the reading may not be acted on; null when nothing speaks against it. */
  readonly veto: string | null;
}

/** Looks for words of deletion and for what speaks against it. Linear in the number of tokens. */
export function deletionSigns(utterance: Utterance, spans: readonly Span[]): DeletionSigns {
  const { tokens } = utterance;
  const unquoted = tokens.map(({ lower, quotation }) => (quotation === 0 ? lower : ''));
  const words = [...unquoted];
  for (const { label, start, end } of spans) if (label !== 'kind') words.fill('', start, end);
  const deletions = words.flatMap((word, index) => (isDeletion(word) ? [index] : []));
  const said = deletions.length > 0 || words.some((word) => deletionCues.has(word));
  const exported = words.some((word) => exportCues.has(word));
  const veto =
    vetoIn(words, unquoted, deletions) ??
    pronounBefore(words, deletions, spans) ??
    (isHeaded(utterance, words, spans) ? 'told by somebody else' : null) ??
    (isPast(unquoted, deletions) ? 'told about the past' : null) ??
    (isBareQuestion(words) ? 'a question' : null);
  return { said, exported, veto };
}

/** "Chen Wei: delete X", and an opening quotation mark that nobody closes. A name in front that is the object is marked. */
function isHeaded({ tokens, kinds }: Utterance, words: readonly string[], spans: readonly Span[]): boolean {
  if (quotationMarks.includes(tokens[0]?.text ?? 'none') && tokens[1]?.quotation === 0) return true;
  const colon = words.indexOf(':');
  if (colon < 1 || colon > 3 || kinds[0]?.start === 0) return false;
  const isFree =
    words[0] !== '' ||
    words.some((word) => word === 'my' || word === 'of' || word === 'about') ||
    spans.some(({ label, start }) => label !== 'kind' && start > colon);
  const isNamed = isFree && tokens.slice(0, colon).every(({ text }) => isCapitalised(text));
  return isNamed && words.slice(colon + 1, colon + 7).some(isDeletion);
}

const quotationMarks = '"“”„«»\'‘’‚`´';

function isCapitalised(word: string): boolean {
  return word !== word.toLowerCase() && word !== word.toUpperCase();
}

const actors = new Set(
  'was were been i you we he she they has have had just already somebody someone who they'.split(' '),
);

/** "You destroyed X already": the only word of deletion is a past one, with who did it in front. */
function isPast(words: readonly string[], deletions: readonly number[]): boolean {
  return deletions.length > 0 && deletions.every((at) => isPastAt(words, at));
}

const asking = new Set(
  "can could would will please pls plz may mind possible chance kindly can't couldn't won't cud wud pliz".split(' '),
);

/** What makes "can X be deleted?" a wish rather than a question. */
const wishing = new Set(
  'please pls plz kindly now today tonight tomorrow asap thanks me us immediately straight'.split(' '),
);

function isPastAt(words: readonly string[], at: number): boolean {
  if (words[at] === 'rid') return words[at - 1] === 'got' && actors.has(words[at - 2] ?? '');
  return words[at]?.endsWith('ed') === true && actors.has(words[at - 1] ?? '');
}

/** "Delete X?" asks whether; "could you delete X?" tells to. */
function isBareQuestion(words: readonly string[]): boolean {
  if (!words.includes('?')) return false;
  const isPassive = words.some((word, index) => word === 'be' && isDeletion(words[index + 1] ?? ''));
  const before = words.slice(0, words.lastIndexOf('?'));
  return isPassive ? !before.some((word) => wishing.has(word)) : !words.some((word) => asking.has(word));
}

/** Words that begin like one of deletion and are none, or not only. */
const otherwise = new Set(['dump', 'bind']);

function isDeletion(word: string): boolean {
  return word !== '' && !otherwise.has(word) && actOf(word) === 'delete';
}

const softeners = new Set(['get', 'just', 'simply', 'really', 'also', 'now', 'still', 'even', 'ever']);
const speakers = new Set(['i', 'we', 'and', 'who', 'also', 'now', 'really', 'team']);

/** Reasons that the tagger often takes for a part of a name. */
const inNames: ReadonlySet<string> = new Set([
  'another system',
  'a part of something, or no asset',
  'withdrawn',
  'a report or a question',
  'claims an authority',
]);

/** `words` are without names, `unquoted` with those that stand in no quotation: a system's name is often taken for part of one. */
function vetoIn(words: readonly string[], unquoted: readonly string[], deletions: readonly number[]): string | null {
  const last = unquoted.findLastIndex((word) => word > '@');
  for (const index of words.keys()) {
    for (const cue of byFirst.get(unquoted[index] ?? '') ?? []) {
      const said = inNames.has(cue.reason) || cue.where === 'first' ? unquoted : words;
      if (!cue.words.every((part, offset) => said[index + offset] === part)) continue;
      const end = index + cue.words.length;
      if (stands(cue.where, index, end, last, deletions, words)) return cue.reason;
    }
  }
  return null;
}

function stands(
  where: Where,
  start: number,
  end: number,
  last: number,
  deletions: readonly number[],
  words: readonly string[],
): boolean {
  switch (where) {
    case 'anywhere':
      return true;
    case 'first':
      return start === 0;
    case 'at the end':
      return end > last - 1;
    case 'before a deletion':
      return deletions.some((at) => at >= end && at - end < reach);
    case 'right before a deletion':
      return deletions.includes(end) || (deletions.includes(end + 1) && softeners.has(words[end] ?? ''));
    case 'of somebody else':
      return start > 0 && start <= 4 && !speakers.has(words[start - 1] ?? '');
  }
}

const pronouns = new Set(['it', 'them', 'this', 'that', 'these', 'those', 'both']);

/** True when all these names stand behind a bare pronoun of a deletion, "delete these: a.csv, b.csv": they say what is meant. */
export function areBehindPronoun(names: readonly string[], { tokens, text }: Utterance): boolean {
  const pronoun = tokens.findIndex(
    ({ lower }, index) => pronouns.has(lower) && isDeletion(tokens[index - 1]?.lower ?? ''),
  );
  const from = tokens[pronoun]?.start;
  return from !== undefined && names.length > 0 && names.every((name) => text.indexOf(name, from) > from);
}

/** "Delete it: the churn thing": a bare pronoun with names behind it alone says that something else was meant. */
function pronounBefore(words: readonly string[], deletions: readonly number[], spans: readonly Span[]): string | null {
  const names = spans.filter(({ label }) => label !== 'kind');
  const refers = deletions.find((at) => pronouns.has(words[at + 1] ?? '') && !/[a-z]/.test(words[at + 2] ?? ''));
  if (refers === undefined || names.length === 0) return null;
  return names.every(({ start }) => start > refers) ? 'a name behind a pronoun' : null;
}
