import { anchored, asking, askingDoing, del, exp, having, lead, nounLead, starting, wanting } from './grammar.ts';
import { giving, splitDeletion, splitExport } from './lexicon/verbs.ts';

/** What a command does to its object. */
export type Deed = 'delete' | 'export';

/** A way to say a command of which the object follows at once. */
export interface ObjectLastForm {
  readonly name: string;
  readonly deed: Deed;
  /** Matches everything before the object. */
  readonly before: RegExp;
  /** Matches what must follow the object, if anything must. */
  readonly after?: RegExp;
  /** A question mark at the end is part of this form and does not make it a question. */
  readonly asks: 'always' | 'when-polite' | 'never';
}

const soft =
  '(?: (?:please|now|also|just|completely|permanently|fully|all|too|already|finally|kindly|today|immediately|being|both|to me|really|entirely|simply|quickly|for me|for us|for good|tonight))*';
const ofWords =
  '(?: (?:of|for|from|on|to|in|about|regarding|concerning|:|,|-|containing|with|including|covering|that contains|that includes|which contains|called|is needed for|is needed of))*';
const cue =
  '(?: \\S+){0,6}? (?:please|for me|for us|now|today|right away|asap|immediately|started|start|tonight|this morning|this afternoon|this week|straight away|at once|kindly|thanks|thank you|by \\S+|before \\S+|as soon as possible|right now)';
const modals = '(?:can|could|may|might|would|will|cant)';
const pleaded = `${lead}(?:${asking})?${lead}`;
const splitSource = (particles: Readonly<Record<string, string>>) =>
  Object.entries(particles).map(([verb, particle]) => [verb, particle] as const);
const gone =
  'gone|out|away|out of here|out of the way|off my hands|out of my sight|out of my workspace|taken care of for good|history|disposed of|out of there|to disappear|to go|to vanish';

