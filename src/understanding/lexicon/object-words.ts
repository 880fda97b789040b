import { wrapped } from '../wrapped-pattern.ts';

/** What a report about things is called: "a list of my datasets" names no dataset. */
export const reportNoun = new RegExp(wrapped`
  ^(?:
    list|lists|overview|names?|number|numbers|count|summary|inventory|status|progress|report|history|link|links|
    screenshot|picture|table|details|description|titles?|sizes?|owners?|date|dates
  )$
`);

/** Adjectives that select without saying what: "my old models" are not all models of the person. */
export const vagueAdjective =
  /^(?:old|unused|obsolete|useless|outdated|superfluous|redundant|certain|some|stupid|silly|damn|damned|bloody|little|particular|one)$/;

/** Words that select some of a plural: "these", "two". */
export const limitingWord =
  /^(?:this|that|these|those|both|two|three|four|five|six|[2-6]|following|said|here|mine|named|called|a|an|any|some)$/;

/** Parts of a thing: "the dataset preview" is not the dataset. */
export const partNoun = new RegExp(wrapped`
  ^(?:
    settings?|invitations?|pictures?|icons?|previews?|descriptions?|comments?|keys?|outputs?|buttons?|tokens?|
    members?|names?|titles?|owners?|tags?|schedules?|history|permissions?|roles?|endpoints?|links?|urls?|pages?|
    tabs?|menus?|versions?|parameters?|columns?|rows?|headers?|schemas?|visualisations?|visualizations?|graphs?|
    canvas|annotations?|quotas?|views?|policy|policies|summary|thumbnails?|logo|card|access
  )$
`);

/** Words that describe a thing without naming it: "the wrong dataset". */
export const descriptiveWord = new RegExp(wrapped`
  ^(?:
    wrong|failed|failing|last|latest|newest|oldest|biggest|largest|smallest|slowest|other|others|another|same|
    first|second|third|next|previous|empty|broken|unused|duplicate|duplicated|current|recent|new|newer|older|
    old|bad|worst|best|right|correct|selected|above|below|following|mentioned|uploaded|shared|few|several|many|
    most|more|random|unnecessary|big|large|small|huge|temporary|obsolete|outdated|expired|finished|unfinished|
    private|public|personal|customer|different|second-last|entire|specific|single|various|numerous|archived|
    deleted|exported|published|deployed|running|scheduled|draft|useless|ugly|stupid|silly|such|any|some|certain|
    existing|remaining|rest|half|three|four|five|six|seven|eight|nine|ten|dozen|hundred|\d+|of|the|my|least|
    very|only|two|oldest|colleague|colleagues|'s|his|her|their|someone|somebody|everyone|everybody|nobody|no
  )$
`);

/** Words between a name and the kind after it: "churn, which is a dataset". */
export const appositionWord =
  /^(?:i|mean|it|is|they|are|which|that|both|all|the|a|an|whole|my|of|them|entire|those|these|being|as|our|one|complete|old|custom)$/;

/** Words of a phrase for the data of a workspace: "everything that we have stored". */
export const scopeWord = new RegExp(wrapped`
  ^(?:
    please|only|just|simply|also|me|us|out|a|an|full|complete|copy|the|everything|anything|all|entirety|rest|
    every|bit|each|single|thing|whole|content|contents|whatever|what|of|my|our|your|this|its|these|those|
    customer|customers|personal|data|assets|things|stuff|items|files|work|material|objects|information|info|
    artifacts|artefacts|belongings|bits|both|any|entire|and|plus|,|own|that|which|is|i|we|have|keep|there|are|
    put|made|lives|live|sits|exists|exist|stored|contained|contains|held|kept|inside|living|saved|currently|
    sitting|here|located|parts|part|ones|private|dump|backup|archive|export|got|as|well|zip|not|related|account|
    relating|possible
  )$
`);

/** The words of which such a phrase must have at least one. */
export const scopeHead =
  /^(?:everything|anything|all|whatever|what|entirety|content|contents|data|assets|stuff|items|things|files|work|information|info|material|objects|personal|customer|bit|thing|belongings)$/;

export const pluralPronoun = /^(?:them|these|those|both|all of them|both of them)$/;

/** "and everything in it" after a workspace. */
export const withContents = new RegExp(wrapped`
  ^(?:'s )?
  (?:
    (?:, )?
      (?:and|with|including|plus|as well as|together with|along with) (?:
        everything|anything|all|whatever|the contents?|its contents?|all contents?
      )(?: of)?
      (?: (?:
        the|its|my|of|that|is|there|i|have|assets|data|contents?|things|stuff|inside|in|it|within|them|
        datasets|experiments|stored|lives|files
      )){0,6}|
    (?:content|contents|data|assets|as a whole|in its entirety|in full)(?= |$)
  )(?= |$)
`);

/** Words that begin a new clause after a list of names. */
export const clauseStart = new RegExp(wrapped`
  ^(?:
    zip|pack|fetch|grab|wipe|purge|trash|drop|backup|back|copy|archive|bundle|extract|save|collect|throw|take|
    bin|discard|destroy|clean|dispose|nuke|eliminate|said|says|haha|hahaha|lol|hm|hmm|jk|nope|nah|actually|or|
    wrote|quote|joke|joking|kidding|scratch|hold|oops|hang|better|i|we|you|he|she|they|it|please|thanks|thank|
    so|but|because|since|as|then|delete|remove|erase|export|download|send|give|make|tell|let|email|put|upload|
    keep|leave|do|don't|not|no|never|could|can|would|will|should|is|are|was|were|if|when|what|how|why|who|where|
    that|this|there|everybody|nobody|everyone|otherwise|maybe|perhaps|rather|actually|wait|sorry|now|today|asap|
    cheers|ok|okay|hi|hello|mail|show|list|confirm|report|also please|ignore|forget|stop|cancel|skip|approve|
    start|run|proceed|go|hurry|be|get|let me
  )$
`);
