import { anywhere } from './grammar.ts';
import { elsewhere } from './lexicon/elsewhere.ts';
import type { Sentence } from './tokens.ts';
import { wordAt } from './tokens.ts';

const accountSelf = anywhere(
  `(?:what|which)(?: kind| type| sort| level| tier)?(?: of)? (?:an )?(?:account|role|rights|permissions?|access|tier|privileges?|membership|plan|subscription|status as a user|access level|user type|account type|licen[sc]e|authority|authorization|authorizations|right)(?: (?:type|level|kind|rights|tier|role|do|does|am|have|is|are|i|we|my|our|mine|this|the|here|on|in|workspace|got|has|it|using|hold|currently|exactly|under|for|assigned|of|type|to|me|given)){0,6}(?= (?:\\?|\\.|!|here|in|for|on|please|now|to|with|under|am|do|is|have|does)|$)|(?:my|our) (?:current |own )?(?:account type|account|role|roles|rights|permissions?|access rights|access level|access|privileges?|account kind|membership|user type|type of account|kind of account|account info|account information|account details|status here|user role|standing|authorizations?|authorisations?|plan|tier)(?= (?:\\?|\\.|!|please|here|in|on|now|info|type|and|,|thanks|for|is|are|details|level|what|exactly|role|show|check|in this workspace|overview)|$)|(?:am|are|was) i (?:a |an |the |really |still |just |even |only |also |here |currently |registered as |listed as |considered |treated as ){0,6}(?:owner|user|guest|member|admin|administrator|co-owner|free|standard|paid|anonymous|allowed|permitted|authori[sz]ed|entitled|able|in the|on a|on the|using|owning|approver|contributor|collaborator|reader|eligible|viewer|workspace owner|data owner|paying)|do i own (?:this|the|my|a|it)|do i (?:count|have|hold|possess|get|still have|qualify|even have|belong|need approval|only have)(?: (?:as|the|a|an|any|enough|sufficient|full|owner|admin|user|guest|delete|export|deletion|write|read|right|free|standard|paid|permission|permissions|rights|access|role|account|here|still|owner 's|to|all|necessary|proper|required)){0,6} ?(?:owner|user|guest|member|rights?|permissions?|access|account|role|admin|privileges?|authority|authorization|power|standard|free|type|status)(?= |$)|who am i(?= |$)|what may i do(?= \\?| \\.|$)|(?:what|which things) (?:am|are) i (?:here |even |actually )?(?:allowed|permitted|entitled|authori[sz]ed|able|eligible)|what (?:may|can|could|should|am) i (?:even |actually |really |personally |still |legally |then )?(?:delete|do|export|change|erase|remove|access|see|allowed)(?: \\S+){0,3}? (?:in this workspace|in my workspace|here|with my (?:account|role|rights)|in the workspace|with this account|as \\S+|in workspace \\S+|myself)|is (?:this|my|our|the)(?: \\S+)? (?:account|workspace|one|subscription) (?:\\S+ )?(?:a |an |of |on |type |still |really ){0,6}(?:guest|free|standard|paid|owner|anonymous|premium|type|tier|account)|is mine (?:a |an )?(?:guest|free|standard|paid)|is my account|is this a (?:guest|free|standard|paid)|account type(?: (?:here|please|of mine|info)){0,6}(?= ?(?:\\?|\\.|$))|account info|am i (?:the )?owner|(?:tell|show|give|explain|list|check)(?: (?:to )?me)? (?:\\S+ ){0,4}?my (?:\\S+ )?(?:role|rights|permissions?|account type|account|access|privileges?|access rights|access level|account info)(?= |$)|(?:have|has|got) i (?:the )?(?:rights?|permissions?|access)|(?:which|what) (?:rights|permissions|role|access) (?:have|has|got|do|does|did) i|under what account|how am i (?:registered|signed in|listed|logged in)|as what am i|(?:i|we) (?:\\S+ ){0,4}(?:know|see|check|find out) (?:\\S+ ){0,4}(?:my|our|i have|i am)(?: \\S+)? (?:role|rights?|permissions?|account type|account|owner|access)`,
);
const aboutActions = /\b(?:how (?:do|can|to|would|should|could|does|long|must)|what happens|before i|if i|happen)\b/;

const aboutOthers =
  /\b(?:an?|the|each|every) (?:owner|guest|user|member|admin) (?:have|has|do|can|get|got|may)\b|\b(?:do|does|have|can|may) (?:an?|the|each|every|all) (?:\S+ )?(?:owner|guest|user|member)s?\b|\b(?:owners|guests|users|members|subjects|people|customers|employees|approvers|admins) (?:have|do|can|get|may)\b|\b(?:facebook|linkedin|google|github|twitter|instagram|amazon)\b/;