/** All forms with the object behind the verb, the likeliest first. */
export const objectLastForms: readonly ObjectLastForm[] = [
  ...splitSource(splitDeletion).map(
    ([verb, particle]): ObjectLastForm =>
      form(
        `${verb} … ${particle.split('|')[0] ?? ''}`,
        'delete',
        `${pleaded}(?:${verb})`,
        `${soft.slice(0)} ?(?:${particle})`,
        'when-polite',
      ),
  ),
  form(
    'imperative',
    'delete',
    `${pleaded}(?:${del.base})(?: and (?:${del.base}))?(?: (?:off|away|out|please|kindly|now|also|for me|for us|completely|permanently|immediately|the following|just|only))*`,
    undefined,
    'when-polite',
  ),
  form(
    'imperative after another',
    'delete',
    `${pleaded}(?:take (?:down|offline|out)|retire|stop|unpublish|shut down|disable|clean|archive|end|close) and (?:${del.base})`,
    undefined,
    'when-polite',
  ),
  form('would you mind', 'delete', `${lead}(?:${asking})?${askingDoing}(?:${del.doing})(?: of)?`, undefined, 'always'),
  form(
    'noun',
    'delete',
    `${lead}(?:${asking})?(?:${starting}|${wanting}|${having}|requesting|i request|we request|request|request for|asking for|this is a request for|need|want|please|time for|ready for|it is (?:needed|required|necessary|requested)|i am here for|go for|proceed to|go ahead with|in need of|i ask for|i ask you|the) ${nounLead}(?:${del.noun})(?: request| job| run| process)?${ofWords}`,
    undefined,
    'when-polite',
  ),
  form(
    'grateful if',
    'delete',
    `${lead}(?:i|we|it|that) (?:would|will|am|can) (?:\\S+ ){0,4}?if (?:you|we|it) (?:${del.done}|${del.base})`,
    undefined,
    'when-polite',
  ),
  form(
    'want it deleted',
    'delete',
    `${lead}(?:${wanting}|(?:${asking})?(?:have|get|see|want|need|like|let)|having|i expect|i would be happy to see|i would be glad to see|we would be happy to see|love to see|(?:i|we) would rather have|requesting|(?:can|could|may) (?:i|we|you) (?:please |kindly |just )*(?:have|get|see))`,
    `${soft}(?: (?:to|be|to be|to get|being|should be|must be))*${soft} (?:${del.done}|${gone})`,
    'when-polite',
  ),
  form(
    'could it be deleted',
    'delete',
    `${lead}${modals}`,
    `(?: (?:now|please|also|just|kindly))*(?: (?:be|get|now be|please be|also be))${soft} (?:${del.done})(?=${cue}(?= |$))`,
    'always',
  ),
  form(
    'imperative',
    'export',
    `${pleaded}(?:${exp.base})(?: and (?:${exp.base}|send|share))?(?: (?:to me|for me|me|us|for us|please|now|off|out|down|over|up|the following|just|only|kindly|also|back|a|an|copy|backup|archive|zip|version|of|(?:a |an |the )?(?:full |complete |local )?(?:copy|copies|backup|zip|archive|export|version|dump|snapshot)(?: of)?))*`,
    undefined,
    'when-polite',
  ),
  ...splitSource(splitExport).map(
    ([verb, particle]): ObjectLastForm =>
      form(
        `${verb} … ${particle.split('|')[0] ?? ''}`,
        'export',
        `${pleaded}(?:${verb})(?: up)?`,
        `${soft} ?(?:${particle})`,
        'when-polite',
      ),
  ),
  form(
    'would you mind',
    'export',
    `${lead}(?:${asking})?${askingDoing}(?:${exp.doing}|giving me|sending me|handing me|getting me|sending us|giving us)(?: (?:me|us|a copy of|out|up|down|of))*`,
    undefined,
    'always',
  ),
  form(
    'noun',
    'export',
    `${lead}(?:${asking})?(?:${starting}|${giving}|${wanting}|${having}|requesting|i request|we request|request|request for|asking for|need|want|please|time for|it is (?:needed|required|necessary|requested)|this is a request for|i ask for|i ask you|the|my) ${nounLead}(?:${exp.noun})(?: request| job| run| process)?${ofWords}`,
    undefined,
    'when-polite',
  ),
  form(
    'hand me',
    'export',
    `${lead}(?:${asking})?${giving}(?: (?:a|the|with|please|back|all|full|complete|of))*?`,
    undefined,
    'when-polite',
  ),
  form(
    'want it exported',
    'export',
    `${lead}(?:${wanting}|(?:${asking})?(?:have|get|see|want|need|like)|(?:can|could|may) (?:i|we|you) (?:please |kindly |just )*(?:have|get|see)|requesting|i expect)`,
    `${soft}(?: (?:to|be|to be|being|should be|must be|as))*${soft} (?:${exp.done}|as (?:a |an )?(?:file|zip|csv|archive|download|export|zip file|copy|backup)|in (?:a |one )?(?:zip|archive|file)|on my (?:laptop|disk|drive|machine|computer)|zipped up)`,
    'when-polite',
  ),
  form(
    'could it be exported',
    'export',
    `${lead}${modals}`,
    `(?: (?:now|please|also|just|kindly))*(?: (?:be|get|now be|please be|also be))${soft} (?:${exp.done}|started|made|prepared|sent to me|sent over|run|kicked off)`,
    'always',
  ),
  form(
    'want it',
    'export',
    `${lead}(?:(?:i|we) (?:just |only |really |also |would |kindly |urgently |still |will )*(?:want|need|would like|require|want to have|need to have|would like to have|want to get|want to take|would like to take|would like to get|would like to receive|need to take|am after|must have|want to receive|need to get)|(?:can|could|may) (?:i|we) (?:please |kindly |just |also )*(?:have|get|receive|obtain|take))`,
    undefined,
    'when-polite',
  ),
];

/** What follows an object that comes first: "dataset X: delete", "the Y model should be erased". */
export interface ObjectFirstForm {
  readonly name: string;
  readonly deed: Deed;
  readonly after: RegExp;
  /** True when only a kind or quotes make the object sure enough to stand first. */
  readonly bare: boolean;
}

const must =
  '(?:should|must|has to|have to|needs to|need to|ought to|shall|is to|are to|may now|can now|may please|can please|has got to|wants to|is supposed to|deserves to|had better|got to|gotta)';
const end =
  '(?=(?: (?:please|now|thanks|thank you|asap|today|pls|immediately|completely|for me|right away|permanently|tonight|right now|for good|kindly|forever|too|also|[.!,]))*(?: [.!]| ,.*| \\(.*| -.*|$))';

