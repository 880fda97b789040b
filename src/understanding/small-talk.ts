import type { IntentName, Slots } from './intents.ts';
import type { Sentence } from './tokens.ts';
import { wrapped } from './wrapped-pattern.ts';

const filler = wrapped`
  (?:
    please|now|then|so|well|oh|um|hmm|hm|thanks|thank you|ok|bot|steward|again|mate|man|buddy|sir|friend|really|
    just|there|it|that|ah|indeed|absolutely|very much|for now|at all|after all|actually|everything|with it|
    with that|all|for it|ugh|argh|wtf|ah|er|erm
  )
`;

const yes = wrapped`
  (?:
    yes|y|ye|yeah|yep|yup|yip|aye|ok|sure|sure thing|of course|certainly|definitely|absolutely|correct|right|
    exactly|fine|agreed|affirmative|roger|confirm|confirmed|i confirm|i do confirm|i do|i agree|i am sure|
    we confirm|approved|accept|i accept|accepted|positive|indeed|by all means|alright|all right|fine by me|
    fine with me|works for me|sounds good|sounds right|sounds fine|sounds great|sounds ok|looks good|
    looks right|looks fine|looks correct|lgtm|go|go on|go ahead|go for it|go ahead then|proceed|please proceed|
    continue|carry on|do it|do that|do so|please do|please do it|make it so|let us do it|let us go|
    let us do that|that is right|that is correct|that is the one|that is it|that one|this one|the first one|
    the second one|i want that|i want this|yes to all|you may|you can|you may proceed|you can proceed|
    you can go ahead|green light|you have my ok|that is fine|that is ok|all good|good to go|ok for me|ok by me|
    perfect|great|si|oui|ja|da|jawohl|yes sir|execute|start it|start now|start|run it|send it|submit|absolutely|
    totally|please confirm|it is ok|it is fine|it is correct|is ok|is correct|is fine|why not|with pleasure|👍|
    ✅|✔|👌|🆗|thumbs up|ok do|confirming|happy with that|i am happy with that|no objections?|
    no problem go ahead|proceed with it|proceed with that|go ahead with it|go ahead with that|
    go through with it|be my guest|ship it
  )
`;

const action = wrapped`
  (?:(?:
    delete|remove|erase|export|wipe|purge|download|start|run|do|process|execute|send|trash|proceed with|
    get rid of|continue with
  )(?: (?:it|them|that|this|these|those|both|all|all of (?:them|it)|the lot))?)
`;

const no = wrapped`
  (?:
    no|n|nope|nah|no way|not|negative|never|no never|not now|not today|not yet|not really|not this|not that|
    not that one|not this one|no not that|no thanks|no thank you|do not|do not do it|do not do that|
    do not do this|please do not|please do not do it|do not proceed|do not continue|do not go ahead|do not want|
    do not want that|i do not want that|i do not want to|i do not want it|i do not|i would rather not|
    i would prefer not to|i prefer not to|better not|better not do (?:it|that|this)|rather not|
    rather not do (?:it|that)|leave it|leave it be|leave it alone|leave it as it is|leave them|leave them alone|
    leave it there|leave that alone|leave that|leave everything alone|leave everything as it is|
    leave everything|keep it|keep them|keep that|keep everything|keep it all|cancel|abort|stop|stop it|
    stop that|forget it|forget about it|forget that|never mind|nevermind|nvm|drop it|skip|skip it|skip that|
    pass|hold on|wait no|i decline|decline|declined|reject|rejected|refuse|i refuse|i changed my mind|
    changed my mind|on second thoughts? no|maybe not|perhaps not|certainly not|absolutely not|definitely not|
    of course not|under no circumstances|by no means|no chance|hell no|god no|no no|let us not|it is wrong|
    that is wrong|wrong one|wrong|incorrect|not correct|that is not right|that is not it|
    that is not what i (?:want|wanted|meant|asked)|
    that is not correct|i do not agree|i disagree|disagree|do nothing|nothing|hands off|i did not mean that|
    do not touch (?:it|them|anything|that)|not like that|nein|non|niet|nee|👎|❌|🚫|
    none of (?:them|these|those|that)|neither|no go|nothing doing|no deal|not going to happen|not happening|
    dismiss|back|go back|i am not sure|please stop|please no|thanks but no|thanks but no thanks|
    thank you but no|i would rather keep it|we keep it|count me out|no dice|do not bother|no need|not necessary|
    not needed
  )
`;

