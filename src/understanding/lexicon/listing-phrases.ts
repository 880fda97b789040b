import { anywhere, del, exp } from '../grammar.ts';
import { wrapped } from '../wrapped-pattern.ts';

/** Verbs and nouns that ask to see something. */
export const showCue = anywhere(wrapped`
  (?:
    list|show|display|see|view|enumerate|print|browse|look up|look for|lookup|search|search for|find|filter|
    overview|inventory|index|catalogue|catalog|summary|summarise|summarize|tell me|give me|get me|let me see|
    open|count|name|names|bring up|pull up|check|present|what is in|what is inside|what is there|which|what|
    whats|what are|how many|do i have|do we have|have i got|have we got|are there|is there|there are|there is|
    got|any|listing|table of contents|contents of|content of|what do|what have|where are|where do i find|
    need a list|want to see|would like to see|i want to know|show off|ls|dir|all
  )
`);

/** Words that say that something exists or belongs to somebody. */
export const possessionCue = anywhere(wrapped`
  (?:do|did|have|has|are|is|does|can) (?:i|we|you|there|it|my|our|the|this|workspace)|
  (?:i|we|it|there|you|team|workspace) (?:
    have|has|own|owns|got|is|are|use|made|created|uploaded|deployed|keep|store|saved|exist|exists|hold|holds|
    trained|contains?
  )|
  (?:in|inside|within|from) (?:my|the|this|our|workspace)|
  exist|exists|available|deployed|stored|there|uploaded|lives?|live|around|saved|registered|running|belong|
  belongs|mine|present|published|see|find|visible|contain|contains|called|named|with|in the name|in it|
  accessible
`);

/** A command to list at the start of the message. */
export const listImperative = new RegExp(wrapped`
  ^(?:(?:
    please|hi|hello|hey|ok|so|now|and|then|could|can|would|will|you|kindly|just|i|we|want|would|like|need|to|
    d|let|me|us|first|bot|steward|,|!|\.|may|might|mind|quickly|be|able|it|nice|is|great|also|dear
  ) ){0,6}
  (?:
    list|listing|show|display|see|view|enumerate|print|browse|look up|look for|lookup|search|search for|find|
    filter|overview|inventory|index|catalogue|catalog|summarise|summarize|tell me|give me|get me|give us|open|
    count|name|bring up|pull up|check|present|provide|send me|hand me|have|take a look at|look at|a list|
    the list|the names|names of|list of|ls|dir|know|tell us|show us|explore|point me to|where (?:are|is)
  )\b
`);

/** "…, please list them": a command to list at the end. */
export const trailingCommand =
  /\b(?:please (?:list|show)(?: (?:them|me|us|it))?|(?:list|show|display)(?: (?:them|please|me|all|it))?|list|overview|inventory)(?: please| now| thanks)?\s*[.!?]*$/;

/** Actions other than listing. */
export const otherAction = new RegExp(
  `(?:^| )(?:${del.base}|${del.doing}|${exp.base}|train|run|create|make|upload|share|rename|merge|import|add|build|deploy|copy|move|new|more|delete)(?= |$)`,
);

/** A question about how things work, which asks for no list. */
export const explanationQuestion = new RegExp(wrapped`
  ^(?:(?:ok|so|and|but|well|please|hi|hello|,) ){0,6}
  (?:
    how (?:do|can|to|long|should|would|are|is)|why|when|who|explain|
    what (?:
      does|happens|is an?|
      are the (?:limits|rules|differences?|deadlines?|steps|risks)|
      kinds? of|types? of|would|will|should
    )|
    is it|should|
    can (?:i|a|an|guests?|you (?:explain|restore|recover))|
    could i|does (?:the|a|an)|is (?:a|an|the|my)|will|may
  )\b
`);

/** Questions that do ask for a list, though they begin like one about how things work. */
export const listQuestion = new RegExp(wrapped`
  ^(?:(?:ok|so|and|please|hi|hello|,) ){0,6}
  (?:
    how many|
    can i (?:please )?(?:see|have a list|get a list|view)|
    could i (?:please )?(?:see|have a list|get a list|view)|
    may i (?:please )?(?:see|have a list)
  )
`);

/** Questions about a procedure, a rule or a consequence. */
export const procedureQuestion = new RegExp(wrapped`
  \b(?:
    whether|what happens|what (?:would|will) happen|what steps|
    how (?:do|can|would|should|could) (?:i|we|you|one)|
    how to|happens (?:to|with|when|if)|
    the (?:steps|difference|deadline|limit|rules?|procedure)
  )\b
`);

