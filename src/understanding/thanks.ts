const english = new RegExp(
  [
    '^\\W*(?:(?:ok|great|perfect|super|many|lovely|brilliant)\\W*)?(?:thanks|thank you|thx|ta|cheers)',
    '(?:\\W+(?:a lot|so much|very much|again|bot|steward|mate|all|then|for (?:the|your) help|for now',
    "|bye|goodbye|(?:you are|you're|u r|ur) (?:the best|great|a star)|bye bye|see you|that'?s all|that is all)){0,3}\\W*$",
  ].join(''),
  'iu',
);

const germanic = new RegExp(
  [
    '^\\W*(?:vielen |herzlichen |besten |hartelijk )?(?:danke|dankeschön|dank|bedankt)',
    '(?: (?:schön|sehr|dir|ihnen|je|je wel|u|u wel|bot|steward))?(?: für (?:ihre|deine|die) hilfe)?',
    "(?:,? ?(?:das war es|das war's|das wars|das ist alles|auf wiedersehen|tschüss|bis bald)(?: für heute)?)?\\W*$",
  ].join(''),
  'iu',
);
const romance =
  /^\W*(?:muchas |mil |muito )?(?:merci|gracias|obrigado|obrigada|grazie)(?: (?:beaucoup|bien|mille|bot|steward))?\W*$/iu;
const polish = /^\W*(?:bardzo )?(?:dziękuję|dziekuje|dzięki)(?: (?:bardzo|bot|steward))?\W*$/iu;

const ending = new RegExp(
  [
    '^\\W*(?:(?:ok|okay|right|great|thanks|thank you|thx|cheers|alright)\\W+){0,3}',
    "(?:that'?s all|that is all|that was all|i'?m done|i am done|we'?re done|all done)",
    '(?: (?:for|now|here|then|with)(?: \\w+){0,4})?(?:\\W+(?:thanks|thank you|thx|cheers|bye))?\\W*$',
  ].join(''),
  'iu',
);

const loosely =
  /\b(?:thanks|thank you|thx|cheers|good ?bye|bye|see you|that(?:'s| is| was| will be) all|have a (?:nice|good|great|lovely))\b/iu;
const wanting = new RegExp(
  [
    '[?\\d"“”]|\\p{L}\\.\\p{L}|\\b(?:but|not|n\'t|delet\\w*|export\\w*|remov\\w*|list|show|send|give|cancel\\w*|stop|link|status|help',
    'back ?up|how|what|when|which|who|why|where|can|could|would|please|want|need|except|without|again|also|if|make|call|keep|before',
    'after|wrong|still|only)\\b',
  ].join('|'),
  'iu',
);

/** "Thank you very much, you have been patient with me": thanks or a goodbye, and no word of a wish. */
function isLongThanks(text: string): boolean {
  return text.length <= 160 && loosely.test(text) && !wanting.test(text);
}

/** True for a message that only thanks: it neither agrees to anything nor declines it. */
export function isThanks(text: string): boolean {
  return isLongThanks(text) || [english, ending, germanic, romance, polish].some((pattern) => pattern.test(text));
}