const confirming = whole(`(?:${filler} ?,? ){0,6}${yes}(?:(?: ?[,.!-]+)? (?:${yes}|${filler}|${action})){0,6}`);
const declining = whole(wrapped`
  (?:${filler} ?,? ){0,6}${no}
  (?:(?: ?[,.!-]+)? (?:
    ${no}|${filler}|it|${action.replace('(?:(?:', '(?:do not (?:')}|
    i (?:do not|did not) (?:want|mean) (?:it|that|this)|
    not (?:that|this|it)|not necessary|i changed my mind|i have changed my mind
  )){0,6}
`);

/** "Scratch that", "forget it, I will ask Priya first": a no, with a reason that names nothing to do. */
const callsOff = new RegExp(
  wrapped`
  ^(?:${filler} ?[,.!]? ?){0,4}
  (?:scratch that|forget it|forget that|forget about it|never mind|hold off|hold off on (?:it|that|this)|not now|not today|
    leave it|leave that|let us leave it|let us leave that|we will leave it)
  (?: (?:for (?:today|now|the moment|the time being)|then|actually|so|till|until|please|thank you|thanks)){0,3}
  (?=[ .,!;-]|$)
`,
  'u',
);
const ofActs =
  /\b(?:stop|cancel|deletion|request|delete|remove|erase|export|download|back up|backup|wipe|purge|out|keep|list|show|status|instead|but)\b/u;

const cancellingAll = whole(wrapped`
  (?:(?:please|now|ok|oh no|no|wait|hey|just|can you|could you|i want to|,|!) ){0,4}
  (?:cancel|stop|abort|halt|withdraw|kill|undo|call off)(?: absolutely)? (?:
    everything|it all|all|both|both of (?:it|them|that|those|these)(?: requests)?|all of (?:it|them|that|those)|
    all (?:of )?(?:my|the|our|those|these|open|running|pending) (?:open |running |pending )?requests|
    everything (?:i (?:asked|asked for|started|requested)|that is running|of mine|that i asked for|you are doing)
  )(?: (?:please|now|at once|immediately|thanks|for me|right now|,)){0,4}
`);

/** Why a message was read as a question for the recurring exports. */
export const listsSchedules = 'asks what is scheduled';

const scheduled = whole(wrapped`
  (?:(?:please|hi|hey|ok|so|and|show me|tell me|,) ){0,3}(?:
    (?:what|which|which exports?|what exports?|which of my exports|anything|what else|what all) (?:is|are|do i have|have i)?(?: ?all)? ?(?:scheduled|planned|set up to repeat)|
    (?:is|are) (?:there )?(?:anything|something|any exports?) (?:scheduled|planned)|
    (?:my|the|all|all my|all the|list my|list the|list all|show my|show the|show all) (?:schedules?|scheduled exports?|recurring exports?)
  )(?: (?:for me|here|now|at the moment|right now|please|so far|there)){0,3}
`);

const undoing = whole(wrapped`
  (?:(?:please|oh no|oops|wait|no|ok|,|!|\.\.\.) ){0,4}undo(?: (?:it|that|this|the last one|the last thing|the last request|please|now)){0,3}
`);

const greetingWord = wrapped`
  hi|hello|hey|hiya|yo|greetings|good morning|good afternoon|good evening|good day|morning|afternoon|evening|
  gday|g'day|salut|bonjour|hola|ciao|hallo|guten tag|guten morgen|moin|servus|namaste|shalom|salam|welcome|sup|
  what is up|whats up|wassup|howdy|ahoy|aloha|hi again|hello again|good to meet you|nice to meet you|
  pleased to meet you|glad to meet you|nice meeting you|nice to see you|good to see you|happy to meet you|
  how are you|how are you doing|how are you today|how do you do|how is it going|how goes it|hope you are well|
  hope you are doing well|i hope you are well|anybody there|anyone there|are you there|you there|
  hello is anyone there|long time no see|👋|🙋|wave|top of the morning|to you|dear bot|dear steward|
  happy monday|happy friday|happy new year|back again|it is me|it is me again|i am new here|i am back
`;

/** Who is greeted, and what else a greeting may go on with. */
const greeted = wrapped`
  there|bot|steward|studio steward|again|everyone|everybody|all|team|friend|my friend|mate|folks|dear|to you|
  to you too|sir|buddy|pal|guys|from \S{1,40}|you|too|today|studio|world|colleague|robot|assistant|and|
  how are you|my dear|dear bot|little bot|old friend|please
`;

