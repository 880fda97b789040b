import { anchored, del, having, nounLead, starting, wanting } from '../grammar.ts';
import { wrapped } from '../wrapped-pattern.ts';
import { giving } from './verbs.ts';

const gdpr = '(?:gdpr|dsgvo|dsr|dsar|sar|data subject|data protection|privacy|ccpa)';

/** "subject access request" */
const accessRight = wrapped`
  (?:(?:
    subject|data subject|data|gdpr|personal data|right of|right-of|right to|formal|new|personal|information|
    dsr
  ) ){0,6}
  (?:
    access|portability|right-of-access|right of access|right to access|data portability|sar|dsar|
    art(?:icle)?\.? (?:15|20)|art15|art20|data copy|data export|personal data export|personal data copy|
    data takeout|disclosure
  )
  (?: (?:request|dsr|dsar|export|case|req|right|claim|package|rights request|ticket|data|copy|rights|gdpr)){0,6}
`;

/** "GDPR data export" */
const gdprExport = wrapped`
  ${gdpr}
  (?: (?:data|subject|access|portability|personal)){0,6} (?:
    export|access|access request|copy|download|portability|extract|takeout
  )
`;

/** "data subject export", "copy of the personal data" */
const subjectExport = wrapped`
  (?:data subject|subject access|subject|dsr|personal data|gdpr data) (?:
    export|copy|extract|download|request|requests
  )|
  copy of (?:the )?personal data|
  personal data (?:copy|export|extract|download|report|package)|
  sar|dsar
`;

const accessNoun = `${accessRight}|${gdprExport}|${subjectExport}`;

/** "right to be forgotten request" */
const erasureRight = wrapped`
  (?:(?:data subject|data|gdpr|personal data|right to|right of|formal|full|subject|new|user|dsr|complete) ){0,6}
  (?:
    erasure|be forgotten|forget-me|rtbf|right to erasure|right to be forgotten|right of erasure|
    art(?:icle)?\.? 17|art17|data erasure|personal data erasure|data deletion|data removal|
    personal data deletion|personal data removal
  )
  (?: (?:
    request|dsr|dsar|case|req|right|claim|job|rights request|ticket|erasure|deletion|of personal data|of data|
    of the personal data|of all personal data|of all data|gdpr
  )){0,6}
`;

/** "GDPR erasure", "deletion of personal data" */
const gdprErasure = wrapped`
  ${gdpr}
    (?: (?:data|subject)){0,6} (?:
      erasure|deletion|delete|erase|removal|wipe|forget|purge|deletion request|erasure request
    )|
  (?:deletion|removal|purge) of (?:all )?(?:the )?(?:personal )?(?:data|information)
`;

const eraseNoun = `${erasureRight}|${gdprErasure}`;

/** Words before the noun of a request: "I want to exercise my". */
const requestOpener = wrapped`
  (?:(?:
    ${starting}|${giving}|${wanting}|${having}|requesting|request|requesting|exercise|exercising|i exercise|
    i hereby exercise|invoke|i invoke|i hereby invoke|i use|i am exercising|i am invoking|i claim|need|want|
    use|apply|apply for|i make use of|i would like to exercise|i want to exercise|i want to invoke|
    i want to use|i wish to exercise|we need to do|honou?r|grant|satisfy|comply with|action|new|please|
    incoming|case|begin|go for|respond to|answer|fulfil|fulfill|complete|close out|work on|help with|there is|
    (?:i|we) (?:have |just |now |also |recently ){0,6}(?:got|received|have|had|obtained|get)(?: in)?|
    got|received|just in|here is|there came|we are handling|we are processing|i am handling|i am processing|
    i have on my desk
  ) )?
`;

/** Words between that noun and the person. */
const ofWhom = wrapped`
  (?: (?:
    for|from|by|of|on|about|to|:|,|-|=|is for|concerning|regarding|filed by|made by|received from|on behalf|
    behalf|sent by|submitted by|the|data|subject|person|is|this is for|user|and|requested|came|in|received|
    raised|has been|was|belonging|covering|requester|please|that|which|from user|we got|we have|we received
  )){0,6}
`;

export const accessForm = anchored(`${requestOpener}${nounLead}(?:${accessNoun})${ofWhom}`);

export const eraseForm = anchored(`${requestOpener}${nounLead}(?:${eraseNoun})${ofWhom}`);

export const forgetForm = anchored(
  `(?:forget|forget about|unlearn|anonymi[sz]e|please forget|erase(?= E(?: |$)))(?: all about| everything about)?`,
);

/** What a person wants who asks for erasure. */
export const erasureWish = wrapped`
  (?:to )?be (?:forgotten|erased|deleted|removed)|
  (?:his|her|their|its) (?:personal |own )?(?:data|information|details|records|profile|account) (?:to be )?
    (?:${del.done}|gone)|
  (?:${del.base}|${del.doing}) (?:all )?(?:his|her|their)(?: personal)? (?:data|information|details|records)|
  article 17|art\.? 17|art17|right to erasure|right to be forgotten|erasure|right of erasure|
  deletion of (?:his|her|their) (?:personal )?(?:data|information)|
  withdrew (?:\S+ )?consent and|
  to have (?:his|her|their) (?:personal )?(?:data|information|records) (?:${del.done})
`;

