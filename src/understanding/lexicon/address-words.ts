/** Words that may stand before an address and change nothing. */
export const addressWords =
  '[the|this|that|their|his|her|also|old|other|new|second|former|previous|additional|private|work|mail|e-mail|email|address|mailbox|account|alias|user|login]*';

const verb = 'link|connect|attach|tie|map|assign|associate|bind|join|match|pair|hook';
const linked = 'linked|connected|attached|tied|mapped|assigned|associated|bound|joined|matched|paired|registered';
const account =
  "['s] [old|other|second|former|previous|another|main|own|current]* [account|profile|user|login|address|e-mail|email|mail|mailbox|alias|one|identity]* [too|also|as] [well]";
const adjective =
  '[old|other|second|former|previous|another|additional|private|work|new|earlier|first|maiden|legacy|retired]*';
const what = 'address|mail|e-mail|email|alias|account|mailbox|login|one|identity';

/** `A` is the address, `P` a person. A phrase with two addresses takes the first as the address. */
export const linkPhrases: readonly string[] = [
  `${verb} [up] {address} A [up|also|as|back] to|with|and|onto [the] [account|profile|user|person] [of|for] P ${account}`,
  `${verb} [up] [the] [account|profile|user|person|colleague] [of|for] P ['s] [account|profile|user|login]* [up] to|with|and {address} A [too|also]`,
  `add|register|record|put|note|enter|set|file|save {address} A [down] [as] [an|a|another|one] [alias|address] [of|to|for|under|with|on|onto] [the] [account|profile|user] [of] P ${account}`,
  `add|register|record|note|enter|file|save {address} A as P ${account}`,
  `{address} A [also|now|really|actually]* belongs|goes|corresponds|maps [also] to|with P ${account}`,
  `{address} A [also|now|really|actually]* is [also|now|really|actually|in|fact]* P 's ${adjective} [${what}] [too|also]`,
  `{address} A is [also|just|only|really|actually]* [an|a|the|another|one] ${adjective} ${what} of|for P`,
  `{address} A is [also|now|really|actually]* owned|used|held by P [too|also]`,
  `{address} A and P are|is [the|one|and]* same person|human|one|colleague`,
  `{address} A and P are|is one person|human`,
  `P [also|now|still|really|actually]* owns|uses|has|holds [an|another|a] {address} A [too|also]`,
  `P is [also|really|actually]* the [person|one|owner|user|human|colleague] behind|of {address} A [too]`,
  `P can [also] be found|reached under|at|as {address} A`,
  `make {address} A [an|a|another|one] [alias|address] [of|count] [for|as] P ${account}`,
  `let|have {address} A count|be [${linked}] [for|as|to|with] P ${account}`,
  `treat|count|recognise|recognize|regard {address} A [also] as|for P ${account}`,
  `give {address} A to P [too|also]`,
  `give|assign P {address} A [too|also]`,
  `{address} A should|must|can|shall|needs [to] [also] be|count|go [${linked}] to|for|with|as P ${account}`,
  `{address} A needs|has to be ${linked} to|with P ${account}`,
  `have|get {address} A ${linked} to|with P ${account}`,
];

const split =
  'unlink|disconnect|detach|untie|dissociate|disassociate|unmap|decouple|unbind|unpair|unassign|unregister|delink';
const end = 'remove|drop|delete|cut|undo|cancel|end|revoke|break|sever|dissolve|take|clear';
const link = 'link|connection|association|mapping|linking|tie|links';

/** Ends a link. With a person, it has to be that account's. */
export const unlinkPhrases: readonly string[] = [
  `${split} {address} A`,
  `${split} {address} A from [the] [account|profile|user|person] [of] P ${account}`,
  `separate {address} A from [the] [account|profile|user|person] [of] P ${account}`,
  `${split} P ['s] [account|profile]* from {address} A`,
  `${end} [away|off] [the|any|every|that|this]* ${link} [of|for|to|with|from|on|between] {address} A`,
  `${end} [the|any|that]* ${link} between|of|from {address} A and|to|with P ${account}`,
  `${end} [the|any|that]* ${link} between|of|from P and|to|with {address} A`,
  `${end} {address} A [away] from [the] account|profile|user of P`,
  `${end} {address} A [away] from P 's account|profile|user|addresses|identity`,
  `take {address} A [away] from P ['s] [account|profile]`,
  `{address} A no longer belongs to P`,
  `{address} A does not belong to P [any|anymore] [more|longer]`,
  `{address} A doesn't belong to P [any|anymore] [more|longer]`,
  `{address} A is no longer P 's [${what}]`,
  `{address} A is not P 's [${what}] any|anymore [more|longer]`,
  `{address} A isn't P 's [${what}] any|anymore [more|longer]`,
  `P no longer has|owns|uses|holds {address} A`,
  `P does not have|own|use|hold {address} A any|anymore [more|longer]`,
  `P doesn't have|own|use|hold {address} A any|anymore [more|longer]`,
  `{address} A should|must no|not [longer] be ${linked} to|with P [any|anymore] [more|longer]`,
  `{address} A should|must no|not [longer] count|belong for|to P [any|anymore] [more|longer]`,
  `stop linking|connecting|counting|associating|mapping {address} A to|with|for|as P ${account}`,
];

