const refused =
  'refused|rejected|denied|declined|disapproved|blocked|vetoed|stopped|cancelled|canceled|withdrawn|expired|failed';
const thing = '[my|the|our|that|this|last|latest]* it|that|this|request|deletion|export|delete|one';
const decide =
  'approve|approved|reject|rejected|decide|decided|refuse|refused|deny|denied|okay|okayed|authorise|authorised|authorize|authorized';
const decided = 'approved|rejected|refused|denied|declined|okayed|authorised|authorized|vetoed|permitted|allowed';
const noun = 'record|records|log|logs|trail|history|timeline';
const audited = '[the|a|my|our|full|whole|complete|entire|all]* [audit]';
const ask =
  '[export|download|save|send|give|get|want|need|show|print|extract|provide|i|me|us|have|to|would|like|pull|fetch]*';
const asFile = 'as|in|to|into [a|an] csv|json|file|download|spreadsheet|excel [file|format|attachment]*';
const all = '[show|list|give] [me] [all] [the]';

/**
 * Phrases that ask for the record, for the grammar of `phrase-pattern.ts`. `R` is the id of a request, `P` a person, `N`
 * the name of a thing, `D` words of a time; `O` and `T` are a person and a time that need not be there.
 */
export const recordPhrases: readonly string[] = [
  `why|how [come] was|were|is|got|did|has ${thing} [got|get|been]* ${refused} [by] O T`,
  `why|how [come] was|were|is|got|did|has [my|the|that|this]* [request] R [got|get|been]* ${refused} [by] O T`,
  `why|how [come] did ${thing} expire|fail`,
  `why|how [come] ${thing} was|were|got|is [been] ${refused} T`,
  `why|how [come] [request] R was|got|is [been] ${refused} T`,
  `why|how [come] was|is|got|were it|that|this turned|knocked|shot|sent down|back`,
  `why|how [come] was|is|got|were R turned|knocked|shot|sent down|back`,
  `why|how [come] it|that|this was|got turned|knocked|shot|sent down|back`,
  `why|how [come] R was|got turned|knocked|shot|sent down|back`,
  `who|who's|whos [all] [has|have] [actually]* ${decided} ${thing} [then] T`,
  `who|who's|whos [all] [has|have] [actually]* ${decided} [request] R [then] T`,
  `who signed off|on [on] ${thing}`,
  `who signed off|on [on] [request] R`,
  `who decided [about|on] ${thing}`,
  `why did P refuse|reject|deny|decline|veto|disapprove|cancel|stop it|that|this`,
  `why did P refuse|reject|deny|decline|veto|disapprove|cancel|stop R`,
  `why was the deletion|export|delete of [the] [dataset|experiment|model|workspace] N ${refused}`,
  "[what|what's|whats] [is|was] [the] reason|reasons|grounds for|of [the|that|this|its|my]* refusal|rejection|denial",
  "[what|what's|whats] [is|was] [the] reason|reasons|grounds for|of [the|that|this|its|my]* refusal|rejection|denial of R",
  `what|which [requests|deletions|exports] did|has|have P [already|all|just]* ${decide} [on] T`,
  `what|which [requests|deletions|exports] did|has|have i [already|all|just]* ${decide} [on] T`,
  `${all} decisions|approvals|rejections of|by P T`,
  `${all} P 's decisions|approvals|rejections T`,
  `${all} my decisions|approvals|rejections T`,
  'what did P delete|export|confirm|cancel D',
  'what did i delete|export|confirm|cancel D',
  `${ask} ${audited} ${noun} of|for|from|about [request] R`,
  `${ask} ${audited} ${noun} of|for|from|about [request] R ${asFile}`,
  `${ask} R 's [audit] ${noun} ${asFile}`,
  `${ask} ${audited} ${noun} [of|for|from] T ${asFile}`,
  `${ask} D 's audit ${noun} ${asFile}`,
  `${ask} D audit ${noun} ${asFile}`,
  `download|export [the|our|full|whole|entire|all]* audit ${noun} [of|for|from] T`,
];