/** True for questions about the speaker's own account type, role or rights. */
export function asksAboutSelf(sentence: Sentence): boolean {
  const words = sentence.canon;
  if (aboutActions.test(words) || aboutOthers.test(words) || sentence.tokens.length > 28) return false;
  if (
    /\b(?:password|bank|e-mail account|github|payment|office 365|outlook|vpn|badge|sharepoint|jira|laptop|holiday|salary)\b/.test(
      words,
    )
  )
    return false;
  if (/\b(?:which|what|how many|in which|list|all) (?:\S+ )?workspaces\b/.test(words)) return false;
  return accountSelf.test(words);
}

const introduced =
  '(?:^|[.,;:!?-] |\\b(?:and|but|so|well|ok|hi|hello|hey|sorry|question|also|then|btw|of curiosity|curious|because|or|wondering|know|(?:tell|show|let|remind|give|teach|inform|guide) me|understand|explain|by the way|bot|steward|though|now|hmm|um|er|actually|please|though|us|sure|see|check|out|remember|clear|on|about|exactly|studio|idea|clue) )';
const openQuestion =
  'how|what(?! an? (?!\\S{1,60} (?:is|does|can|has|may|must|will)))|whats|why|who|whom|whose|which|where|when(?= (?:do|does|did|is|are|will|can|must|should|would|was|were|has|have|exactly)(?= ))|until when|since when|in what|in which|for how|to whom|by when|by what|with what|from where|under which|under what|at what|on what|within what|any way|difference between';
const yesNoQuestion =
  '(?:is|are|am|do|does|did|can|could|should|may|might|must|will|would|shall|has|have|was)(?= (?:i|we|you|it|they|he|she|one|the|a|an|my|our|your|this|that|these|those|there|guests?|users?|owners?|all|any|both|everyone|everybody|anyone|anybody|someone|somebody|dataset|workspace|experiment|studio|microsoft|steward|deleted|exported|deleting|exporting|erasing|erased|removed|personal|customer|data|free|standard|paid|only|approvers?|approvals?|admins?|administrators?|members?|links?|old|shared|exports?|deletions?|backups?|workspaces?|datasets?|experiments?|models?|web|notebooks?|people|non-owners|someone|telemetry|it|requests?|another|other|most|web|samples?|secrets?|keys|versions?|multiple|two|several|us)\\b)';
const interrogative = new RegExp(
  `${introduced}(?:${openQuestion})\\b|(?:^|[.,;:!?-] |\\b(?:and|but|so|well|ok|hi|hello|hey|sorry|question|also|then|btw|curiosity|bot|steward|hmm|um|er|actually|now|way|though|or) )${yesNoQuestion}`,
);
const requesting =
  /\b(?:explain|tell me|i wonder|i am wondering|wondering|i would like to know|i want to know|want to know|like to know|need to know|know (?:if|whether|how|what|when|who|which|where|why)|question|clarify|describe|advise|is there|are there|difference between|meaning of|please explain|teach me|inform me|information (?:on|about)|info (?:on|about)|understand|curious|(?:unsure|not sure|not clear|unclear|not certain) (?:how|what|whether|if|who|when|which|about)|no idea (?:how|what|whether)|can not find|elaborate|help me understand|what if|how come|remind me (?:how|what|when|who)|documentation|docs|policy on|rules? (?:for|on|about)|deadline for|steps (?:to|for)|instructions (?:for|to|on)|details (?:on|about)|guide me through|walk me through|show me how|let me know (?:how|if|whether|what|who|when))\b/;
const topics = anywhere(
  `delet\\S*|remov(?:e|ed|ing|al)|eras\\S*|purg\\S*|export\\S*|backups?|back up|backing up|archiv\\S*|download\\S*|workspaces?|datasets?|experiments?|modules?|models?|transforms?|webservices?|web services?|notebooks?|projects?|assets?|data subject|subject|personal data|customer data|my data|our data|data protection|gdpr|dsgvo|ccpa|privacy|telemetry|diagnostic data|usage data|guests?|guest account|free account|standard account|accounts?|account types?|owners?|roles?|permissions?|approv\\S*|approvers?|dsr|dsars?|sar|portability|article \\d+|retention|right to|right of|access request|deadline|links?|download link|zip|manifest|secrets?|keys?|tokens?|studio|azure|powershell|portal|resource manager|restore|restored|recover\\S*|reversible|irreversible|undo|undone|undelete|brought back|bring back|get back|samples?|sample data|web service keys?|endpoints?|commitment plans?|gateways?|storage|stored|store|kept|keep|hold|held|audit|logs?|receipt|history|versions?|shared|sharing|colleague 's|expires?|expiry|expired|valid|wipe\\S*|requests?|confirmation|confirm|preview|bot|steward|encrypted|encryption|compliance|consent|controller|processor|tenant|administrator|admin|graph|entra|aad|azure ad|personal information|forgotten|members?|invitations?|data|archives?|json|sha-?256|checksum|hash|gib|size limit|limits?|destroy\\S*|get rid of|getting rid of|trash\\S*|gone|drop\\S*`,
);