const holder = 'account|person|user|colleague|human|employee|member|object';

export const whosePhrases: readonly string[] = [
  `whose {address} is {address} A [now|currently]`,
  `whose {address} A is`,
  `{address} A is whose [address|account]`,
  `who [the|on|earth]* does|did {address} A belong to [now]`,
  `who is|'s [behind] {address} A [linked|connected] [to|with]`,
  `who is|'s the owner|holder|user|person of|behind {address} A`,
  `who owns|has|uses|holds {address} A`,
  `to who|whom does|is {address} A belong|linked|connected [to]`,
  `{address} A belongs to who|whom`,
  `which|what ${holder} is|'s {address} A [linked|connected|tied|assigned] [to|with]`,
  `which|what ${holder} does {address} A belong|point to`,
  `which|what ${holder} has|owns|uses|holds {address} A`,
  `which|what ${holder} is|'s behind|linked|connected|tied [to|with] {address} A`,
  `to which|what ${holder} is|does {address} A linked|connected|tied|belong [to]`,
  `what is|'s {address} A linked|connected|tied to`,
  `where does {address} A belong [to]`,
  `is {address} A [already] linked|connected|taken|assigned|registered [to|with|by] [anybody|anyone|somebody|someone|an|any|a] [account|person|user] [already]`,
  `does {address} A belong to anybody|anyone|somebody|someone|an|any|a [account|person|user]`,
  `look|lookup [up] {address} A [up]`,
  `show|display|get|find|check [the|a]* owner|holder|account|person|user|link|links of|for|behind {address} A`,
  `check|find [out] who owns|has|uses|is {address} A`,
  `check|find [out] whose {address} A is`,
  `[the|a] owner|holder|account|person|user|link|links of|for|behind {address} A`,
];

const words = (list: string): readonly (readonly string[])[] => list.split(',').map((each) => each.trim().split(' '));

/** What asks somebody else politely, so that a question mark behind it is no question. */
export const politeQuestions = words(
  'could you, can you, would you, will you, could we, can we, would you mind, could i ask you to, can i ask you to, may i ask you to',
);

/** What may stand in front of a command and changes nothing; longer ones first. */
export const openings = words(`
  i would like you to, i would like to, i would like, i want you to, i want to, i need you to, i need to,
  i have to, we would like to, we need to, we want to, we have to, we should, you should, you have to,
  you need to, i'd like you to, i'd like to, please note that, for your information, as an administrator,
  as administrator, go ahead and, good morning, good afternoon, good evening, tell me, show me, let me know,
  do you know, any idea, fyi, please, pls, plz, kindly, hi, hello, hey, hiya, dear, steward, studio steward,
  bot, there, team, ok, okay, so, well, now, and, then, also, just, again, quickly, next, right, alright,
  thanks
`);

/** The same behind a command; longer ones first. */
export const closings = words(`
  thank you very much, thank you, many thanks, thanks a lot, thanks in advance, if you can, when you can,
  for me, for us, right now, right away, at once, as soon as possible, please, pls, plz, thanks, thx, cheers,
  now, asap, today, steward, bot, ok, okay
`);

/** Words that are no part of a person's name. */
export const noNames: ReadonlySet<string> = new Set(
  `me my mine myself i you your yours us our ours we him his her hers he she it its this that these those them their they the a an and or nor not no never
  nobody anybody anyone somebody someone everybody everyone all any some each every who whom whose what which when where why how
  account accounts profile user login address addresses mail mails e-mail email mailbox alias workspace workspaces dataset datasets experiment
  experiments model models notebook notebooks project projects web service services data file files folder team channel chat group list link links
  request requests export delete remove erase wipe copy move rename share send forward invite
  to with from in into of for on onto at by as if unless until because since while but than then so only just also too again already still
  is was are were be been has have had does do did will would can could should shall must may might need needs
  tomorrow yesterday later today tonight now soon before after instead rather maybe perhaps probably
  count please thanks belongs owner owners approver approvers administrator administrators admin admins both either neither one ones two same`.split(
    /\s+/u,
  ),
);
