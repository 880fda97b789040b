/**
 * Words that the code used privately for concepts that have a standard term, each with that term. The test fails when
 * one of them occurs in `src`, in `cards` or in the README.
 */
export const bannedEverywhere: Readonly<Record<string, string>> = {
  setback: 'retry',
  setbacks: 'retries',
  patience: 'retry budget, longest wait',
  lapse: 'expire',
  lapses: 'expires',
  lapsed: 'expired',
  'ask anew': 'reconfirm',
  'asked anew': 'reconfirmed',
  'in passing': 'transient',
  borne: 'counted',
  'owed card': 'card in the outbox',
  'owed cards': 'cards in the outbox',
  acquaintance: 'contact',
  acquaintances: 'contacts',
  deed: 'action',
  deeds: 'actions',
  upheaval: 'outside change',
  upheavals: 'outside changes',
  breath: 'batch',
  farewell: 'shutdown',
  tails: 'suffixes',
  beginnings: 'prefixes',
  bystander: 'stop word',
  bystanders: 'stop words',
  'took over': 'took the lease',
  'host gate': 'concurrency limiter',
  belonging: 'workspace resource',
  belongings: 'workspace resources',
  handover: 'drop-off container',
};

/** Words that are allowed in sentences, but not as the name of a file or as a whole identifier. */
export const bannedAsNames: Readonly<Record<string, string>> = {
  way: 'capability',
  line: 'utterance',
  look: 'poll, recheck',
  sight: 'visibility',
  against: 'vetoes',
  pace: 'limits, rate',
  standing: 'role',
  verdict: 'decision',
  judge: 'evaluate',
  meant: 'requested, referent',
  learned: 'trained',
  owed: 'enqueued',
};

/** Whether a banned name means what it says in this file: a line of text is a line. */
export function isMeantPlainly(name: string, file: string): boolean {
  return name === 'line' && !/^src\/understanding\/[^/]+$/u.test(file);
}

/**
 * Whether a file contains words that people write to the bot, which may be any words, and not the project's own terms.
 */
export function isExempt(file: string): boolean {
  // Migrations name what they rename.
  return (
    file.startsWith('src/knowledge/') ||
    file.startsWith('src/database/migrations/') ||
    // Words of other languages.
    file.startsWith('src/teams/texts/') ||
    /^src\/understanding\/(?:lexicon\/|small-talk)/u.test(file)
  );
}
