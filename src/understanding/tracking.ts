import { isCancel } from './cancelling.ts';
import { anchored, anywhere } from './grammar.ts';
import type { IntentName, Slots } from './intents.ts';
import { matchFrom, prefixes } from './prefixes.ts';
import { anId, jobNoun, ownJob } from './request-words.ts';
import type { Sentence } from './tokens.ts';

/** A sentence about requests that were made already. */
interface Tracking {
  readonly intent: Extract<IntentName, 'request.status' | 'request.list' | 'request.cancel' | 'link.renew' | 'none'>;
  readonly slots: Slots;
  readonly why: string;
}

const idPattern = /^(?:[a-z]{2,6}-\d[\w-]*|#\d+|(?:dsr|sar|dsar|req)\d{2,})$/;
const linkWord =
  '(?:link|links|url|urls|download link|download url|download|sas|address|download address|sas link|zip link|hyperlink)';
const mentionsLink = /\b(?:links?|urls?|download|sas|address|hyperlink)\b/;
const linkAgain = anywhere(
  `(?:new|another|fresh|renewed|second|working|valid|replacement|different|updated|extended|recent|current|refreshed|2nd) (?:download |working |valid |sas |export ){0,6}${linkWord}|(?:renew|refresh|generate again|create again|make again|send again|give again|reissue|re-issue|regenerate|resend|re-send|recreate|extend|reactivate|re-activate|reopen|update|prolong|restore|redo|replace|repost|re-post|re-generate|re-create|repeat)(?: (?:me|us|please|again|to me|the|my|our|that|this|expired|old|dead|broken|download|export|same|zip|last|of|for)){0,6} ${linkWord}|${linkWord}(?: \\S{1,40}){0,6}? (?:new one|another one|a fresh one|a new one)|${linkWord}(?: (?:you|me|us|i|we|to|from|for|of|in|is|has|it|that|the|my|this|export|request|sent|gave|got|was|were|are|have|does|do|says|just|already|now|also|seems|appears|yesterday|here|archive|zip|did|posted|above|again|\\d+|[a-z]+-\\d+|workspace|last|week|be|no|longer|to be|unfortunately|sadly|suddenly)){0,6}(?: (?:expired|dead|broken|stale|invalid|timed out|time out|outdated|ran out|run out|lapsed|gone|too old|not work|not working|not open|not opening|not valid|not load|not respond|lost|again|once more|missing|403|404|denied|fail|fails|failed|failing|old|doesnt work|not function|stopped working|kaputt?|over|no good|useless|errors?|nothing|not available|disappeared|gives? (?:me )?(?:an? )?(?:403|404|error|errors|nothing|access denied|forbidden)|gave (?:me )?(?:an? )?(?:403|404|error)|shows? (?:me )?(?:an? )?(?:403|404|error)|returns? (?:an? )?(?:403|404|error)|it is not (?:more |longer )?valid|not active|inactive|died|down|unavailable|not any ?more|once again|one more time|back))|lost (?:\\S{1,40} )?${linkWord}|(?:expired|dead|broken|stale|invalid|outdated|lapsed) (?:download )?${linkWord}|(?:can not|cannot) (?:use|open|access|reach|load|download from) (?:the |my |that |this )?(?:download |export )?${linkWord}|(?:where is|where did|cannot find|can not find|can not open|cannot open|deleted|misplaced|closed|lost|overlooked|missed) (?:the |my |that |our )?(?:download |export )?${linkWord}`,
);
const linkSend = anchored(
  `(?:(?:can|could|may) (?:i|we) (?:please )?(?:have|get|receive|see|obtain)|(?:i|we) (?:need|want|would like|require|lost)|send|give|show|resend|re-send|forward|provide|share|post|get|pass|email|where is)(?: (?:me|us|to me|over|again|please|the|my|our|a|that|this)){0,6} ${linkWord}(?: (?:again|for|to|of|from|please|once more|one more time|back)){0,6} ?(?:${anId}|${ownJob}${jobNoun}|again|once more|please|thanks|me|$)`,
);
const linkQuestion =
  /^(?:how long|how many|how often|when (?:does|do|will)|what (?:happens|is|are|if)|why|who|does (?:the|a)|do (?:the )?(?:download )?links|is (?:the|a|it)(?: download)? link|are (?:the )?(?:download )?links|can (?:the|a|anyone|anybody|someone|others|other|my|the link)|for how|until when|which|is it)\b/;

const statusWord = '(?:status|progress|state|update|updates|news|eta)';
const statusAsk = anywhere(
  `(?:${statusWord}) (?:of|on|for|about|regarding|with|concerning|:|from) (?:the |my |our |that |this ){0,6}(?:${anId}|${ownJob}${jobNoun})|(?:${anId}|${ownJob}${jobNoun})(?: 's)?(?: ?:)? (?:${statusWord})|(?:how far|how much longer|how long (?:until|till|before|will it take|does it take|is it going to take|more|still)|how is|how are|how goes|how about|what about|what is up with|what is happening with|what is going on with|what became of|what happened to|what happened with|what is with|where are we (?:with|on)|where do we stand (?:with|on)|where is|where are you with|where does|any (?:news|update|updates|progress|word) (?:on|about|of|for|from|regarding|with)|anything new (?:on|about|with)|how well is|check(?: up)?(?: on)?|look up|look into|track|follow up on|show(?: me)?(?: the)?|open|pull up|tell me about|lookup|see|view|details of|details for|details on|info on|how do things stand with|how does it look with|how does it look for) (?:\\S+ ){0,3}?(?:${anId}|(?:the |my |our |that |this )(?:\\S+ ){0,3}?${jobNoun})|(?:is|are|was|were|has|have|did|does|do|when will|when does|will) (?:${anId}|(?:the |my |our |that |this |that)(?:\\S+ ){0,4}?${jobNoun})(?: (?:already|yet|still|been|now|be|get|getting|going to be|i \\S+ \\S+|for \\S+|of \\S+|from \\S+|that i \\S+)){0,6} (?:finished|done|complete|completed|ready|running|over|through|stuck|finish|complete|succeed|succeeded|failed|fail|gone through|start|started|approved|pending|in progress|processed|executed|go through|arrive|arrived|work|worked|end|ended|progressing|waiting|queued|moving|ok|happen|happened|under way|underway|carried out|accepted|rejected|going|cancelled|handled|prepared|closed|stand|underway|on track|alive|expired|hanging|blocked)|(?:is|has) (?:it|that|everything|all)(?: (?:already|now|been|all|all been)){0,6} (?:done|finished|complete|completed|ready|over|through|exported|deleted|erased|gone|running|processed|backed up|executed)(?: (?:yet|now|already|or not|by now))|is (?:it|that) (?:done|finished|ready|complete|running)|(?:are you|is the bot|is it|are we) (?:done|finished|ready|still running|still working|still exporting|still deleting|through|there|nearly done|almost done|still busy|busy)(?: (?:yet|already|with it|with that|now|with my export|with the export|with my request|with the deletion)){0,6}|(?:how far|how much is left|how much longer|how many percent|what percentage|how is it going with|how long to go|almost done|nearly done|done yet|finished yet|ready yet|ready now|any news|any news yet|any update|any updates|any progress|still running|still working on it|what is taking so long|when is it (?:done|ready|finished)|when will (?:it|that|you|everything|this) be (?:done|ready|finished|complete)|how far (?:along )?(?:are|is|did) (?:you|it|we|that|this)(?: with it| got| get| now)?|where are we|how much is done|how is it coming along|how is it looking|did it work|did it go through|did it succeed|did it finish|did that work|has it (?:finished|started|worked|completed|failed|gone through)|(?:${anId}|(?:my |the |our |that )(?:\\S+ ){0,3}?${jobNoun}) ?,? (?:where (?:does|is) it(?: stand)?|how far is it|is it (?:done|finished|ready|running)|how is it going|what is (?:its|the) (?:status|state)|done|any news|when is it (?:done|ready))|is it still running|status update|status report|status check|progress report)`,
);
const statusWhole =
  /^(?:(?:please|ok|hi|hello|hey|so|and|,|my|the|current|give|show|me|what|is|tell|a|quick|short|check|see|get|can|could|you|i|have|want|know|to|need|request|an|any|bot|steward|your) ){0,12}(?:status|progress|state of affairs|eta|updates?)(?: (?:please|\?|now|report|of it|on it|check|thanks|update|,|!|\.|bar|on that|for me|of that|currently|pls)){0,6}$/;

const listNoun =
  '(?:requests|reqs|jobs|exports|deletions|dsrs|dsars|erasures|tickets|cases|orders|request history|request list|requests list|approvals|history of requests|list of requests|queue|erasure requests|access requests|export requests|deletion requests|data subject requests)';
const listAsk = anywhere(
  `(?:list|show|display|see|view|give|get|print|tell|overview|which|what|all|any|my|our|open|pending|past|previous|recent|running|outstanding|active|current|latest|team|team 's|teams|department 's|waiting|queued|older|finished|completed|failed|history|unfinished|everyone 's|everybody 's|colleagues|earlier|own|last|how many|the|unanswered|other|there|have you|do you have|overdue)(?: (?:me|us|to me|all|all of|the|my|our|of|a|list|open|pending|past|previous|recent|running|outstanding|active|current|latest|team|team 's|kind|sort|are|is|have|do|i|we|own|made|please|an|overview|other|\\d+|last|few|so far|still|and|data|subject|erasure|export|deletion|unfinished|failed|finished|completed|closed|access|queued|waiting|every|each|history|there|for|group 's|department 's|whole|entire|everyone 's|from|colleagues|colleagues '|overdue|today 's|this week 's|old|older|earlier|summary)){0,6} ${listNoun}`,
);
const listOther = anywhere(
  `(?:requests?|exports?|deletions?|jobs) (?:of|from|by) (?:my |our |the |all )?(?:team|colleagues?|department|group|coworkers|others|everyone|everybody)|(?:list|show|see|view|which|print|display)(?: me)? (?:every|each|any) (?:\\S+ ){0,2}request|(?:what|which|everything|anything|something|things|all|requests?|deletions?|exports?|items?)(?: \\S+){0,5}? (?:waiting for|waits for|wait for|waiting on|needs|need|awaiting|await|awaits|pending|requiring|require|requires|for) (?:me|my|our|us)(?: (?:to approve|to sign off|to decide|to confirm))?(?: ?(?:approval|approvals|ok|okay|decision|sign-off|signoff|sign off|consent|go|review|confirmation|attention|signature|to approve|to decide|blessing|green light))|approvals?(?: (?:queue|list|inbox|backlog|pending|waiting|overview|open|outstanding|to do|for me|please|i have|needed)){1,6}|(?:pending|open|outstanding|waiting|my|show|list|any|all|what|which|the|show me|see|view|unhandled|due|awaiting)(?: (?:the|my|pending|open|outstanding|waiting|all|me|unfinished|any)){0,6} approvals?(?= (?:please|do|are|for|waiting|pending|open|\\?|\\.|!|i|we|list|have|is|now|today|there)|$)|(?:do|must|should|can) i (?:have |need )?(?:to |anything to |something to |any requests to |requests to ){0,6}approve(?: (?:anything|something|now|today|any|next|a|requests?)){0,6}|(?:what|which|anything|something|things|ones|requests?)(?: \\S+){0,4}? (?:i|me)(?: \\S+){0,2}? (?:approve|sign off|sign off on|decide|decide on|review)|(?:to|for) (?:approve|approval|be approved)(?: by me)|(?:what|everything)(?: all| that)?(?: (?:have|did|had))? (?:i|we|the team|my team|my colleagues|our team|our department)(?: have| has| had)? (?:\\S+ )?(?:request|requested|ask for|asked for|order|ordered|submit|submitted|asked you|asked you for|asked you to do|request so far|request from you)|(?:history|list|overview|summary|log) of (?:all )?(?:my|our|the team 's|team|all|the) (?:team 's |open |past )?(?:requests|exports|deletions|jobs|orders)|my (?:history|queue|requests|orders|tickets|jobs)(?= (?:please|\\.|!|so far|now|\\?)|$)|(?:who|what) in (?:my|our|the) team (?:\\S+ ){0,3}(?:requested|request|requests|open|running|pending)|what (?:is|are|else is) (?:\\S+ ){0,3}?(?:running|open|pending|queued|in progress|outstanding|in the queue|in my queue|in the pipeline|on my plate|under way|going on)(?: (?:\\S+ ){0,2}(?:team|me|us|now|right now|at the moment|currently|colleagues))?`,
);

/** The id of the request that the sentence names, as typed. */
function requestId(sentence: Sentence): string | undefined {
  for (const [index, token] of sentence.tokens.entries()) {
    const raw = sentence.text.slice(token.start, token.end);
    if (idPattern.test(token.word) && /\d/.test(token.word)) return raw.replace(/^#/, '');
    const previous = sentence.tokens
      .slice(Math.max(0, index - 2), index)
      .map(({ word }) => word)
      .join(' ');
    if (
      /^\d{1,8}$/.test(token.word) &&
      /(?:request|requests|ticket|case|number|no|nr|id|job|dsr|#|order|export|deletion|erasure|request :|cancel|status|status of|progress of|abort|withdraw|link for|sar|dsar|req)$/.test(
        previous,
      ) &&
      !/^(?:days?|hours?|times|percent|%|minutes?|weeks?|years?|months?)$/.test(sentence.tokens[index + 1]?.word ?? '')
    )
      return raw;
  }
  return undefined;
}

/** Reads a sentence about requests or links; null when it is about neither. */
export function tracking(sentence: Sentence): Tracking | null {
  const words = sentence.canon;
  const id = requestId(sentence);
  const request: Slots = id === undefined ? {} : { request: id };
  if (isCancel(sentence)) {
    return { intent: 'request.cancel', slots: request, why: 'asks to stop a request' };
  }
  if (mentionsLink.test(words) && (linkAgain.test(words) || linkTried(words)) && !linkQuestion.test(words))
    return { intent: 'link.renew', slots: request, why: 'the link is wanted again' };
  if (
    /^(?:(?:hi|hello|please|so|hey|ok|and|,) ){0,6}(?:what does|what is an?|what are (?!my|our|the (?:open|pending))|how do i|how can i|who (?!in (?:my|our|the) team)|why|explain|which (?:states|statuses))\b/.test(
      words,
    )
  )
    return null;
  const list = listRead(words);
  if (list !== null && id === undefined) return list;
  if (id !== undefined && /^(?:(?:the |a |please ,? ){0,6}(?:download )?link (?:for|of|to|from) )/.test(words)) {
    return { intent: 'link.renew', slots: request, why: 'the link is wanted again' };
  }
  const ofOne =
    id !== undefined &&
    sentence.tokens.length <= 12 &&
    /\b(?:approved|done|yet|finished|through|ready|rejected|accepted|running|status|happening|progress|news|far|update|state|started|stuck|pending)\b/.test(
      words,
    );
  if (
    statusWhole.test(words) ||
    (statusAsk.test(words) && !/\blinks?\b|\bforever\b/.test(words)) ||
    ofOne ||
    (id !== undefined && bareId.test(words))
  ) {
    return { intent: 'request.status', slots: request, why: 'asks how far a request is' };
  }
  return null;
}

const bareId =
  /^(?:(?:and|what about|how about|now|please|request|status|dsr|ticket|case|check|#|for|of|show|open|is) ){0,6}(?:[a-z]{2,6}-\d[\w-]*|#?\d+)(?: (?:please|status|update|done|yet|finished|ready|\?|progress|eta|:|now|how far|still open|news|open|ok|any news|complete|running|:|-)){0,6} ?[.?!]*$/;

function linkTried(words: string): boolean {
  const end = matchFrom(linkSend, words, prefixes(words, 0), true);
  if (end === null) return false;
  const said = words.slice(0, end).trim();
  return /\b(?:again|for|to|of|once more|back|lost|from|my|where)\b/.test(said) || said.endsWith('link');
}

function listRead(words: string): Tracking | null {
  if (
    !listAsk.test(words) &&
    !listOther.test(words) &&
    !/^(?:(?:all|open|pending|the) ){0,6}requests(?: please)?[ ?.!]*$/.test(words)
  )
    return null;
  if (/^(?:can|could|may|does|do|will|is|should|are) (?!i|you|we|there|my (?:open|pending)|any)\S/.test(words))
    return null;
  if (
    /^(?:delete|remove|erase|export|cancel|stop|how (?:do|can|long)|can (?:a|guests?|users?)|are (?:guests?|all))\b|\b(?:explain|who (?:sees|can|may|approves|handles|is|must|has)|what happens|how (?:do|does|can|are|is|long|many days))\b|\b(?:stored|kept|located|saved|encrypted|included|allowed|contain|contains)\b/.test(
      words,
    )
  )
    return null;
  const approvals =
    /\bapprov|sign[ -]?off|my (?:decision|ok|okay|consent|review|go|signature|attention|confirmation)|for me to|i (?:still )?(?:must|have to|need to|should) (?:decide|review)\b/.test(
      words,
    );
  const team =
    /\b(?:team|teams|department|colleagues|group|everyone|everybody|our|all users|organisation|company|others?|coworkers|we)\b/.test(
      words,
    );
  const mine = /\b(?:my|i|mine|me)\b/.test(words.replace(/\b(?:show|give|tell|get|list|let|send) (?:to )?me\b/g, ' '));
  const scope = approvals ? 'approvals' : team && !/\bmy requests\b/.test(words) ? 'team' : mine ? 'mine' : undefined;
  return { intent: 'request.list', slots: scope === undefined ? {} : { scope }, why: 'asks for several requests' };
}