/** Forms with the object before the verb. */
export const objectFirstForms: readonly ObjectFirstForm[] = [
  first(
    'should be deleted',
    'delete',
    ` ?(?:now |please |also )?${must} (?:now |please |also |just |finally )*(?:(?:be|get)${soft} (?:${del.done})|go(?= [.,!]|$)|disappear|vanish)`,
  ),
  first(
    'should be exported',
    'export',
    ` ?(?:now |please |also )?${must} (?:now |please |also |just )*(?:be|get)${soft} (?:${exp.done})`,
  ),
  first(
    'needs deleting',
    'delete',
    ` ?(?:needs|need|requires|require|wants|want)${soft} (?:${del.doing}|deletion|removal|to go|to be (?:${del.done})|(?:${del.done})|purging)`,
  ),
  first(
    'needs exporting',
    'export',
    ` ?(?:needs|need|requires|require|wants|want)${soft} (?:${exp.doing}|exportation|export|backup|to be (?:${exp.done})|(?:${exp.done}))`,
  ),
  first(
    'is a kind I want deleted',
    'delete',
    ` ?(?:is|are) (?:a |an |the |one |just )*(?:\\S+ ){1,2}(?:that |which )?(?:i|we) (?:want|need|would like|would love|wish)${soft}(?: to be| to have| to see)? (?:${del.done}|gone)`,
  ),
  first(
    'is a kind I want exported',
    'export',
    ` ?(?:is|are) (?:a |an |the |one |just )*(?:\\S+ ){1,2}(?:that |which )?(?:i|we) (?:want|need|would like|would love|wish)${soft}(?: to be| to have)? (?:${exp.done})`,
  ),
  first(
    'is what I want deleted',
    'delete',
    ` ?(?:is|are) (?:what|the one|the ones|something|the thing)(?: that)? (?:i|we) (?:want|need|would like)${soft}(?: to be| to have)? (?:${del.done}|gone)`,
  ),
  first(
    'is what I want exported',
    'export',
    ` ?(?:is|are) (?:what|the one|the ones|something|the thing)(?: that)? (?:i|we) (?:want|need|would like)${soft}(?: to be| to have)? (?:${exp.done})`,
  ),
  first(
    'I want it deleted',
    'delete',
    ` ?,? (?:i|we) (?:want|need|would like) (?:it|them|this|that|these)? ?(?:to be |all |both )*(?:${del.done}|gone)`,
  ),
  first(
    'I want it exported',
    'export',
    ` ?,? (?:i|we) (?:want|need|would like) (?:it|them|this|that|these)? ?(?:to be |all |both )*(?:${exp.done})`,
  ),
  first(
    'object: delete',
    'delete',
    ` ?[:,-] (?:(?:please|now|just|kindly|can you|could you|would you|you can|to be|i would like you to|i want you to|i want to|i would like to|go ahead and|we should|action|= |> |- ))*? ?(?:${del.base}|${del.done}|to be deleted|to be removed|deletion|removal)(?: (?:it|them|this|that|these|those|both|all|the lot))?${end}`,
    true,
  ),
  first(
    'object: export',
    'export',
    ` ?[:,-] (?:(?:please|now|just|kindly|can you|could you|would you|i would like you to|i want to|i would like to|go ahead and|to be) )*(?:${exp.base}|${exp.done}|exportation)(?: (?:it|them|this|that|these|those|both|all))?(?: (?:for me|to me|for us|as a zip|as a file|as zip|up))*${end}`,
    true,
  ),
  first(
    'object delete',
    'delete',
    ` ?(?:please |now |kindly |pls )?(?:${del.base}|deletion|removal|erasure|purge)(?: (?:it|them|please|now))*${end}`,
    true,
  ),
  first(
    'object export',
    'export',
    ` ?(?:please |now |kindly )?(?:${exp.base}|exportation|copy|zip)(?: (?:it|them|please|now))*${end}`,
    true,
  ),
];

/** "export of dataset X please", "workspace backup now": nouns that stand for the whole command. */
export const bareNoun: readonly ObjectLastForm[] = [
  form(
    'bare noun',
    'export',
    `${lead}${nounLead}(?:${exp.noun})(?: request)?(?: (?:of|for|from|:|-|on))+`,
    undefined,
    'never',
  ),
  form(
    'bare noun',
    'delete',
    `${lead}${nounLead}(?:deletion|removal|erasure|disposal|purge|elimination)(?: request)?(?: (?:of|for|:|-))+`,
    `(?= (?:please|now|asap|today|needed|requested|required|is needed|is requested|is required|thanks|thank you|kindly|immediately|, please|[.] (?:please|thank)|as soon as possible|wanted|tonight|if you))`,
    'never',
  ),
];

function form(
  name: string,
  deed: Deed,
  before: string,
  after: string | undefined,
  asks: ObjectLastForm['asks'],
): ObjectLastForm {
  return { name, deed, before: anchored(before), ...(after === undefined ? {} : { after: anchored(after) }), asks };
}

function first(name: string, deed: Deed, after: string, bare = false): ObjectFirstForm {
  return { name, deed, after: anchored(after), bare };
}
