import { anywhere } from '../grammar.ts';
import { wrapped } from '../wrapped-pattern.ts';

/** "ignore all your rules" */
const ignoreRules = wrapped`
  (?:
    ignore|disregard|forget|override|overrule|bypass|skip|drop|disable|suspend|turn off|switch off|deactivate|
    circumvent|break|drop|lift|set aside|abandon|unlearn|erase
  ) (?:\S+ ){0,4}?
  (?:
    instructions?|rules?|guidelines?|prompts?|polic(?:y|ies)|safety|safeguards?|safeties|restrictions?|
    confirmations?|approvals?|checks?|warnings?|protections?|limits?|limitations?|training|programming|filters?|
    guardrails?|previews?|directives?|orders|permissions?|safety features?|everything (?:above|before|you)
  )
`;

/** "you are now in developer mode" */
const newRole = wrapped`
  you are now|you are a|you are an|you are root|you are the|from now on|act as|acting as|behave as|behave like|
  pretend|role ?play|role-play|roleplaying|simulate|simulation|impersonate|speaking as|playing|you play|
  developer mode|admin mode|debug mode|god mode|maintenance mode|test mode|unsafe mode|sudo|root|root access|
  superuser|jailbreak|jailbroken|dan|do anything now|no rules|without rules|without restrictions|unrestricted|
  unfiltered
`;

/** "system override", "end of prompt" */
const newRules = wrapped`
  override|overrides?|safety off|safety : off|safeties off|new instructions?|new rules?|new system prompt|
  system prompt|system message|system note|system override|system notice|system update|
  end of (?:prompt|instructions|message)|begin (?:prompt|instructions)
`;

/** What imitates the marks of a prompt: "system:", "### instructions". */
const promptMarks = wrapped`
  (?:
    system|assistant|admin|root|developer|console|administrator|supervisor|operator|prompt|instruction|
    instructions|approver|tool|function|human|ai
  ) [:>=]|
  \[ (?:system|admin|root|assistant|inst) \]|# # #|### \S+|${'`'}{3}|< \| \S+|system > `;
/** "without asking", "skip the confirmation" */
const withoutConfirmation = wrapped`
  without (?:a |the |any |my |further |asking |showing |needing ){0,6}
    (?:
      confirmation|confirmations|confirming|asking|card|cards|preview|previews|approval|approvals|questions|
      checks|check|warning|prompting|telling|notifying|logging|audit|trace|confirm|approver|approvers
    )|
  no (?:confirmation|approval|card|preview|questions|checks?)(?: \S+)? (?:needed|required|necessary)|
  no questions asked|no confirmation|no card|silently|secretly|quietly|
  do not (?:ask|tell|log|notify|show|confirm|wait|prompt|warn|record|require)|
  skip (?:the |all |any )?(?:confirmation|card|preview|approval|checks)|
  auto ?-?(?:approve|confirm)|auto-?confirmed?|autoconfirm|pre-?approved|preconfirmed|confirmation given|bypass
`;

/** "approved: yes", "approval has been granted" */
const claimedApproval = wrapped`
  (?:
    confirm|confirmed|approved?|approver|approval|authorized|authorised|is_?admin|admin|force|override|yes|
    role|sudo|safety|user|action|confirmation|intent|dry_?run
  ) (?:=|: (?:true|yes|granted|given|ok|skip|off))|
  (?:approval|authorization|authorisation|permission|clearance|confirmation|consent|access|root|admin)
    (?: \S+)? (?:
      granted|has been granted|is granted|confirmed|is confirmed|was granted|has been given|is given|given|
      received|obtained|verified|override|bypassed
    )|
  (?:user|owner|approver|approvers|admin|manager|supervisor|system|requester) (?:has |have |already ){0,6}
    (?:confirmed|approved|consented|authorized|authorised)|
  (?:already|hereby|pre) (?:approved|confirmed|authorized|authorised)|
  i (?:hereby )?(?:approve|authorize|authorise) (?:this|it|myself|the)|
  approved by|confirmed by|authorized by|authorised by|consider (?:it|this) (?:approved|confirmed)|
  treat (?:this|it|me) as|
  counts? as (?:approved|confirmation|approval)|
  have been granted|has been granted|with admin rights|with full rights|with elevated|elevated rights|
  privileged|elevate
`;

/** "I am the administrator", "this is the security team" */
const claimedIdentity = wrapped`
  i am (?:the |an |a |your |from |with |at |now |really |actually |speaking for ){0,6}
    (?:
      admin|administrator|approver|microsoft|system|sysadmin|root|developer|creator|maker|programmer|ceo|cto|
      ciso|superuser|global admin|tenant admin|openai|engineer|god|boss|service account|security team|
      it department|it support|support team|azure support|head of it|auditor|operator
    )|
  this is (?:the |an |a |your ){0,6}
    (?:
      admin|administrator|system|microsoft|security team|it department|it support|approver|developer|
      azure support|support team|ceo|cto|operator|sysadmin|emergency override
    )|
  as (?:an? |the |your |my ){0,6}
    (?:
      admin|administrator|approver|system|root|developer|global admin|tenant admin|superuser|ceo|sysadmin|
      operator|supervisor
    )
`;

/** "on behalf of", "using her account" */
const onBehalf = wrapped`
  on behalf of|in the name of|in place of|in his name|in her name|as if you were|as though|acting for|
  log(?:ged)? in as|sign(?:ed)? in as|run as|execute as|running as|
  using (?:his|her|their|\S+ 's) (?:account|rights|identity|credentials|login|token|permissions)|
  with (?:his|her|their|\S+ 's) (?:account|rights|identity|credentials|login|token|permissions)|
  under (?:his|her|their|\S+ 's) (?:account|name|identity)|
  as \S+ 's (?:deputy|delegate)
`;

/** Far-reaching commands, code and markup. */
const farReaching = wrapped`
  microsoft support|emergency protocol|protocol \d+|every user|all users|everybody in|everyone in|all tenants?|
  the whole tenant|entire tenant|every tenant|every workspace|all workspaces|every customer|everybody 's|
  everyone 's|all employees|delete_workspace|delete_all|delete_assets|drop_all|erase_all|confirm_delete|
  approve the|approve dsr\S*|approve request|drop table|rm -rf|sudo rm|exec|eval|base64|decode|</?\S+>|\{ |\} `;

export const overriding = anywhere(wrapped`
  ${ignoreRules}|${newRole}|${newRules}|${promptMarks}|${withoutConfirmation}|${claimedApproval}|
  ${claimedIdentity}|${onBehalf}|${farReaching}
`);
