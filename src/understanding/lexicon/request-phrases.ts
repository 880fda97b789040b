import { anywhere } from '../grammar.ts';
import { anId, jobNoun, ownJob } from '../request-words.ts';
import { wrapped } from '../wrapped-pattern.ts';

const statusWord = '(?:status|progress|state|update|updates|news|eta)';

/** "status of my export", "DSR-7 status" */
const statusOf = wrapped`
  (?:${statusWord}) (?:of|on|for|about|regarding|with|concerning|:|from) (?:the |my |our |that |this ){0,6}
    (?:${anId}|${ownJob}${jobNoun})|
  (?:${anId}|${ownJob}${jobNoun})(?: 's)?(?: ?:)? (?:${statusWord})
`;

/** "how far is my export" */
const howIs = wrapped`
  (?:
    how far|how much longer|
    how long (?:until|till|before|will it take|does it take|is it going to take|more|still)|
    how is|how are|how goes|how about|what about|what is up with|what is happening with|what is going on with|
    what became of|what happened to|what happened with|what is with|where are we (?:with|on)|
    where do we stand (?:with|on)|where is|where are you with|where does|
    any (?:news|update|updates|progress|word) (?:on|about|of|for|from|regarding|with)|
    anything new (?:on|about|with)|how well is|check(?: up)?(?: on)?|look up|look into|track|follow up on|
    show(?: me)?(?: the)?|open|pull up|tell me about|lookup|see|view|details of|details for|details on|info on|
    how do things stand with|how does it look with|how does it look for
  ) (?:\S+ ){0,3}?(?:${anId}|(?:the |my |our |that |this )(?:\S+ ){0,3}?${jobNoun})
`;

/** "has my deletion finished" */
const isRequestDone = wrapped`
  (?:is|are|was|were|has|have|did|does|do|when will|when does|will) (?:
    ${anId}|
    (?:the |my |our |that |this |that)(?:\S+ ){0,4}?${jobNoun}
  )
  (?: (?:already|yet|still|been|now|be|get|getting|going to be|i \S+ \S+|for \S+|of \S+|from \S+|that i \S+)){0,6} (?:
    finished|done|complete|completed|ready|running|over|through|stuck|finish|complete|succeed|succeeded|failed|
    fail|gone through|start|started|approved|pending|in progress|processed|executed|go through|arrive|arrived|
    work|worked|end|ended|progressing|waiting|queued|moving|ok|happen|happened|under way|underway|carried out|
    accepted|rejected|going|cancelled|handled|prepared|closed|stand|underway|on track|alive|expired|hanging|
    blocked
  )
`;

/** "is it done yet" */
const isItDone = wrapped`
  (?:is|has) (?:it|that|everything|all)
    (?: (?:already|now|been|all|all been)){0,6} (?:
      done|finished|complete|completed|ready|over|through|exported|deleted|erased|gone|running|processed|
      backed up|executed
    )(?: (?:yet|now|already|or not|by now))|
  is (?:it|that) (?:done|finished|ready|complete|running)|
  (?:are you|is the bot|is it|are we) (?:
    done|finished|ready|still running|still working|still exporting|still deleting|through|there|nearly done|
    almost done|still busy|busy
  )
    (?: (?:yet|already|with it|with that|now|with my export|with the export|with my request|with the deletion)){0,6}
`;

/** "done yet?", "status update": of no request in particular */
const howFar = wrapped`
  (?:
    how far|how much is left|how much longer|how many percent|what percentage|how is it going with|
    how long to go|almost done|nearly done|done yet|finished yet|ready yet|ready now|any news|any news yet|
    any update|any updates|any progress|still running|still working on it|what is taking so long|
    when is it (?:done|ready|finished)|
    when will (?:it|that|you|everything|this) be (?:done|ready|finished|complete)|
    how far (?:along )?(?:are|is|did) (?:you|it|we|that|this)(?: with it| got| get| now)?|
    where are we|how much is done|how is it coming along|how is it looking|did it work|did it go through|
    did it succeed|did it finish|did that work|
    has it (?:finished|started|worked|completed|failed|gone through)|
    (?:${anId}|(?:my |the |our |that )(?:\S+ ){0,3}?${jobNoun}) ?,? (?:
      where (?:does|is) it(?: stand)?|how far is it|is it (?:done|finished|ready|running)|how is it going|
      what is (?:its|the) (?:status|state)|done|any news|when is it (?:done|ready)
    )|
    is it still running|status update|status report|status check|progress report
  )
`;

