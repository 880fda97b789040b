const english =
  /^\W*(?:(?:ok|great|perfect|super|many)\W*)?(?:thanks|thank you|thx|cheers)(?: (?:a lot|so much|very much|again|bot|steward|for (?:the|your) help))?\W*$/iu;

const germanic =
  /^\W*(?:vielen |herzlichen |besten |hartelijk )?(?:danke|dankeschön|dank|bedankt)(?: (?:schön|sehr|dir|ihnen|je|je wel|u|u wel|bot|steward))?\W*$/iu;
const romance =
  /^\W*(?:muchas |mil |muito )?(?:merci|gracias|obrigado|obrigada|grazie)(?: (?:beaucoup|bien|mille|bot|steward))?\W*$/iu;
const polish = /^\W*(?:bardzo )?(?:dziękuję|dziekuje|dzięki)(?: (?:bardzo|bot|steward))?\W*$/iu;

/** True for a message that only thanks: it neither agrees to anything nor declines it. */
export function isThanks(text: string): boolean {
  return [english, germanic, romance, polish].some((pattern) => pattern.test(text));
}