/** What a person wants who asks for access to their data. */
export const accessWish = wrapped`
  what (?:is|we|you|data|information|has been|personal data) (?:\S+ ){0,5}?
    (?:on|about|of) (?:him|her|them|themselves|himself|herself)|
  what (?:is|we|you) (?:\S+ )?(?:hold|held|have|store|stored|keep|kept)|
  article 15|art\.? 15|art15|article 20|art\.? 20|art20|right of access|right to access|portability|
  (?:a )?copy of (?:all )?(?:his|her|their|the)(?: personal)? (?:data|information)|
  (?:his|her|their) (?:personal )?(?:data|information|records)|
  access request|subject access|sar|dsar|access to (?:his|her|their)|access
`;

/** Verbs that report such a request: "invoked", "asked". */
export const wishVerb = wrapped`
  (?:
    invoked|invokes|has invoked|is invoking|exercised|exercises|is exercising|has exercised|requested|requests|
    has requested|is requesting|asked|asks|has asked|is asking|wants|want|would like|wishes|insists|demands|
    demanded|sent|has sent|filed|has filed|submitted|has submitted|made|has made|claims|relies|relied|applied|
    used|is using|uses|contacted us|wrote in|wrote|called|needs|is entitled|withdrew|left|has a right|
    came to us|has to|must|needs to|should|raised|lodged|writes|emailed
  )
`;

/** A command to carry out what was reported: "…, please process it". */
export const carryOut = new RegExp(wrapped`
  ^ (?:[,.;!:-]|so|and|hence|therefore|then|please) (?:
    please |pls |kindly |so |can you |could you |now |then |hence |would you |i need you to |go ahead and |
    therefore |thus |you can |you may |, ){0,6}
  (?:
    start|begin|proceed|go ahead|carry (?:it |this |that |the \S+ )?out|run|process|action|execute|comply|
    initiate|handle|do (?:it|so|this|that|the)|please do|set it in motion|get it going|get going|make it happen|
    put|pull|kick (?:it |this )?off|trigger|prepare|launch|fulfil|fulfill|take care of|see to it|honou?r|export|
    erase|delete|remove|purge|wipe|forget|send|give|provide|produce|put together|collect|compile|gather|hand|
    perform|complete|finish|open|create|arrange|sort|get started|deal with it|act on it
  )(?= |$)
`);

/** Words without which a sentence is no such request; a cheap test made first. */
export const subjectWords = new RegExp(
  wrapped`
    \b(?:
      e|me|my|forget|forgotten|erase|erased|erasure|erasing|access|portability|article|art|art15|art17|art20|
      gdpr|dsgvo|ccpa|dsr|sar|dsar|subject|personal|data|privacy|rtbf|right|takeout|disclosure|records|
      information|details|copy|hold|held|anonymi[sz]e|unlearn
    )\b
  `,
  'i',
);

/** "I exercise my right to be forgotten" */
export const ownErasure = anchored(wrapped`
  (?:(?:i|we) (?:hereby |now |would like to |want to |wish to |am |formally |use |do |really ){0,6}
    (?:
      want|wish|would like|demand|request|ask|exercise|exercising|invoke|invoking|use|using|claim|insist on|
      make use of
    )?(?: to)?
    (?: (?:
      be (?:forgotten|erased)|
      (?:exercise |invoke |use |to use )?(?:my )?right (?:to be forgotten|to erasure|of erasure)|
      article 17|art\.? 17|my article 17 rights?
    ))
    (?: (?:
      under gdpr|right|rights|by you|by this system|please|now|from studio|from the system|under article 17|
      here|in studio|completely
    )){0,6})
`);

/** "I exercise my right of access" */
const ownAccessRight = wrapped`
  (?:i|we) (?:hereby |now |would like to |want to |wish to |am |formally |use |do |really ){0,6}
  (?:want|wish|would like|demand|request|ask|exercise|exercising|invoke|invoking|use|using|claim|make use of)?
  (?: to)?
  (?: (?:
    (?:exercise |invoke |use |to use )?(?:my )?
      right (?:of access|to access|to data portability|to portability)|
    my (?:access|portability) right|article (?:15|20)|art\.? (?:15|20)|my article (?:15|20) rights?
  ))(?: (?:under gdpr|right|rights|please|now|here|in studio)){0,6}
`;

/** "tell me everything you store about me" */
const ownData = wrapped`
  (?:please )?
  (?:
    let me know|tell me|show me|
    i (?:want|would like|need|wish) to (?:know|see|have|get|receive|download)|
    (?:can|could|may) i (?:see|have|get|know)
  ) (?:
    everything|
    all(?: the)?(?: data| information| personal data| details)?|
    what(?: data| information| personal data)?|whatever|which data|exactly what
  )
  (?: (?:
    that|which|you|we|studio|is|are|have|has|got|been|hold|holds|held|keep|keeps|kept|store|stored|stores|
    know|knows|data|information|personal|saved|collected|the system|this bot|the bot|it
  )){0,6} (?:about|on|of|concerning|regarding) me
`;

export const ownAccess = anchored(`(?:${ownAccessRight}|${ownData})`);
