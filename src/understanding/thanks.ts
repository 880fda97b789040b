const english =
  /^\W*(?:(?:ok|great|perfect|super|many)\W*)?(?:thanks|thank you|thx|cheers)(?: (?:a lot|so much|very much|again|bot|steward|for (?:the|your) help))?\W*$/iu;

const otherLanguages =
  /^\W*(?:vielen |herzlichen |besten |muchas |mil |muito |grazie |mille |hartelijk |bardzo )?(?:danke|dank|dankeschön|merci|gracias|obrigado|obrigada|grazie|mille|bedankt|dziękuję|dziekuje|dzięki)(?: (?:schön|sehr|dir|ihnen|beaucoup|bien|mille|je|je wel|u|u wel|bardzo|bot|steward))?\W*$/iu;

/** True for a message that only thanks: it neither agrees to anything nor declines it. */
export function isThanks(text: string): boolean {
  return english.test(text) || otherLanguages.test(text);
}
