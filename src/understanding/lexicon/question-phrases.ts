import { anywhere } from '../grammar.ts';
import { wrapped } from '../wrapped-pattern.ts';

/** Where an open question may begin. */
const introduced = wrapped`
  (?:
    ^|[.,;:!?-] |
    \b(?:
      and|but|so|well|ok|hi|hello|hey|sorry|question|also|then|btw|of curiosity|curious|because|or|wondering|
      know|
      (?:tell|show|let|remind|give|teach|inform|guide) me|
      understand|explain|by the way|bot|steward|though|now|hmm|um|er|actually|please|though|us|sure|see|
      check|out|remember|clear|on|about|exactly|studio|idea|clue
    ) )
`;

const openQuestion = wrapped`
  how|
  what(?! an? (?!\S{1,60} (?:is|does|can|has|may|must|will)))|
  whats|why|who|whom|whose|which|where|
  when(?= (?:do|does|did|is|are|will|can|must|should|would|was|were|has|have|exactly)(?= ))|
  until when|since when|in what|in which|for how|to whom|by when|by what|with what|from where|under which|
  under what|at what|on what|within what|any way|difference between
`;

const yesNoQuestion = wrapped`
  (?:is|are|am|do|does|did|can|could|should|may|might|must|will|would|shall|has|have|was)
  (?= (?:
    i|we|you|it|they|he|she|one|the|a|an|my|our|your|this|that|these|those|there|guests?|users?|owners?|all|
    any|both|everyone|everybody|anyone|anybody|someone|somebody|dataset|workspace|experiment|studio|microsoft|
    steward|deleted|exported|deleting|exporting|erasing|erased|removed|personal|customer|data|free|standard|
    paid|only|approvers?|approvals?|admins?|administrators?|members?|links?|old|shared|exports?|deletions?|
    backups?|workspaces?|datasets?|experiments?|models?|web|notebooks?|people|non-owners|someone|telemetry|it|
    requests?|another|other|most|web|samples?|secrets?|keys|versions?|multiple|two|several|us
  )\b)
`;

export const interrogative = new RegExp(wrapped`
  ${introduced}(?:${openQuestion})\b|
  (?:
    ^|[.,;:!?-] |
    \b(?:
      and|but|so|well|ok|hi|hello|hey|sorry|question|also|then|btw|curiosity|bot|steward|hmm|um|er|
      actually|now|way|though|or
    ) )${yesNoQuestion}
`);

/** "explain", "I would like to know" */
export const explanationRequest = new RegExp(wrapped`
  \b(?:
    explain|tell me|i wonder|i am wondering|wondering|i would like to know|i want to know|want to know|
    like to know|need to know|
    know (?:if|whether|how|what|when|who|which|where|why)|
    question|clarify|describe|advise|is there|are there|difference between|meaning of|please explain|teach me|
    inform me|information (?:on|about)|info (?:on|about)|understand|curious|
    (?:unsure|not sure|not clear|unclear|not certain) (?:how|what|whether|if|who|when|which|about)|
    no idea (?:how|what|whether)|can not find|elaborate|help me understand|what if|how come|
    remind me (?:how|what|when|who)|documentation|docs|policy on|rules? (?:for|on|about)|deadline for|
    steps (?:to|for)|instructions (?:for|to|on)|details (?:on|about)|guide me through|walk me through|
    show me how|let me know (?:how|if|whether|what|who|when)
  )\b
`);

const actionTopics = wrapped`
  delet\S*|remov(?:e|ed|ing|al)|eras\S*|purg\S*|export\S*|backups?|back up|backing up|archiv\S*|download\S*
`;

const assetTopics = wrapped`
  workspaces?|datasets?|experiments?|modules?|models?|transforms?|webservices?|web services?|notebooks?|
  projects?|assets?
`;

const privacyTopics = wrapped`
  data subject|subject|personal data|customer data|my data|our data|data protection|gdpr|dsgvo|ccpa|privacy|
  telemetry|diagnostic data|usage data
`;

const accountTopics = wrapped`
  guests?|guest account|free account|standard account|accounts?|account types?|owners?|roles?|permissions?|
  approv\S*|approvers?
`;

