import { anywhere, del } from './grammar.ts';
import { overriding } from './lexicon/injection-phrases.ts';
import { wrapped } from './wrapped-pattern.ts';

/**
 * Patterns of words that make a command negated, withdrawn, hypothetical, postponed or reported. Each is searched for
 * in the words around the command, without quotations and marked names.
 */

const anyDelete = `${del.base}|${del.doing}|${del.done}|deletes|removes|erases|wipes|deletion|removal|erasure`;
const anyExport =
  'export|exports|exporting|exported|download|downloading|downloaded|back up|backed up|backing up|backup';
const anyAction = `${anyDelete}|${anyExport}|do|run|start|touch|proceed|execute|process|carry|go ahead|continue|act|perform|begin|change|approve|confirm|listen|take`;

/** "do not ever run it" */
const doNotDo = wrapped`
  (?:do|does|did|should|must|shall|will|would|can|could|may|might|need|please) (?:please )?(?:not|never)
  (?: \S+){0,3}? (?:${anyAction})
`;

/** "never delete", "instead of deleting" */
const neverDelete = wrapped`
  (?:
    not|never|nobody|no one|none of us|neither|nor|without|avoid|refuse to|stop|refrain from|instead of|
    rather than|no need to|no reason to|against
  ) (?:[^ ,.;!?:]+ ){0,6}?(?:${anyDelete}|${anyExport})
`;

/** "leave it alone", "hands off" */
const leaveIt = wrapped`
  do not(?= [.,!?]|$)|do not please|must not|
  not to be (?:\S+ )?(?:deleted|removed|erased|exported)|
  hands off|
  leave (?:it|them|that|this|everything|my|the|our) (?:alone|as|where|in|intact|there|untouched)|
  leave it|leave them
`;

/** "keep it", "not that one" */
const keepIt = wrapped`
  keep (?:it|them|that|this|everything|the|my|our|all)|
  has to stay|should stay|must stay|stays|is to stay|to be kept|not (?:that|this|the) one|anything but
`;

const negation = anywhere(`${doNotDo}|${neverDelete}|${leaveIt}|${keepIt}`);

const waiting = wrapped`
  no wait|wait|
  hold on(?= (?:[,.!?-]|please|a|sec|second|minute|not|no|there)|$)|
  hang on|hold off|hold it|never mind|nevermind|nvm|scratch that|strike that|
  forget (?:it|that|about it|what i said|i said|this)|
  on second thoughts?
`;

const reconsidered = wrapped`
  (?:changed|change) my mind|second thoughts|thinking about it|or rather|actually no|actually not|
  actually (?:leave|keep|stop|wait|cancel|forget)|
  or not|not yet|not now|not today|not any more needed
`;

const calledOff = wrapped`
  cancel that|cancel it|undo that|ignore (?:that|this|it|my|me)|disregard|my mistake|my bad|oops|whoops|
  wrong (?:chat|window|bot|one|workspace|person)
`;

const joking = wrapped`
  just kidding|kidding|only joking|joking|jk|j k|just joking|a joke|as a joke|haha|hahaha|hehe|lol|lmao|rofl|
  april fools?|gotcha|pulling your leg|just testing|only testing|testing you|this is a test|only a test|
  just a test|test only
`;

const refused = wrapped`
  no no|nope|better not|maybe not|perhaps not|let us not|rather not|probably not|i withdraw|take that back|
  take it back|i take it back
`;

const undecided = wrapped`
  was about to|i was going to|were going to|almost|nearly|came close|tempted|not sure|unsure|undecided|
  not certain|still thinking|still deciding|cold feet
`;

const ridiculed = wrapped`
  just curious|not really|not seriously|as if|yeah right|obviously not|in your dreams|what a terrible idea|
  bad idea|
  would be (?:a )?
    (?:bad|stupid|terrible|madness|crazy|wrong|mad|insane|funny|hilarious|unwise|a mistake|a disaster|an error)|
  crossed out|no longer (?:want|wish|wants|wishes)|abort|belay|false alarm
`;

