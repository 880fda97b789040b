const will = '[will|shall|should|can|may|must|to|now|please]*';
const decide =
  'decide|decides|approve|approves|vote|votes|answer|answers|stand|stands|fill|fills|deputise|deputises|deputize|deputizes';
const deputy = 'deputy|substitute|stand-in|standin|delegate|replacement|cover';
const name = 'make|name|appoint|choose|set|nominate|take|have';

/** Verbs behind which "for me" is no courtesy. */
export const decidingVerbs: ReadonlySet<string> = new Set([...decide.split('|'), 'in', 'standing', 'filling']);

/** What names a deputy: `D` is the deputy, `A` who is away where it is not the speaker. A time may stand on either side; `for-me` is "for me" behind a verb. */
export const namePhrases: readonly string[] = [
  `D ${will} ${decide} [in] for-me`,
  `D ${will} ${decide} instead of me`,
  `D ${will} ${decide} in my place|stead|absence`,
  `D ${will} is|be|becomes|become|acts|act [as]* my ${deputy}`,
  `my ${deputy} ${will} is|be D`,
  `${name} D [as|to|be]* my ${deputy}`,
  `let|have D ${decide} [in] for-me`,
  `D ${will} ${decide} [in] for A`,
  `D ${will} ${decide} instead of A`,
  `D ${will} ${decide} in A 's place|stead|absence`,
  `D ${will} is|be|becomes|become|acts|act [as]* A 's ${deputy}`,
  `D ${will} is|be|becomes|become|acts|act [as]* [the|a]* ${deputy} of|for A`,
  `${name} D [as|to|be]* [the|a]* ${deputy} of|for A`,
  `let|have D ${decide} [in] for A`,
];

const over = '[any|anymore|longer|more|now]*';

/** What ends a deputyship; the person who is named may be either of the two. */
export const endPhrases: readonly string[] = [
  `i am|'m back [again|now|early|earlier]*`,
  `i'm back [again|now|early|earlier]*`,
  `end|stop|remove|cancel|revoke|withdraw|drop [my|the]* ${deputy}|deputyship|deputies`,
  `i need no ${deputy} ${over}`,
  `i do not|don't need a|my ${deputy} ${over}`,
  `i don't need a|my|the ${deputy} ${over}`,
  `D is no longer my ${deputy}`,
  `D is not my ${deputy} ${over}`,
  `D isn't my ${deputy} ${over}`,
  `D no longer decides|approves|votes|stands for-me`,
  `D should|must no longer decide|approve|vote for-me`,
  `i no longer stand|decide|deputise|fill [in] for A`,
  `i am|'m no longer A 's ${deputy}`,
  `i'm no longer A 's ${deputy}`,
  `i do not want to be A 's ${deputy} ${over}`,
  `i don't want to be A 's ${deputy} ${over}`,
  `end|stop|remove|cancel|revoke A 's ${deputy}|deputyship`,
  `end|stop|remove|cancel|revoke [the] ${deputy}|deputyship of|for A`,
  `D is no longer A 's ${deputy}`,
];

/** Questions about who stands in for whom. */
export const listPhrases: readonly string[] = [
  `who is|'s my ${deputy}`,
  `who are my deputies`,
  `who decides|approves|votes for-me`,
  `who stands|fills in for-me`,
  `who is|'s standing in for-me`,
  `whose ${deputy} am i`,
  `who|whom do i stand in|deputise for`,
  `for whom do i decide|deputise`,
  `do i have a ${deputy}`,
  `[show|list|display] [me]* my ${deputy}|deputies|deputyships`,
  `who stands|fills in for A`,
  `who is|'s standing in for A`,
  `who is|'s A 's ${deputy}`,
  `who is|'s [the] ${deputy} of|for A`,
  `who decides|approves|votes for A`,
  `does A have a ${deputy}`,
  `show|list|display [me]* A 's ${deputy}|deputies`,
];

/** Words of a time to come. */
export const timeWords: ReadonlySet<string> = new Set(
  `until till til untill through thru to from starting beginning for the of on in at end and including next this coming day days week weeks month
  months today tonight tomorrow a an one two three four five six seven eight nine ten eleven twelve .`.split(/\s+/u),
);
/** The words with which such a time begins. */
export const timeOpeners: ReadonlySet<string> = new Set(
  'until till til untill through thru from starting beginning for on this next today tomorrow'.split(' '),
);
