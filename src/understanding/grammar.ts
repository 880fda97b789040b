import { deletion, exportation } from './lexicon/verbs.ts';
import { wrapped } from './wrapped-pattern.ts';

/**
 * Building blocks for regular expressions over canonical words. Each fragment ends after a space or matches nothing.
 */

/** One word or phrase that may precede a command without changing it. */
export const leadWord = wrapped`
  (?:
    fyi|look|listen|hmm|so|and|then|hence|therefore|thus|consequently|accordingly|now|ok|okay|alright|right|
    well|also|next|first|finally|just|please do|please|actually|urgent|urgently|hey|hi|hello|dear|bot|steward|
    studio steward|good morning|good afternoon|good evening|btw|by the way|today|please do|instead(?! of)|yes|
    kindly|simply|quickly|immediately|go|go ahead and|go on and|ahead and|go and|come on|thanks|cool|great|fine|
    perfect|team|all|sir|madam|friend|mate|man|buddy|oh|ah|um|er|hmm|one more thing|as discussed|as agreed|
    as requested|if possible|anyway|again|greetings|everyone|big favor|sorry|in that case|for that reason|
    that is why|which is why|because of that|as a result|because of this|cleanup|housekeeping|i say|
    it is time to|time to|- |\+ |• |\* |\d+ \) |\d+ \. |task :|request :|action :|my request :|action needed :|
    please :|urgent :|request -
  ) `;

const courtesy = wrapped`
  (?:
    please|kindly|just|maybe|possibly|now|also|quickly|perhaps|then|go ahead and|be so kind (?:as )?(?:to|and)|
    be so good as to|help me(?: to)?|help us(?: to)?|be able to|today|immediately|finally|completely|simply|
    go and|for me|at once|permanently|actually|fully|safely|go|try to|manage to|proceed to|start to|begin to|
    do me a favou?r and|get around to
  )
`;

/** "could you" */
const canYou = wrapped`
  (?:(?:can|could|will|would|cant|may) (?:
    you|u|ye|steward|studio steward|the bot|someone|somebody|anyone
  ) (?:${courtesy} ){0,6})
`;

/** "I would like you to" */
const iWantYou = wrapped`
  (?:(?:i|we) (?:
    ${courtesy} |really |kindly |hereby |urgently |still |all |both |only |do |formally |herewith |would ){0,6}
    (?:
      would like|would love|would prefer|would want|would wish|want|wants|need|wish|must ask|must|have|
      am asking|are asking|ask|request|am requesting|require|demand|order|instruct|beg|command|am here|came|
      would appreciate it if|would appreciate if|
      would be (?:very |so |really |most |truly )?(?:grateful|thankful|happy|glad|obliged|pleased|delighted) if|
      would be (?:glad|happy|grateful) for you|was hoping|am hoping|was wondering if|am wondering if|wonder if|
      was wondering whether|hope|like|am writing
    )(?: that)?(?: (?:you|u|the bot|steward|for you|someone))?(?: (?:could|would|can|will|should|must|may))?
    (?: to)? (?:${courtesy} ){0,6})
`;

/** "please to", "you must" */
const youMust = wrapped`
  (?:please (?:you|to) (?:${courtesy} ){0,6})|
  (?:you (?!(?:should|must|need to|have to|ought to) be able)
    (?:
      must|should|have to|need to|can now|may now|can please|could please|ought to|shall|are to|please|
      (?:can|may)(?= .*\b(?:please|now|thanks|today)\b)|
      may please|will please|are requested to|are asked to
    ) (?:${courtesy} ){0,6})
`;

/** "it is necessary to" */
const itIsNeeded = wrapped`
  (?:is (?:necessary|needed|required) (?:to |that you )(?:${courtesy} ){0,6})
`;

/** "it would be great if you could" */
const itWouldBeNice = wrapped`
  (?:it (?:is|would be) (?:
    necessary|needed|required|time|
    (?:very |so |really |most )?
      (?:
        great|kind|nice|good|helpful|lovely|wonderful|awesome|fantastic|super|perfect|brilliant|appreciated|
        handy
      )
  )(?: of you)? (?:if (?:you|we) (?:could |would |can |will )?|to |that you |for you to )(?:${courtesy} ){0,6})
`;

/** "that would be kind if you" */
const thatWouldBeNice = wrapped`
  (?:(?:would be|that would be) (?:great|kind|nice|good|helpful|lovely) (?:if you (?:could |would |can )?|to )
    (?:${courtesy} ){0,6})
`;

