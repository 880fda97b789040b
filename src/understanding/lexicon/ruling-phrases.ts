/**
 * Phrases after which a deletion is offered at most, however sure the model is: a withdrawal as a sentence of its own,
 * a possibility, a dislike. Tokens are separated by blanks, marks are tokens too, "…" stands for up to six tokens.
 */
export const rulingPhrases: readonly string[] = [
  // Withdrawn behind the command: "Delete X. Don't."
  '. no no',
  "! don't",
  ". don't .",
  ". don't please",
  '. do not .',
  '. nope',
  '. never .',
  '. not .',
  '. stop .',
  // Only possible, or for some other time.
  'one day',
  'some day',
  'someday',
  'may have to',
  'might have to',
  'may need to',
  'might need to',
  'may want to',
  'might want to',
  'someone could',
  'somebody could',
  'anyone could',
  'anybody could',
  'people could',
  'would have to',
  // About deletions in general.
  'hate it when',
  'hate when',
  'hate that',
  'when people',
  'if people',
  'people who',
  // Wanted back.
  'deleted … back',
  'removed … back',
  'erased … back',
];