const greeting = whole(wrapped`
  (?:(?:${greetingWord})(?: (?:${greeted})){0,6}[ ,.!?🙂😊😀😃👋🙋☀🌞☕😄🤖☺🌅❤✨🎉🙏-]{0,12}){1,6}
`);

const helpLead = wrapped`
  (?:(?:
    hi|hello|hey|ok|so|please|um|well|and|now|sorry|bot|steward|excuse me|i am new here|i am new|
    first time here|,|\.|!
  ) ){0,6}
`;

/** "I need some help" */
const helpNoun = wrapped`
  (?:i )?(?:need |want |would like |could use |require )?(?:some |your |a bit of |a little )?
  (?:
    help|help me|assistance|support|guidance|instructions|manual|menu|commands?|options|examples?|info|
    information|usage|man|help page|a hint|a hand|hints?|tutorial|guide|guide me|assist|assist me|intro|
    introduction|onboarding|faq|sos|\/help|\/start|-h|--help|h|capabilities|features|functions|what now|
    now what|how to|get started|getting started|start here
  )
`;

/** "what can you do for me" */
const whatCanYouDo = wrapped`
  what (?:can|could|do|will|would|else can|all can|things can) (?:
    you|this bot|this thing|the bot|steward|studio steward|it|i|we
  ) (?:actually |really |even |all )?
  (?:
    do|offer|help|support|understand|ask|ask you|type|say|say here|do here|tell you|write|write here|know|
    for me|do for me|do for us|help me with|help with|be used for|ask for|type here|enter|say to you|use you for
  )
  (?: (?:
    for|with|to|me|us|here|you|about|exactly|by the way|in here|then|today|all|this bot|bot|everything|
    in this chat
  )){0,6}
`;

/** "what are you for" */
const whatAreYou = wrapped`
  (?:what|which) (?:are|is) (?:
    you|this|this bot|this thing|the commands|the options|my options|my choices|your commands|your functions|
    your features|your capabilities|your purpose|your job|your role|possible|available|supported|
    the available commands|the possible commands|on offer|the menu|your skills|your abilities|the possibilities|
    the functions|you able to do|you good for|you for|you good at|you capable of|this bot for|
    this bot able to do|steward|studio steward|it you do|i allowed to ask|i supposed to (?:do|type|say|write)
  )
  (?: (?:for|here|exactly|now|about|good for|all about|then|able to do|capable of|to me|in this chat|by the way)){0,6}
`;

/** "which commands are there" */
const whichCommands = wrapped`
  (?:which|what) (?:
    commands|things|options|functions|actions|features|sentences|words|tasks|phrases|instructions|choices|
    kinds? of (?:things|commands|requests)
  ) (?:can|do|are|could|should|may|does|exist|work|have) (?:\S{1,40} ?){0,6}
`;

/** "how does this work" */
const howToUse = wrapped`
  how to (?:
    use|talk to|speak to|speak with|work with|operate|start with|begin with|interact with|chat with|ask|
    get started|start|handle
  )(?: (?:this|you|bot|the bot|steward|it|with|this bot|the|studio|here)){0,6}|
  how (?:does|do|can|would|should|could|is|to) (?:
    this|it|that|i|you|we|one|the bot|this bot|this thing|steward
  ) ?(?:thing |bot |chat |one )?
    (?:
      work|works|function|use|talk to|speak with|speak to|use you|use this|use it|start|begin|get started|
      operate|talk|talk to you|talk to this|chat with|communicate|interact|give commands|ask you|ask|
      command you|used|be used
    )
    (?: (?:
      here|this|it|you|bot|the bot|with|to|this bot|with you|with this bot|exactly|then|work|works|
      around here|please|things|something|what|for what i want|studio steward|steward|with the bot
    )){0,6}|
  how i (?:can |should |could |must |do |to )?(?:speak|talk|use|start|work|begin|communicate|ask)
    (?: (?:with|to|this|bot|you|the|it|here)){0,6}
`;

/** "can you help me" */
const canYouHelp = wrapped`
  (?:can|could|would|will) (?:you|someone|somebody|anyone) (?:please |maybe )?(?:help|assist|guide|support)
  (?: (?:me|us|out|with this|please|here|a bit|me out|with something|with studio|to start|get started)){0,6}
`;

