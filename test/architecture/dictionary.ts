/**
 * Private words of an earlier house, each with the field's word that stands in its place. None of these may stand
 * anywhere in `src`, `cards` and the README.
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

/** Words that may stand in a sentence, but neither as the name of a file nor as a whole identifier. */
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

/** Whether a list of words is a person's vocabulary, which a reader has to know, rather than the house's own words. */
export function isVocabulary(file: string): boolean {
  return file.startsWith('src/knowledge/') || /^src\/understanding\/(?:lexicon\/|small-talk)/u.test(file);
}
