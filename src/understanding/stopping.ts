const opening = '(?:(?:please|pls|nvm|never mind|ok|okay|hey|can you|could you|now|then|also|and|so) ?,? ?){0,4}';
const rhythm = 'daily|weekly|fortnightly|monthly|quarterly|yearly|annual|recurring|regular|scheduled|repeating|nightly';
const what = 'copy|copies|exports?|backups?|back-ups?|ones?|downloads?|runs?|schedules?';
const stopping = new RegExp(
  `^\\W{0,3}${opening}(?:stop|end|cancel|switch off|turn off|kill|drop) (?:the |my |our |that |this )?(?:${rhythm}) (?:${what})\\b`,
  'iu',
);

/** "Stop the monthly copy again, someone else takes over": ends what repeats, whatever is said behind it. */
export function stopsSchedule(text: string): boolean {
  return stopping.test(text.replaceAll(/\s+/gu, ' ').slice(0, 200));
}