/** "make sure that you", "feel free to" */
const makeSure = wrapped`
  (?:(?:
    make sure|be sure|see to it|ensure|feel free|be so kind as|be so kind|be so good as|be kind enough|
    have the kindness|do not hesitate|do me a favou?r|do us a favou?r|be a dear|be an angel|be a star|let us|
    lets|help me|help us|assist me|assist us|my request is|the request is|this is a request|
    this is my request|my wish is|i am here|any chance you (?:could|can)|any chance of you|
    is there any chance you (?:could|can)|wondering if you (?:could|can|would)|hoping you (?:could|can|would)|
    would it be possible for you|may i ask you|may i please ask you|could i ask you|can i ask you|
    might i ask you|may i request you|might i trouble you|could i trouble you|could i please ask you|
    i trust you|please be advised|you are kindly requested|you are requested|you are asked|your job is|
    your job today is|your task is
  )(?: (?:to|and|that you|you|that|in))? (?:${courtesy} ){0,6})
`;

/** "could you please", "I'd like you to", "you must": what makes a base verb a command. */
export const asking = wrapped`
  (?:${canYou}|${iWantYou}|${youMust}|${itIsNeeded}|${itWouldBeNice}|${thatWouldBeNice}|${makeSure})
`;

/** "would you mind deleting", "start erasing". */
export const askingDoing = wrapped`
  (?:(?:
    (?:would|do|will) you mind|you mind|mind|do you mind|would not you mind|start|start with|begin|begin with|
    commence|initiate|continue with|proceed with|proceed to|go ahead with|go on with|how about|requesting|
    please start|
    (?:i|we) would (?:really )?appreciate (?:you|your)|
    appreciate (?:you|your)|get started on|get going with|get on with|take care of|see about|thanks for|
    thank you for|(?:i|we) need you to start|we can start|start the
  ) (?:${courtesy} ){0,6})
`;

/** Verbs that turn a noun into a command: "start an export". */
export const starting = wrapped`
  (?:
    start|begin|launch|initiate|kick off|kickoff|kick|run|do|make|perform|create|prepare|produce|generate|
    trigger|get|give|execute|carry out|file|open|log|submit|register|set up|queue|queue up|process|action|
    arrange|handle|fulfil|fulfill|proceed with|go ahead with|issue|build|put in|raise|compile|take|obtain|
    provide|deliver|send|schedule|conduct|supply|organise|organize|commence|bring|pull|order|complete|draw up|
    put together|record|enter|let me have|let us have|fire off|get going|cut|begin with|start with|grab|enact|
    implement
  )
`;

export const wanting = wrapped`
  (?:(?:i|we) (?:really |kindly |urgently |also |now |hereby |please |still |would |just |do |only |all ){0,6}
    (?:
      want|need|would like|like|require|request|am after|are after|am looking for|ask for|am asking for|
      am requesting|would love|could use|must have|wish|wish for|desire|demand|should have|should like|
      have to have|ask you for|would appreciate|expect|hereby request|apply for|would need|could do with|seek|
      am seeking|
      would be (?:glad|happy|grateful|thankful) (?:about|for|to get|to have|to receive)
    )(?: to)?
    (?: (?:have|get|receive|obtain|see|request|ask for|order|put in|make|apply for|start|be given|be sent))?)
`;

export const having = wrapped`
  (?:
    would it be (?:ok|okay|possible|alright|all right|fine) to (?:ask(?: you)? for|have|get|order)|
    (?:can|could|may|might|shall|would|will) (?:i|we) (?:
      please |kindly |maybe |also |just |quickly |possibly ){0,6}
      (?:
        have|get|obtain|receive|request|ask for|see|order|be given|be sent|trouble you for|ask you for|
        bother you for|please have|download
      )
  )
`;

export const nounLead = wrapped`
  (?:(?:
    please|me|us|to me|for me|for us|up|out|a|an|the|my|our|this|that|full|complete|total|entire|whole|quick|
    new|fresh|permanent|immediate|proper|formal|official|final|local|zipped|safe|own|one|off|with|whole|data|
    another|just|of|all|classic|gdpr|customer|personal|downloadable|offline|separate|now|real
  ) ){0,6}
`;

/** Adverbs around a verb, each with a space before it. */
export const soft =
  '(?: (?:please|now|also|just|completely|permanently|fully|all|too|already|finally|kindly|today|immediately|being|both|to me|really|entirely|simply|quickly|for me|for us|for good|tonight)){0,6}';

export const del = deletion;
export const exp = exportation;

/** A regular expression that is tried at one exact position of `canon`, ending at a word's end. */
export function anchored(source: string): RegExp {
  return new RegExp(`(?:${source})(?= |$)`, 'y');
}

/** A regular expression that is looked for anywhere in canonical words. */
export function anywhere(source: string): RegExp {
  return new RegExp(`(?:^| )(?:${source})(?= |$)`);
}