/** "which workspaces do I have" */
export const workspacesQuestion = new RegExp(wrapped`
  ^(?:(?:ok|so|and|please|hi|hello|,|tell me|can you tell me|could you tell me|i want to know|show me) ){0,6}
  (?:(?:in |to )?(?:which|what|how many)(?: of the| different| other| azure| studio| ml)? workspaces\b)
`);

/** "datasets like churn", "my model list": a list asked for without a verb. */
export const terseFilter = new RegExp(wrapped`
  ^(?:
    (?:all |my |the |our |trained ){0,6}
      (?:
        datasets|experiments|modules|models|transforms|webservices|web services|projects|notebooks
      ) (?:in|inside|within|from|named|called|with|containing|matching|like|starting) .{2,40}|
    (?:my |the |our ){0,6}
      (?:
        dataset|experiment|module|model|transform|webservice|web service|project|notebook|asset|assets
      ) (?:list|overview|inventory|names)(?: please)?
  )\s*[.?!]*$
`);

/** "all my experiments please": a kind as the whole message. */
export const terseKinds = new RegExp(wrapped`
  ^(?:(?:my|all|our|the|all my|any|please|current) ){0,6}(?:\S+ ){0,2}?
  (?:
    datasets|experiments|modules|models|transforms|webservices|services|projects|notebooks|workspaces|data sets
  )(?: (?:please|list|overview|\?|inventory|now|pls|do i have|here)){0,6}\s*[.?!]*$
`);

/** "which of my datasets", "what web services" */
export const whichKind = new RegExp(wrapped`
  \b(?:which|what)
    (?: (?:
      of|my|our|the|all|trained|custom|are|is|kind|kinds|web|old|sort|do|does|we|i|have|has|other|different|
      got|in|inside|there|stored|data|exists?|lives?|else|does|jupyter|machine|learning|can|see|everything|
      contents?|this|that|saved|you|available|it|contain|contains
    )){0,6} (?:
      datasets?|data sets?|experiments?|modules?|models?|transforms?|webservices?|web services?|services|
      projects?|notebooks?|workspace
    )\b|
  \b(?:which|what) (?:is|do|does|are|have|has)\b
`);

/** "which workspace do I own": a question for workspaces in the singular. */
export const wantsWorkspaces = new RegExp(wrapped`
  \b(?:which|what|list|show|names? of|all|every|each|any|switch|see)\b.{0,150}\bworkspace\b.{0,150}\b
    (?:
      am i (?:in|a member of)|do i (?:have|own|belong)|have access|can i (?:use|see|access|open)|are there|
      exist|i (?:am|have|can|own|belong)
    )\b|
  \b(?:every|each) workspace\b
`);

/** Nouns of other systems that are also words for a list or for its contents. */
export const ambiguousNoun = new RegExp(wrapped`
  ^(?:
    list|lists|names?|overview|files?|titles?|entries|entry|line|words?|text|export|exports|archive|link|status|
    history|summary|order|member|members|content|contents|table|index|view|page|employee|people|person|row|card|
    api|apis|release|draft|drafts
  )$
`);

/** Words after which a search text may begin. */
export const filterLead = new RegExp(wrapped`
  ^(?:
    with|have|has|having|contain|contains|containing|including|include|includes|called|named|like|matching|
    match|starting|start|starts|beginning|begin|ending|about|for|mention|mentioning|titled|on|saying|say|search|
    find|filter|=|:|whose|where
  )$
`);

/** Words between those and the search text. */
export const filterSkip = new RegExp(wrapped`
  ^(?:
    the|a|an|word|words|text|string|term|terms|name|names|title|titles|in|with|contains?|containing|includes?|
    including|is|are|something|like|starts?|begins?|starting|prefix|suffix|keyword|substring|by|on|for|that|
    matching|has|have|of|it|their|its|all|=|:|someone|anything|phrase|letters|part|to|do|matches
  )$
`);

/** Words that say that a text is searched for. */
export const filterCue = new RegExp(wrapped`
  \b(?:in|inside|as part of|within) (?:the |their |its |his |her )?(?:names?|titles?)\b|
  \bnamed?s?\b|\btitled?s?\b|\bcontain|\bmatch|\blike\b|\bcalled\b|\bsearch|\bfind\b|\bfilter|
  \bstart(?:s|ing)? with\b|\bbegin|\bending\b|\bmention|\blook (?:for|up)\b|\babout\b|\blooking for\b|
  \bwith .{1,150} in (?:it|them)\b|\bprefix
`);
