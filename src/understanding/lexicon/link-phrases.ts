import { anchored, anywhere } from '../grammar.ts';
import { anId, jobNoun, ownJob } from '../request-words.ts';
import { wrapped } from '../wrapped-pattern.ts';

const linkWord =
  '(?:link|links|url|urls|download link|download url|download|sas|address|download address|sas link|zip link|hyperlink)';

export const mentionsLink = /\b(?:links?|urls?|download|sas|address|hyperlink)\b/;
/** "a fresh download link" */
const newLink = wrapped`
  (?:
    new|another|fresh|renewed|second|working|valid|replacement|different|updated|extended|recent|current|
    refreshed|2nd
  ) (?:download |working |valid |sas |export ){0,6}${linkWord}
`;

/** "renew my link" */
const renewLink = wrapped`
  (?:
    renew|refresh|generate again|create again|make again|send again|give again|reissue|re-issue|regenerate|
    resend|re-send|recreate|extend|reactivate|re-activate|reopen|update|prolong|restore|redo|replace|repost|
    re-post|re-generate|re-create|repeat
  )
  (?: (?:
    me|us|please|again|to me|the|my|our|that|this|expired|old|dead|broken|download|export|same|zip|last|of|for
  )){0,6} ${linkWord}
`;

/** "the link, I need a new one" */
const linkAnew = wrapped`
  ${linkWord}(?: \S{1,40}){0,6}? (?:new one|another one|a fresh one|a new one)
`;

/** "the link you sent has expired" */
const brokenLink = wrapped`
  ${linkWord}
  (?: (?:
    you|me|us|i|we|to|from|for|of|in|is|has|it|that|the|my|this|export|request|sent|gave|got|was|were|are|
    have|does|do|says|just|already|now|also|seems|appears|yesterday|here|archive|zip|did|posted|above|again|
    \d+|[a-z]+-\d+|workspace|last|week|be|no|longer|to be|unfortunately|sadly|suddenly
  )){0,6}
  (?: (?:
    expired|dead|broken|stale|invalid|timed out|time out|outdated|ran out|run out|lapsed|gone|too old|
    not work|not working|not open|not opening|not valid|not load|not respond|lost|again|once more|missing|403|
    404|denied|fail|fails|failed|failing|old|doesnt work|not function|stopped working|kaputt?|over|no good|
    useless|errors?|nothing|not available|disappeared|
    gives? (?:me )?(?:an? )?(?:403|404|error|errors|nothing|access denied|forbidden)|
    gave (?:me )?(?:an? )?(?:403|404|error)|shows? (?:me )?(?:an? )?(?:403|404|error)|
    returns? (?:an? )?(?:403|404|error)|it is not (?:more |longer )?valid|not active|inactive|died|down|
    unavailable|not any ?more|once again|one more time|back
  ))
`;

/** "I lost the link", "expired link" */
const lostLink = wrapped`
  lost (?:\S{1,40} )?${linkWord}|
  (?:expired|dead|broken|stale|invalid|outdated|lapsed) (?:download )?${linkWord}|
  (?:can not|cannot) (?:use|open|access|reach|load|download from) (?:the |my |that |this )?
    (?:download |export )?${linkWord}|
  (?:
    where is|where did|cannot find|can not find|can not open|cannot open|deleted|misplaced|closed|lost|
    overlooked|missed
  ) (?:the |my |that |our )?(?:download |export )?${linkWord}
`;

/** Requests for a new link, or reports that a link does not work. */
export const linkAgain = anywhere(`${newLink}|${renewLink}|${linkAnew}|${brokenLink}|${lostLink}`);

/** "send me the link again" */
export const linkSend = anchored(wrapped`
  (?:
    (?:can|could|may) (?:i|we) (?:please )?(?:have|get|receive|see|obtain)|
    (?:i|we) (?:need|want|would like|require|lost)|
    send|give|show|resend|re-send|forward|provide|share|post|get|pass|email|where is
  )(?: (?:me|us|to me|over|again|please|the|my|our|a|that|this)){0,6} ${linkWord}
  (?: (?:again|for|to|of|from|please|once more|one more time|back)){0,6} ?
  (?:${anId}|${ownJob}${jobNoun}|again|once more|please|thanks|me|$)
`);

/** Questions about how links work in general. */
export const linkQuestion = new RegExp(wrapped`
  ^(?:
    how long|how many|how often|when (?:does|do|will)|what (?:happens|is|are|if)|why|who|does (?:the|a)|
    do (?:the )?(?:download )?links|is (?:the|a|it)(?: download)? link|are (?:the )?(?:download )?links|
    can (?:the|a|anyone|anybody|someone|others|other|my|the link)|
    for how|until when|which|is it
  )\b
`);