const rightTopics = wrapped`
  dsr|dsars?|sar|portability|article \d+|retention|right to|right of|access request|deadline
`;

const linkTopics = wrapped`
  links?|download link|zip|manifest|secrets?|keys?|tokens?
`;

const azureTopics = wrapped`
  studio|azure|powershell|portal|resource manager
`;

const recoveryTopics = wrapped`
  restore|restored|recover\S*|reversible|irreversible|undo|undone|undelete|brought back|bring back|get back
`;

const resourceTopics = wrapped`
  samples?|sample data|web service keys?|endpoints?|commitment plans?|gateways?
`;

const storageTopics = wrapped`
  storage|stored|store|kept|keep|hold|held
`;

const historyTopics = wrapped`
  audit|logs?|receipt|history|versions?|shared|sharing|colleague 's|expires?|expiry|expired|valid
`;

const requestTopics = wrapped`
  wipe\S*|requests?|confirmation|confirm|preview|bot|steward
`;

const complianceTopics = wrapped`
  encrypted|encryption|compliance|consent|controller|processor|tenant|administrator|admin|graph|entra|aad|
  azure ad|personal information|forgotten|members?|invitations?|data
`;

const archiveTopics = wrapped`
  archives?|json|sha-?256|checksum|hash|gib|size limit|limits?
`;

const slangTopics = wrapped`
  destroy\S*|get rid of|getting rid of|trash\S*|gone|drop\S*
`;

/** What the documentation is about. */
export const topics = anywhere(wrapped`
  ${actionTopics}|${assetTopics}|${privacyTopics}|${accountTopics}|${rightTopics}|${linkTopics}|${azureTopics}|
  ${recoveryTopics}|${resourceTopics}|${storageTopics}|${historyTopics}|${requestTopics}|${complianceTopics}|
  ${archiveTopics}|${slangTopics}
`);

/** "can you draw me a cat": a request for something else, not a question. */
export const otherRequest = new RegExp(wrapped`
  ^(?:(?:so|and|hi|hello|hey|ok|please|bot|steward|,) ){0,6}
  (?:can|could|would|will) you (?!(?:
    also |still |really |even |please |just |perhaps |maybe |quickly |kindly |briefly |actually |not |always |
    ever ){0,6}
    (?:
      explain|tell|say|describe|clarify|help|delete|export|restore|recover|undo|keep|store|see|read|access|show|
      remind|let|give|confirm|guarantee|bring|erase|remove|share|find|check|list|advise|answer|elaborate|get|
      back|handle|do|look|be|prove|inform|walk|guide|teach|point|download|wipe|purge|send|exclude|include
    )\b)
`);

/** Words that show that a question is about Studio. */
export const strongTopic = new RegExp(wrapped`
  ^(?:
    workspaces?|datasets?|experiments?|modules?|models?|transforms?|webservices?|notebooks?|gdpr|dsgvo|dsr|
    dsars?|sar|erasure|erased|portability|telemetry|export|exports|exported|exporting|deletion|studio|
    powershell|guests?|guest|approv\w*|privacy|archive|backup|manifest|steward|data|subject|retention|assets?|
    purged?|owner|account|accounts|entra|forgotten|expire|expires|download
  )$
`);

/** Nouns of other systems that also occur in questions about Studio, so that they show nothing. */
export const weakForeignNoun = new RegExp(wrapped`
  ^(?:
    export|exports|request|requests|archive|archives|zip|link|links|log|logs|file|files|account|accounts|status|
    history|members?|member|person|people|employee|colleague|bot|names?|name|storage|list|lists|card|cards|
    backup|backups|rules|key|keys|license|answer|word|line|table|text|tokens?|token|user|users|code|index|view|
    manager|run|page|pages|message|messages|reply|credential|credentials|boss|subscription|subscriptions|
    resource|group|email|emails|report|leave|order|space|notification|notifications|contact|team|app|document|
    script|function|version|friend|ticket|tickets|form|password|memory|build|release|library|post|language|
    contract|notice|container|machine|server|servers|disk|computer|laptop|blob|container|sample|audit|task|row|
    rows|column|columns|calendar|website
  )$
`);