const withdrawal = anywhere(wrapped`
  ${waiting}|${reconsidered}|${calledOff}|${joking}|${refused}|${undecided}|${ridiculed}
`);

/** After a command these words withdraw it; before it they may be its reason ("consent was withdrawn, so …"). */
const afterthought = anywhere(wrapped`
  😂|🤣|😜|😉|🙃|😝|😅|psych|gotcha|but (?:only|not|keep|leave|just|do)|not(?= [.!)]|$)|withdrawn|withdrew|
  revoke|revoked|stop|stops|stopped|or else|
  and (?:you|he|she|they|everyone|nobody|the team) (?:are|is|will|would|shall|get|gets)|
  do not know|no idea|
  (?:i|we) (?:think|guess|suppose|believe|assume|reckon|wonder)|
  or should (?:it|they|i|we)|but how|, how
`);

const benignIf = new RegExp(
  wrapped`
    \bif (?:
      (?:that is|it is|this is) (?:
        possible|ok|okay|fine|all right|alright|allowed|no trouble|not too much trouble|convenient
      )(?: for you| with you)?|
      (?:you|u) (?:
        please|can|could|would|will|do not mind|
        have (?:a |the )?(?:time|moment|minute|second|chance)|
        may|get a (?:chance|minute|moment)
      )(?: (?:be so kind|be so good|please|do (?:it|so|that)))?|
      possible|not too much trouble|at all possible
    )(?= [.,!?-]|$| ,| please| and thanks| thanks)|
    \bas if by magic\b
  `,
  'g',
);

/** "if", "suppose", "in theory" */
const supposed = wrapped`
  if|suppose|supposing|imagine|imagining|assuming|assume|presuming|picture|hypothetically|hypothetical|
  theoretically|in theory|in principle|let us say|lets say|say i|say we|say somebody|unless
`;

/** "should we decide", "were I to": a condition by word order */
const inverted = wrapped`
  had i|had we|were i|were we|
  were (?:he|she|they|it|the|this|that) (?:\S+ ){0,3}to|
  should (?:i|we|he|she|they|the|somebody|someone|anyone|our|my) (?:\S+ ){0,4}
    (?:
      leave|leaves|agree|agrees|decide|ask|asks|want|wants|fail|fails|expire|end|ends|become|quit|object|
      happen|need|be|find|go|stop|approve|change|come|get|turn|die|complain|say
    )|
  should (?:it|this|that|things)
`;

/** "maybe", "some day" */
const uncertain = wrapped`
  maybe|perhaps|possibly someday|one day|some day|someday|eventually|sooner or later|might|may have to|probably|
  would have|could have|should have|if only|what about
`;

/** "thinking about", "plan to" */
const planned = wrapped`
  thinking (?:of|about)|think about|thinking|considering|consider|contemplating|toying|planning|plan to|
  plans to|intend to|intending|going to|about to|dream|dreamt|dreamed|nightmare|daydream
`;

/** "in case", "as soon as they", "when the" */
const conditional = wrapped`
  in case|in the event|whenever|provided|as long as|on condition|until|
  as soon as (?:he|she|they|the|we|it|legal|my)|
  once (?!and|more|again)\S+|
  when (?:the|we|it|they|he|she|i|my|that|this|everyone|legal|our|you)
`;

/** "I wish I could", "I would delete" */
const wished = wrapped`
  wish i|i wish i could|would rather|we would|
  i would (?:just |simply |probably |never |always |gladly |happily |rather |first ){0,6}(?:${del.base})
`;

/** "for example", "in a story" */
const invented = wrapped`
  for example|for instance|e g|example|as an example|say for|scenario|a user typing|user types|game|story|play|
  novel|movie|fiction|riddle|poem|quiz|exercise|training question|homework
`;

const hypothetical = anywhere(`${supposed}|${inverted}|${uncertain}|${planned}|${conditional}|${wished}|${invented}`);

