const thanks =
  /^\W*(?:(?:ok|great|perfect|super|many)\W*)?(?:thanks|thank you|thx|cheers)(?: (?:a lot|so much|very much|again|bot|steward|for (?:the|your) help))?\W*$/iu;

/** True for a message that only thanks: it neither agrees to anything nor declines it. */
export function isThanks(text: string): boolean {
  return thanks.test(text);
}