/** "can you draw me a cat": a wish for something else, not a question. */
const otherRequest =
  /^(?:(?:so|and|hi|hello|hey|ok|please|bot|steward|,) ){0,6}(?:can|could|would|will) you (?!(?:also |still |really |even |please |just |perhaps |maybe |quickly |kindly |briefly |actually |not |always |ever ){0,6}(?:explain|tell|say|describe|clarify|help|delete|export|restore|recover|undo|keep|store|see|read|access|show|remind|let|give|confirm|guarantee|bring|erase|remove|share|find|check|list|advise|answer|elaborate|get|back|handle|do|look|be|prove|inform|walk|guide|teach|point|download|wipe|purge|send|exclude|include)\b)/;

/** Why a sentence is a question for the documentation; null when it is not one or not about Studio. */
export function asksDocumentation(sentence: Sentence): string | null {
  const words = sentence.canon;
  const flat =
    /^(?:(?:please|hi|hello|ok|,|!) ){0,6}(?:do not|never|stop|avoid|should (?:\S+ ){1,6}?(?:we|i|they) (?:would|will|could)|when (?:\S+ ){1,8}?(?:we|i) (?:will|shall|can|would))\b/.test(
      words,
    );
  const ends = words.split(/ [.!] /).at(-1) ?? '';
  const asks =
    (/\?/.test(words) && !(flat && !ends.includes('?'))) || interrogative.test(words) || requesting.test(words);
  if (otherRequest.test(words)) return null;
  if (!asks || (flat && !words.includes('?'))) return null;
  const terms = sentence.tokens
    .map(({ quoted }) => (quoted !== undefined && quoted.split(' ').length <= 2 ? quoted.toLowerCase() : ''))
    .join(' ');
  if (
    !(topics.test(words) || (/\bmean/.test(words) && topics.test(terms.trim()))) ||
    (/\b(?:lol|haha\w*|lmao|rofl)\b/.test(words) && !/\?/.test(words))
  )
    return null;
  if (offTopic(sentence)) return null;
  return 'a question about Studio, its data or its rules';
}

/** A question that mentions Studio's words in passing but is about another system. */
function offTopic(sentence: Sentence): boolean {
  let foreign = 0;
  let own = 0;
  for (let index = 0; index < sentence.tokens.length; index += 1) {
    const at = (position: number) => wordAt(sentence, position);
    const word = at(index);
    if (
      strongTopic.test(word) ||
      (word === 'personal' && at(index + 1) === 'data') ||
      (word === 'web' && /^services?$/.test(at(index + 1)))
    )
      own += 1;
    else if (!weakForeign.test(word) && elsewhere.longest(at, index) > 0) foreign += 1;
  }
  return foreign > own;
}

const strongTopic =
  /^(?:workspaces?|datasets?|experiments?|modules?|models?|transforms?|webservices?|notebooks?|gdpr|dsgvo|dsr|dsars?|sar|erasure|erased|portability|telemetry|export|exports|exported|exporting|deletion|studio|powershell|guests?|guest|approv\w*|privacy|archive|backup|manifest|steward|data|subject|retention|assets?|purged?|owner|account|accounts|entra|forgotten|expire|expires|download)$/;
const weakForeign =
  /^(?:export|exports|request|requests|archive|archives|zip|link|links|log|logs|file|files|account|accounts|status|history|members?|member|person|people|employee|colleague|bot|names?|name|storage|list|lists|card|cards|backup|backups|rules|key|keys|license|answer|word|line|table|text|tokens?|token|user|users|code|index|view|manager|run|page|pages|message|messages|reply|credential|credentials|boss|subscription|subscriptions|resource|group|email|emails|report|leave|order|space|notification|notifications|contact|team|app|document|script|function|version|friend|ticket|tickets|form|password|memory|build|release|library|post|language|contract|notice|container|machine|server|servers|disk|computer|laptop|blob|container|sample|audit|task|row|rows|column|columns|calendar|website)$/;