const notYet = anywhere(wrapped`
  in (?:the )?future|
  next (?:week|month|year|quarter|time|summer|spring|monday|tuesday|wednesday|thursday|friday)|
  later|tomorrow|
  in (?:
    autumn|spring|summer|winter|january|february|march|april|may|june|july|august|september|october|november|
    december|a week|a month|a year|a few|two|three
  )|
  after (?:
    the|our|my|we|i|christmas|easter|new|next|that|this|his|her|they|it|he|she|monday|tuesday|wednesday|
    thursday|friday
  )|
  yesterday|last (?:week|month|year|night|monday|friday)|ago
`);

/** Verbs of saying and writing. */
const saying = wrapped`
  says|said|say|saying|tells|told|telling|asks|asked|writes|wrote|written|typed|types|claims|claimed|thinks|
  thought|suggests|suggested|suggestion|recommends|recommended|recommendation|advises|advised|advice|insists|
  insisted|mentioned|mentions|stated|states|reads|reading|believes|believed|reckons|argued|argues|proposed|
  proposes|proposal|demanded|demands|ordered|instructed|quoted|quote|quoting|quotes|reported|reports|announced|
  announces|shouted|shouts|joked|jokes|begged|replied|replies|texted|emailed|messaged|posted|pasted|copied from|
  forwarded|forwarding|fwd|fw|according to|wants us to|wants me to|wanted me to|wanted us to|expects me|
  expects us|heard|overheard|rumou?r
`;

/** What somebody else’s words stand in. */
const sources = wrapped`
  the manual|the wiki|the docs|the documentation|the tutorial|the instructions?|the guide|the policy says|
  the email|the ticket|the sign|the note|sticky note|the button|button|label|labelled|error|warning|exception|
  log line|subject line|headline|title of|lyrics|song|phrase|sentence|command is|words|caption|screenshot|
  transcript|his message|her message|their message|message from|note from
`;

const reporting = `${saying}|${sources}`;
const reported = anywhere(reporting);
const closesReport = anywhere(
  'so|hence|therefore|thus|accordingly|consequently|that is why|which is why|as a result|in that case|for that reason',
);

const pastAction = anywhere(wrapped`
  (?:
    tom|he|she|they|somebody|someone|who|admin|colleague|intern|nobody|everybody|already|accidentally|just|we|i|
    you|it|has|have|had|was|were|been|got|never|yesterday
  ) (?:(?:was|were|been|have|has|had|already|accidentally|just|nearly|almost|recently|finally|is|are) ){0,6}
  (?:${del.done})
`);

/**
 * The veto in the words before or after a command; null when there is none. `concluded` means that the command follows
 * from the words before it ("…, so delete X"): reported speech there is a reason for the command, not a veto.
 */
export function vetoIn(words: string, place: 'before' | 'after', concluded = false): string | null {
  if (words === '') return null;
  const softened = words.replace(benignIf, ' ');
  if (withdrawal.test(softened) || (place === 'after' && afterthought.test(softened))) return 'withdrawn';
  if (negation.test(softened)) return 'negated';
  const reason = place === 'before' && (concluded || closesReport.test(softened));
  if (hypothetical.test(reason ? softened.replace(musing, ' ') : softened)) return 'hypothetical';
  if (place === 'after' && notYet.test(softened)) return 'not now';
  if (reported.test(softened) && !reason) return 'reported';
  if (pastAction.test(softened) && !reason) return 'told about the past';
  return null;
}

/** Plans and guesses, which are harmless as the reason for a command: "we are going to close, so …". */
const musing =
  /\b(?:going to|plan to|plans to|planning|about to|intend to|intends to|intending|probably|would have|should have|could have|considering|considered|story|play|game|exercise|novel|movie)\b/g;

/** True when the text tries to change the bot's rules, claims an authority, or acts as somebody else. */
export function isInjection(words: string): boolean {
  return overriding.test(words);
}
