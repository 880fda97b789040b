import { anywhere } from '../grammar.ts';
import { wrapped } from '../wrapped-pattern.ts';

/** "which role do I have" */
const whichAccount = wrapped`
  (?:what|which)(?: kind| type| sort| level| tier)?(?: of)? (?:an )?
  (?:
    account|role|rights|permissions?|access|tier|privileges?|membership|plan|subscription|status as a user|
    access level|user type|account type|licen[sc]e|authority|authorization|authorizations|right
  )
  (?: (?:
    type|level|kind|rights|tier|role|do|does|am|have|is|are|i|we|my|our|mine|this|the|here|on|in|workspace|
    got|has|it|using|hold|currently|exactly|under|for|assigned|of|type|to|me|given
  )){0,6}(?= (?:\?|\.|!|here|in|for|on|please|now|to|with|under|am|do|is|have|does)|$)
`;

/** "my account type" */
const myAccount = wrapped`
  (?:my|our) (?:current |own )?
  (?:
    account type|account|role|roles|rights|permissions?|access rights|access level|access|privileges?|
    account kind|membership|user type|type of account|kind of account|account info|account information|
    account details|status here|user role|standing|authorizations?|authorisations?|plan|tier
  )
  (?= (?:
      \?|\.|!|please|here|in|on|now|info|type|and|,|thanks|for|is|are|details|level|what|exactly|role|show|
      check|in this workspace|overview
    )|
    $
  )
`;

/** "am I an owner" */
const amI = wrapped`
  (?:am|are|was) i (?:
    a |an |the |really |still |just |even |only |also |here |currently |registered as |listed as |considered |
    treated as ){0,6}
  (?:
    owner|user|guest|member|admin|administrator|co-owner|free|standard|paid|anonymous|allowed|permitted|
    authori[sz]ed|entitled|able|in the|on a|on the|using|owning|approver|contributor|collaborator|reader|
    eligible|viewer|workspace owner|data owner|paying
  )
`;

/** "do I have enough rights" */
const doIHave = wrapped`
  do i own (?:this|the|my|a|it)|
  do i (?:count|have|hold|possess|get|still have|qualify|even have|belong|need approval|only have)
    (?: (?:
      as|the|a|an|any|enough|sufficient|full|owner|admin|user|guest|delete|export|deletion|write|read|right|
      free|standard|paid|permission|permissions|rights|access|role|account|here|still|owner 's|to|all|
      necessary|proper|required
    )){0,6} ?
    (?:
      owner|user|guest|member|rights?|permissions?|access|account|role|admin|privileges?|authority|
      authorization|power|standard|free|type|status
    )(?= |$)
`;

/** "what am I allowed to delete here" */
const whatMayI = wrapped`
  who am i(?= |$)|what may i do(?= \?| \.|$)|
  (?:what|which things) (?:am|are) i (?:here |even |actually )?
    (?:allowed|permitted|entitled|authori[sz]ed|able|eligible)|
  what (?:may|can|could|should|am) i (?:even |actually |really |personally |still |legally |then )?
    (?:delete|do|export|change|erase|remove|access|see|allowed)
    (?: \S+){0,3}? (?:
      in this workspace|in my workspace|here|with my (?:account|role|rights)|in the workspace|
      with this account|as \S+|in workspace \S+|myself
    )
`;

/** "is this a free workspace" */
const isMyAccount = wrapped`
  is (?:this|my|our|the)(?: \S+)? (?:account|workspace|one|subscription) (?:\S+ )?
    (?:a |an |of |on |type |still |really ){0,6}
    (?:guest|free|standard|paid|owner|anonymous|premium|type|tier|account)|
  is mine (?:a |an )?(?:guest|free|standard|paid)|
  is my account|is this a (?:guest|free|standard|paid)|
  account type(?: (?:here|please|of mine|info)){0,6}(?= ?(?:\?|\.|$))|
  account info|am i (?:the )?owner
`;

/** "tell me my role" */
const tellMyRole = wrapped`
  (?:tell|show|give|explain|list|check)(?: (?:to )?me)? (?:\S+ ){0,4}?my (?:\S+ )?
    (?:
      role|rights|permissions?|account type|account|access|privileges?|access rights|access level|account info
    )(?= |$)|
  (?:have|has|got) i (?:the )?(?:rights?|permissions?|access)|
  (?:which|what) (?:rights|permissions|role|access) (?:have|has|got|do|does|did) i|
  under what account|
  how am i (?:registered|signed in|listed|logged in)|
  as what am i|
  (?:i|we) (?:\S+ ){0,4}(?:know|see|check|find out) (?:\S+ ){0,4}(?:my|our|i have|i am)
    (?: \S+)? (?:role|rights?|permissions?|account type|account|owner|access)
`;

export const accountSelf = anywhere(wrapped`
  ${whichAccount}|${myAccount}|${amI}|${doIHave}|${whatMayI}|${isMyAccount}|${tellMyRole}
`);

/** Questions about an action rather than about the account. */
export const aboutActions =
  /\b(?:how (?:do|can|to|would|should|could|does|long|must)|what happens|before i|if i|happen)\b/;

/** Questions about the accounts of others or of other systems. */
export const aboutOthers = new RegExp(wrapped`
  \b(?:an?|the|each|every) (?:owner|guest|user|member|admin) (?:have|has|do|can|get|got|may)\b|
  \b(?:do|does|have|can|may) (?:an?|the|each|every|all) (?:\S+ )?(?:owner|guest|user|member)s?\b|
  \b(?:
    owners|guests|users|members|subjects|people|customers|employees|approvers|admins
  ) (?:have|do|can|get|may)\b|
  \b(?:facebook|linkedin|google|github|twitter|instagram|amazon)\b
`);
