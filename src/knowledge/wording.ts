/**
 * Replaces different wordings of one thing by the wording of the pages. Applied to pages and questions alike before
 * they are split into terms, in this order, so that an earlier phrase can protect its words from a later one. A word in
 * capitals stands for the form of a question.
 */
export const phrases: readonly (readonly [RegExp, string])[] = [
  // Products and parts of products whose names contain common words.
  [/\b(?:azure )?(?:ai|ml|cortana)(?: intelligence)? gallery\b/giu, 'gallery'],
  [/\bstudio steward\b/giu, 'steward'],
  [/\b(?:azure )?(?:ml|machine learning) studio\b(?: \(?classic\)?)?/giu, 'studio'],
  [/\bstudio \(?classic\)?/giu, 'studio'],
  [/\b(?:new(?:er)? )?(?:azure )?(?:ml|machine learning)(?: v2)?\b|\baml\b/giu, 'azureml'],
  [/\bazure (?:ad|active directory)\b|\bentra(?: id)?\b|\baad\b/giu, 'entra'],
  [/\bprivacy (?:portal|dashboard|page|site)\b/giu, 'privacyportal'],
  [/\bstorage accounts?\b|\bblob storage\b|\bblobs?\b/giu, 'storageaccount'],
  [/\b(?:web[ -]?services?|endpoints?)\b/giu, 'webservice'],
  [/\bcommitment plans?\b|\bweb service plans?\b/giu, 'commitmentplan'],
  [/\brest api\b|\bapis?\b(?! keys?)/giu, 'rest'],
  [/\bazuremlps\b|\bcmdlets?\b|\bcommand[ -]?lines?\b|\bcli\b|\bpower shell\b/giu, 'powershell'],
  [/\blanguage models?\b|\bllms?\b|\b(?:chat)?gpt\b|\bopenai\b|\bartificial intelligence\b|\bai\b/giu, 'languagemodel'],
  // Kinds of assets.
  [/\bdata[ -]?sets?\b|\bdata ?sources?\b|\bcsvs?\b/giu, 'dataset'],
  [/\b(?:trained )models?\b/giu, 'model'],
  [/\bwork ?spaces?\b/giu, 'workspace'],
  [
    /\barchiving\b|\barchived?\b(?= (?:old|an?|the|my|experiments?|instead))|\barchived experiments?\b/giu,
    'archiving experiment',
  ],
  // Data protection.
  [/\b(?:telemetry|tracking|(?:usage|diagnostics?) (?:data|statistics|information)|diagnostics)\b/giu, 'telemetry'],
  [/\b(?:personal|account) (?:data|information|info|details)\b|\bpii\b/giu, 'personaldata'],
  [/\bcustomer data\b|\bcustomerdata\b/giu, 'customerdata'],
  [
    /\bdata subject(?: access)?(?: requests?)?\b|\b(?:subject )?access requests?\b|\b(?:data|privacy|portability) requests?\b|\bds[ar]rs?\b|\bsars?\b/giu,
    'datasubject',
  ],
  [
    /\b(?:right )?(?:to )?be(?:ing)? forgotten\b|\bright (?:of|to) erasure\b|\berasure requests?\b/giu,
    'datasubject delete',
  ],
  [
    /\bgeneral data protection regulation\b|\bdata protection (?:law|regulation)\b|\bdsgvo\b|\bprivacy law\b/giu,
    'gdpr',
  ],
  [/\b(?:legal|litigation) holds?\b|\blawsuits?\b|\bcourt(?: case)?s?\b/giu, 'litigation'],
  [/\bdata protection officers?\b|\bdpo\b/giu, 'dpo'],
  // Actions.
  [
    /\b(?:brought|bring|get|got|gets|give|have) (?:it |them |that |me |the [\w-]+ )?back\b|\brecycle bins?\b|\btrash(?: cans?)?\b|\broll(?:ed)? back\b/giu,
    'undo',
  ],
  [
    /\bget(?:s|ting)? rid of\b|\bgot rid of\b|\bthr[oe]wn?(?:ing)? away\b|\btaken? down\b|\btaking down\b|\bdispos(?:e|es|ed|ing) of\b|\bclos(?:e|ing) (?:everything |all )?down\b/giu,
    'delete',
  ],
  [
    /\btak(?:e|es|ing|en) out\b|\bget (?:\w+ )?(?:stuff|data|things|files) out\b|\btake (?:\w+ )?(?:data|files|stuff) with\b/giu,
    'export',
  ],
  [
    /\bsign(?:s|ed|ing)?[ -]?offs?\b|\bsecond person\b|\bfour[ -]eyes\b|\b(?:has|have) to agree\b|\b(?:green light|go-ahead)\b/giu,
    'approve',
  ],
  [/\bsign(?:ing|ed)?[ -]in\b|\blog(?:ging|ged)?[ -]in\b/giu, 'signin'],
  [/\bby (?:mistake|accident)\b|\baccident(?:s|al|ally)?\b|\bwithout me knowing\b|\bunintended\b/giu, 'accident'],
  [
    /\b(?:really|truly) (?:them|him|her|me)\b|\bwho (?:i|they|he|she|someone|we) (?:am|are|is|claims?|says?)(?: to be)?\b|\bcaller'?s? identity\b|\bthe right person\b|\bwho is asking\b/giu,
    'identity',
  ],
  [
    /\b(?:what(?:'s| is)? )?left (?:behind|over|after)\b|\bleftovers?\b|\bstays? behind\b|\bremains? after\b|\bsurviv(?:e|es|ed)\b/giu,
    'remain',
  ],
  [
    /\b(?:left|leaves?) out\b|\bnot (?:be )?(?:included|exported|contained|part of|in the)\b|\bmissing (?:from|in) the\b|\bnot get\b|\bdoes(?:n't| not) (?:contain|include)\b/giu,
    'leftout',
  ],
  [/\b(?:go(?:es)?|went|gone) wrong\b/giu, 'fail'],
  [
    /\b(?:switch|turn)(?:ed|ing)? (?:\w+ )?off\b|\bclose (?:teams|the window)\b|\bshut(?:ting)? (?:down )?my\b/giu,
    'closeteams',
  ],
  [/\b(?:shut|shutting) ?down\b|\bend of (?:life|support)\b/giu, 'retire'],
  [/\bmisunderst(?:and|ood|anding)\b|\bthe name wrong\b|\bget (?:me |it )wrong\b/giu, 'misunderstand'],
  [/\b(?:changed?|change) my mind\b|\btake (?:it |that )?back\b/giu, 'cancel'],
  [/\bno longer need(?:ed)?\b|\bdon'?t need\b.{0,150}\bany ?more\b/giu, 'delete'],
  [/\ball at once\b|\bin one go\b|\bat once\b|\btogether\b/giu, 'several'],
  [
    /\bonly (?:some|part|one|two)\b|\b(?:a|just a|only a) part\b|\bparts? of (?:a|the|my|our) (?:workspace|data)\b|\bexcept\b|\bpick\b|\bjust (?:the|one|some|my)\b/giu,
    'partial',
  ],
  [
    /\bgood idea\b|\bokay\b|\bok to\b|\b(?:is|are) (?:that|it|this) (?:ok|fine|wise|safe)\b|\badvis(?:e|able|ed)\b|\brecommend(?:ed)?\b/giu,
    'SHOULD',
  ],
  // Times.
  [
    /\bstops? working\b|\b(?:no longer|not) works?\b|\b(?:doesn't|does not|not) (?:work|open)\b|\b(?:is|are) (?:dead|broken|over)\b/giu,
    'expired',
  ],
  [/\bout of date\b/giu, 'outdated'],
  [
    /\b(?:within|in) (?:\d+|thirty|one|a) (?:days?|months?)\b|\b(?:\d+|thirty) days\b|\bone month\b|\btime limits?\b/giu,
    'deadline',
  ],
  [/\bby when\b|\bby (?:which|what) date\b|\bhow (?:much time|fast|quickly|soon)\b|\bdue dates?\b/giu, 'deadline'],
  [/\b(?:for )?how (?:long|many (?:hours?|days?|weeks?|months?))\b|\b(?:un)?till? when\b|\bforever\b/giu, 'HOWLONG'],
  // Prices: one word, so that the topic has its full weight.
  [/\bhow much (?:does|do|is|are|would|will)\b|\b(?:free )?of charge\b|\bpric(?:e|es|ing|ey)\b|\bfees?\b/giu, 'price'],
  [/\bdiscounts?\b|\brefunds?\b|\binvoices?\b|\bexpensive\b|\bcheap(?:er|est)?\b|\bcosts?\b|\bbudgets?\b/giu, 'price'],
  // Forms of questions.
  [
    /\bhow (?:do|does|can|could|would|should|to|must|is|are|did) (?:(?:i|we|you|one|someone|an?|the|my|our)\b)?|\bhow to\b/giu,
    'HOWTO',
  ],
  [/\bwhat (?:do|must|should|can) (?:i|we) (?:do|type|write|say)\b|\bway to\b|\bsteps\b|\bhow i can\b/giu, 'HOWTO'],
  [/\bwhat (?:happens|would happen|will happen|happened|if)\b/giu, 'WHATIF'],
  [
    /\bwhat(?:'s| is| are| does)\b|\bwhats\b|\bdefin(?:e|ition)\b|\bmeaning\b|\bexplain\b|\bdiff(?:erence)?s?\b|\bdistinguish(?:es)?\b|\bvs\b|\bversus\b/giu,
    'WHATIS',
  ],
  [
    /\b(?:can|may|could) (?:i|we|one|you)\b|\b(?:am|are|is) (?:i |we )?(?:allowed|able|possible|permitted)\b|\bpossible\b|\ballowed\b|\bpermitted\b/giu,
    'CAN',
  ],
  [/\bshould (?:i|we)\b/giu, 'SHOULD'],
  [/\b(?:must|obliged|have to|has to|had to|need to|required to) /giu, 'MUST '],
  [/\bwho(?:m|se)?\b|\banyone|anybody|somebody else|someone else|others\b/giu, 'WHO'],
  [/\bwhy\b/giu, 'WHY'],
  [/\bwhere\b|\banywhere\b/giu, 'WHERE'],
  [/\bn't\b|\bnot\b|\b(?:is|are|was|do|does|did|wo|could|should)n't\b/giu, 'not'],
  [/\bwhen\b|\b(?:at|after) what time\b/giu, 'WHEN'],
];

/** Synonyms, by stem: the first word of each line replaces the others. */
export const synonyms: readonly string[] = [
  'typo mistype typing spelling misspell',
  'require required mandatory obligatory compulsory law legal legally regulation regulations',
  'lost lose loses',
  'syntax phrase phrasing sentence sentences command commands say speak',
  'internet online connection offline',
  'copy copies',
  'afterwards afterward later',
  'you your yours bot steward',
  'me my mine myself our ours',
  'studio microsoft product',
  'all everything entire whole complete completely everybody',
  'see look view shown visible visibility',
  'colleague coworker teammate co-worker team-mate colleagues somebody',
  'time hour day week month',
  'remember process collect',
  'delete remove erase erasure wipe drop destroy clear scrub discard deletion removal disappear vanish gone eliminate bin',
  'purge empty',
  'export extract exporting',
  'undo undelete restore recover recovery revert reverse reversible undone undeleted irreversible permanent permanently final recycle backup regret',
  'approve approval approver authorise authorize permission agree',
  'standard paid premium paidstandard paidpremium',
  'guest anonymous trial',
  'expire expiry lapse lapsed lifetime valid validity expired end ends',
  'renew another fresh extend prolong prolonged extended again',
  'member user',
  'zip archive',
  'cancel stop abort withdraw halt interrupt halfway stopped',
  'fail crash error outage restart reboot failure failed stuck hang',
  'receipt certify document documentation proof prove evidence certificate confirmation',
  'checksum hash sha256 verify integrity corrupted corrupt intact',
  'unpack unzip decompress',
  'password credential token key secrets',
  'version revision',
  'store keep save retain kept stored hold holds',
  'contain include comprise consist inside',
  'retire retired retirement sunset discontinued discontinue dead support supported',
  'confirm press button',
  'audit auditor trail',
  'log record history',
  'identity impostor genuine authentic impersonate impersonation identify pretend pretends recognise recognize authenticate identities',
  'encrypt encryption encrypted secure security',
  'region country location located physically',
  'share forward send',
  'mail email e-mail',
  'depend dependant dependent depends uses affect break breaks breaking affected consequence effect impact based',
  'channel',
  'sample example',
  'kind tier sort types categories',
  'private confidential secret',
  'manual manually hand',
  'register add connect hook',
  'person employee someone',
  'several multiple many two three ten',
  'boss manager supervisor',
  'run runs',
  'language dutch german french spanish polish italian english',
  'exception incomplete',
  'laptop computer pc',
];

/** Words that say nothing about the topic. */
export const fillerWords: ReadonlySet<string> = new Set(
  `a an the this that these those it its it's i we us they them their he him his she her is am are was were be been being
  do does did doing done don't can could can't cannot may might will would won't shall to of in on at for from with by
  about into onto than then so as if or and but nor no yes some each there here what which how
  please pls plz kindly thanks thank hi hello hey ok just also too even ever really actually exactly simply maybe perhaps
  quite very much such want wants wanted like get gets got have has had having let make makes made take takes go goes going
  come comes happen happens happened wat u im i'm i'd i've we're it'll that's there's let's dont cant doesnt one thing
  things stuff something azure ml well bit using use used uses gotta up out off down now`
    .split(/\s+/u)
    .filter((word) => word !== ''),
);

/** Words that distinguish pages on the same topic, and therefore have a small weight. By stem. */
export const lightWords: ReadonlySet<string> = new Set(
  `you me studio not other only all still back again before after during see show know say tell give need any own while when
  mean possible always never many more most less first already every both own same without between`.split(/\s+/u),
);

/** Words of topics that no page covers: the first word of each line replaces the others. Compared by stem. */
export const outsideWords: readonly string[] = [
  `otherproduct sharepoint onedrive outlook excel powerpoint calendar meeting recording copilot planner databricks snowflake
  synapse fabric dynamics powerbi bigquery redshift sagemaker aws s3 gcp google kubernetes docker github gitlab jira
  confluence slack zoom windows linux iphone android facebook linkedin twitter whatsapp instagram youtube netflix browser
  kubernetes cluster designer automl pipeline sdk mlflow vm machine sql oracle sap salesforce mongodb repository photo
  contact bucket dashboard mailbox website`,
  `staffmatter vacation holiday salary payroll hr travel expenses tax parking badge overtime payday fired bonus
  promotion works-council`,
  `itmatter printer vpn wifi wi-fi screen keyboard monitor software app password-reset two-factor signature unlock`,
  `lawmatter lawyer sue sued fine fined liable liability contract compliant jurisdiction certified breach dpia
  supplier`,
  `smalltalk weather rain joke poem recipe cook lunch dinner cafeteria football match birthday song movie capital president
  ceo tower colour color love marry tired moon`,
  `studiowork algorithm accuracy training retrain overfitting hyperparameter predict prediction
  score scoring rename upload invite publish deploy rerun schedule convert join column row tune visualise visualize
  throughput speed faster performance rotate install`,
];