export const statusAsk = anywhere(`${statusOf}|${howIs}|${isRequestDone}|${isItDone}|${howFar}`);

/** "status please": the question for a status as the whole message. */
export const statusWhole = new RegExp(wrapped`
  ^(?:(?:
    please|ok|hi|hello|hey|so|and|,|my|the|current|give|show|me|what|is|tell|a|quick|short|check|see|get|can|
    could|you|i|have|want|know|to|need|request|an|any|bot|steward|your
  ) ){0,12}(?:status|progress|state of affairs|eta|updates?)
  (?: (?:please|\?|now|report|of it|on it|check|thanks|update|,|!|\.|bar|on that|for me|of that|currently|pls)){0,6}
  $
`);

const listNoun = wrapped`
  (?:
    requests|reqs|jobs|exports|deletions|dsrs|dsars|erasures|tickets|cases|orders|request history|request list|
    requests list|approvals|history of requests|list of requests|queue|erasure requests|access requests|
    export requests|deletion requests|data subject requests
  )
`;

/** "list my open requests" */
export const listAsk = anywhere(wrapped`
  (?:
    list|show|display|see|view|give|get|print|tell|overview|which|what|all|any|my|our|open|pending|past|
    previous|recent|running|outstanding|active|current|latest|team|team 's|teams|department 's|waiting|queued|
    older|finished|completed|failed|history|unfinished|everyone 's|everybody 's|colleagues|earlier|own|last|
    how many|the|unanswered|other|there|have you|do you have|overdue
  )
  (?: (?:
    me|us|to me|all|all of|the|my|our|of|a|list|open|pending|past|previous|recent|running|outstanding|active|
    current|latest|team|team 's|kind|sort|are|is|have|do|i|we|own|made|please|an|overview|other|\d+|last|few|
    so far|still|and|data|subject|erasure|export|deletion|unfinished|failed|finished|completed|closed|access|
    queued|waiting|every|each|history|there|for|group 's|department 's|whole|entire|everyone 's|from|
    colleagues|colleagues '|overdue|today 's|this week 's|old|older|earlier|summary
  )){0,6} ${listNoun}
`);

/** "deletions of my team" */
const requestsOfTeam = wrapped`
  (?:requests?|exports?|deletions?|jobs) (?:of|from|by) (?:my |our |the |all )?
    (?:team|colleagues?|department|group|coworkers|others|everyone|everybody)|
  (?:list|show|see|view|which|print|display)(?: me)? (?:every|each|any) (?:\S+ ){0,2}request
`;

/** "what is waiting for my approval" */
const waitingForMe = wrapped`
  (?:what|which|everything|anything|something|things|all|requests?|deletions?|exports?|items?)
  (?: \S+){0,5}? (?:
    waiting for|waits for|wait for|waiting on|needs|need|awaiting|await|awaits|pending|requiring|require|
    requires|for
  ) (?:me|my|our|us)(?: (?:to approve|to sign off|to decide|to confirm))?
  (?: ?
    (?:
      approval|approvals|ok|okay|decision|sign-off|signoff|sign off|consent|go|review|confirmation|attention|
      signature|to approve|to decide|blessing|green light
    ))
`;