/** "show me what you can do" */
const showCommands = wrapped`
  (?:(?:can|could|would|will) you (?:please )?)?(?:show|tell|give|list|explain|display|teach|print)
  (?: (?:to )?(?:me|us))? (?:
    what (?:you|can you|i|we|else you) (?:can|could|are able to|can you|do|know)?(?: ?\S{1,40}){0,5}|
    (?:the |your |all |some |available |a few |a |any |what ){0,6}
      (?:
        help|commands?|options|examples?|menu|features|functions|possibilities|capabilities|choices|
        what is possible|usage|instructions|skills|abilities|tricks|sample commands|ropes|basics|
        list of commands
      )(?: .{0,24})?|
    how (?:this|you|it|to use you|to use this|i can use|to talk to you|the bot|to start)(?: ?\S{1,40}){0,4}|
    around
  )
`;

/** "I do not know where to start" */
const iAmLost = wrapped`
  (?:
    i (?:do not|am not sure|have no idea|am lost|am confused|am stuck|cannot|can not|dunno)
      (?: (?:know|understand|sure|figure out|get))?(?: (?:what|how|where|which))?
      (?: (?:to|i|you|this|it|can|should)){0,6}
      (?: (?:do|type|say|ask|start|begin|use|work|works|write|here|now|next|this|you|it|bot|the|with)){0,6}|
    i am (?:lost|confused|stuck|new|new here|a beginner)|
    where (?:do|should|can) i (?:start|begin)(?: \S{1,40}){0,2}|
    who are you|what do you do(?: .{0,20})?|are you able to help(?: \S{1,40}){0,3}|anything else you can do|
    what else(?: \S{1,40}){0,4}|introduce yourself|what is this|what is this bot|what is this thing|
    what is this chat|what is studio steward|
    (?:the )?list of (?:the |all )?(?:commands|options|functions|features|examples)|
    any (?:tips|hints|examples|advice)(?: \S{1,40}){0,5}|
    is there a (?:manual|help|menu|guide|list of commands|help page)(?: \S{1,40}){0,3}|
    what should i (?:do|type|say|write)(?: \S{1,40}){0,3}|
    what do i (?:do|type|say|write)(?: \S{1,40}){0,3}|
    help with (?:this bot|this|the bot|using you|studio)|
    how can you help(?: \S{1,40}){0,3}|how do you work|your purpose|need a hand(?: \S{1,40}){0,3}
  )
`;

const helpEnd = wrapped`
  (?: ?
    (?:
      please|thanks|thank you|,|!|\.|\?|again|bot|now|asap|here|me|show examples|examples?|exactly|steward|
      show me examples|i am new|i am lost|us|anyone|🙏|🤔|❓
    )){0,6}
`;

const helping = whole(wrapped`
  ${helpLead}
  (?:
    ${helpNoun}|${whatCanYouDo}|${whatAreYou}|${whichCommands}|${howToUse}|${canYouHelp}|${showCommands}|
    ${iAmLost}
  )${helpEnd}
`);

/** Longest small talk, in tokens. Longer sentences are not matched, which bounds the cost of the expressions. */
const longestSmallTalk = 16;

const hedged =
  /^(?:haha|lol|yes but|yes and no|ok but|no idea|no clue|not sure|ok ok i|yeah right|ok boomer|sure you)\b/;

/** Sentences that are small talk as a whole: greetings, bare answers, calls for help. Null for everything else. */
export function smallTalk(sentence: Sentence): { intent: IntentName; why: string; slots?: Slots } | null {
  const words = sentence.canon;
  if (words.length > 160 || sentence.tokens.length > longestSmallTalk || hedged.test(words)) return null;
  if (/^\?(?: \?)?$/.test(words) || helping.test(words)) return { intent: 'help', why: 'asks what the bot can do' };
  if (greeting.test(words)) return { intent: 'greet', why: 'a greeting' };
  if (scheduled.test(words)) return { intent: 'schedule.list', why: listsSchedules };
  if (cancellingAll.test(words)) return { intent: 'request.cancel', why: 'cancels everything', slots: { all: true } };
  if (undoing.test(words)) return { intent: 'request.cancel', why: 'takes back what was asked last' };
  if (declining.test(words)) return { intent: 'decline', why: 'a bare no' };
  const off = callsOff.exec(words)?.[0];
  if (off !== undefined && !ofActs.test(words.slice(off.length)) && !words.includes('?'))
    return { intent: 'decline', why: 'calls it off' };
  if (confirming.test(words) && !/\?\s*$/.test(words)) return { intent: 'confirm', why: 'a bare yes' };
  return null;
}

function whole(source: string): RegExp {
  return new RegExp(`^(?:${source})[ .!?,🙂😊👍🙏☺…)~-]*$`, 'u');
}