/** "approvals queue", "my pending approvals" */
const approvalsList = wrapped`
  approvals?
    (?: (?:queue|list|inbox|backlog|pending|waiting|overview|open|outstanding|to do|for me|please|i have|needed)){1,6}|
  (?:
    pending|open|outstanding|waiting|my|show|list|any|all|what|which|the|show me|see|view|unhandled|due|
    awaiting
  )(?: (?:the|my|pending|open|outstanding|waiting|all|me|unfinished|any)){0,6} approvals?
    (?= (?:please|do|are|for|waiting|pending|open|\?|\.|!|i|we|list|have|is|now|today|there)|$)
`;

/** "do I have anything to approve" */
const toApprove = wrapped`
  (?:do|must|should|can) i (?:have |need )?
    (?:to |anything to |something to |any requests to |requests to ){0,6}approve
    (?: (?:anything|something|now|today|any|next|a|requests?)){0,6}|
  (?:what|which|anything|something|things|ones|requests?)(?: \S+){0,4}? (?:i|me)
    (?: \S+){0,2}? (?:approve|sign off|sign off on|decide|decide on|review)|
  (?:to|for) (?:approve|approval|be approved)(?: by me)
`;

/** "everything we have asked for" */
const askedFor = wrapped`
  (?:what|everything)(?: all| that)?
  (?: (?:have|did|had))? (?:i|we|the team|my team|my colleagues|our team|our department)
  (?: have| has| had)? (?:\S+ )?
  (?:
    request|requested|ask for|asked for|order|ordered|submit|submitted|asked you|asked you for|asked you to do|
    request so far|request from you
  )
`;

/** "history of our requests" */
const requestHistory = wrapped`
  (?:history|list|overview|summary|log) of (?:all )?
    (?:my|our|the team 's|team|all|the) (?:team 's |open |past )?(?:requests|exports|deletions|jobs|orders)|
  my (?:history|queue|requests|orders|tickets|jobs)(?= (?:please|\.|!|so far|now|\?)|$)
`;

/** "what else is running" */
const openNow = wrapped`
  (?:who|what) in (?:my|our|the) team (?:\S+ ){0,3}(?:requested|request|requests|open|running|pending)|
  what (?:is|are|else is) (?:\S+ ){0,3}?
    (?:
      running|open|pending|queued|in progress|outstanding|in the queue|in my queue|in the pipeline|on my plate|
      under way|going on
    )(?: (?:\S+ ){0,2}(?:team|me|us|now|right now|at the moment|currently|colleagues))?
`;

/** Questions for lists in other words. */
export const listOther = anywhere(wrapped`
  ${requestsOfTeam}|${waitingForMe}|${approvalsList}|${toApprove}|${askedFor}|${requestHistory}|${openNow}
`);

/** Questions about how requests and links work in general. */
export const generalQuestion = new RegExp(wrapped`
  ^(?:(?:hi|hello|please|so|hey|ok|and|,) ){0,6}
  (?:
    what does|what is an?|what are (?!my|our|the (?:open|pending))|how do i|how can i|
    who (?!in (?:my|our|the) team)|why|explain|which (?:states|statuses)
  )\b
`);

/** "DSR-7?": little more than the id of a request. */
export const bareId = new RegExp(wrapped`
  ^(?:(?:and|what about|how about|now|please|request|status|dsr|ticket|case|check|#|for|of|show|open|is) ){0,6}
  (?:[a-z]{2,6}-\d[\w-]*|#?\d+)
  (?: (?:
    please|status|update|done|yet|finished|ready|\?|progress|eta|:|now|how far|still open|news|open|ok|
    any news|complete|running|:|-
  )){0,6} ?[.?!]*$
`);

/** Commands and questions that mention requests but ask for no list of them. */
export const notList = new RegExp(wrapped`
  ^(?:
    delete|remove|erase|export|cancel|stop|how (?:do|can|long)|can (?:a|guests?|users?)|are (?:guests?|all)
  )\b|
  \b(?:
    explain|
    who (?:sees|can|may|approves|handles|is|must|has)|
    what happens|how (?:do|does|can|are|is|long|many days)
  )\b|
  \b(?:stored|kept|located|saved|encrypted|included|allowed|contain|contains)\b
`);
