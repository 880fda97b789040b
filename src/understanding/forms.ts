import { anchored, anywhere, askingDoing, del, exp, having, nounLead, soft, starting, wanting } from './grammar.ts';
import { giving, splitDeletion, splitExport } from './lexicon/verbs.ts';
import { wrapped } from './wrapped-pattern.ts';

/** What a command does to its object. */
export type CommandAction = 'delete' | 'export';

/** A way to phrase a command with its object after the verb. */
export interface ObjectLastForm {
  readonly name: string;
  readonly action: CommandAction;
  /** Matches everything before the object. */
  readonly before: RegExp;
  /** Matches what must follow the object, if anything must. */
  readonly after?: RegExp;
  /** A question mark at the end is part of this form and does not make it a question. */
  readonly asks: 'always' | 'when-polite' | 'never';
  /** Cheap test for the verb, made first so that forms without it are skipped. */
  readonly needs: RegExp;
  /** The object may have been named earlier: "can you prepare an export?" */
  readonly mayLackObject: boolean;
  /** "could you please" and the like may stand before it. */
  readonly mayAsk: boolean;
}

interface Recipe {
  readonly name: string;
  readonly action: CommandAction;
  readonly before: string;
  readonly after?: string;
  readonly asks?: ObjectLastForm['asks'];
  readonly needs: string;
  readonly mayLackObject?: boolean;
  readonly mayAsk?: boolean;
}

const ofWords =
  '(?: (?:of|for|from|on|to|in|about|regarding|concerning|:|,|-|containing|with|including|covering|that contains|that includes|which contains|called|is needed for|is needed of)){0,6}';

/** What makes "can X be deleted" a request rather than a question about what is possible. */
const cue = wrapped`
  (?: [^?\s]+){0,6}? (?:
    please|for me|for us|now|today|right away|asap|immediately|tonight|this morning|this afternoon|this week|
    straight away|at once|kindly|thanks|thank you|by \S+|before \S+|as soon as possible|right now
  )
`;

const modals = '(?:can|could|may|might|would|will|cant)';
const gone =
  'gone|out of here|out of the way|off my hands|out of my sight|out of my workspace|history|disposed of|out of there|to disappear|to go|to vanish';
const requesting = wrapped`
  requesting|i request|we request|request|request for|asking for|this is a request for|need|want|please|
  time for|
  it is (?:needed|required|necessary|requested)|
  i ask for|i ask you|i am here for|go for|in need of|wish for
`;

const havingDone = '(?:can|could|may) (?:i|we|you) (?:please |kindly |just ){0,6}(?:have|get|see)';
const copyOf = wrapped`
  (?: (?:
    to me|for me|me|us|for us|please|now|off|out|down|over|up|the following|just|only|kindly|also|back|a|an|
    copy|backup|archive|zip|version|of|
    (?:a |an |the )?(?:full |complete |local )?
      (?:copy|copies|backup|zip|archive|export|version|dump|snapshot)(?: of)?
  )){0,6}
`;

/** All forms with the object after the verb, the likeliest first. */
export const objectLastForms: readonly ObjectLastForm[] = [
  ...Object.entries(splitDeletion).map(([verb, particle]) => split(verb, particle, 'delete')),
  form({
    name: 'imperative',
    action: 'delete',
    before: `(?!bin packing)(?:${del.base})(?: and (?:${del.base}))?(?: (?:off|away|out|please|kindly|now|also|for me|for us|completely|permanently|immediately|the following|just|only)){0,6}`,
    mayAsk: true,
    needs: del.base,
    mayLackObject: true,
  }),
  form({
    name: 'imperative after another',
    action: 'delete',
    before: `(?:take (?:down|offline|out)|retire|stop|unpublish|shut down|disable|clean|archive|end|close) and (?:${del.base})`,
    mayAsk: true,
    needs: `and (?:${del.base})`,
  }),
  form({
    name: 'would you mind',
    action: 'delete',
    before: `${askingDoing}(?:${del.doing})(?: of)?`,
    mayAsk: true,
    asks: 'always',
    needs: del.doing,
  }),
  form({
    name: 'noun',
    action: 'delete',
    before: wrapped`
      (?:${starting}|${wanting}|${having}|${requesting}) ${nounLead}(?:${del.noun})
      (?: request| job| run| process)?
      (?: going| started| running| under way| underway| done| made| ready| prepared)?${ofWords}
    `,
    mayAsk: true,
    needs: del.noun,
  }),
  form({
    name: 'start its deletion',
    action: 'delete',
    before: `(?:start|begin|initiate|trigger|launch|run|kick off|perform|execute|carry out|do|request)(?: (?:the|my|our|this)){0,6}`,
    mayAsk: true,
    after: ' (?:deletion|removal|erasure)',
    needs: 'deletion|removal|erasure',
  }),
  form({
    name: 'see that it is deleted',
    action: 'delete',
    before: `(?:make sure|be sure|see to it|ensure|take care|see|i ask|we ask|i request|we request|i would ask)(?: that)?`,
    after: `${soft} (?:is|are|gets?|be)${soft} (?:${del.done}|gone)`,
    needs: `(?:is|are|gets?|be) (?:\\S+ )?(?:${del.done}|gone)`,
  }),
  form({
    name: 'grateful if',
    action: 'delete',
    before: `(?:i|we|it|that) (?:would|will|am|can) (?:\\S+ ){0,4}?if (?:you|we|it) (?:${del.done}|${del.base})`,
    needs: 'if',
  }),
  form({
    name: 'want it deleted',
    action: 'delete',
    before: `(?:${wanting}(?: that)?|(?:have|get|see|want|need|like|let)|having|i expect|(?:i|we) would be (?:happy|glad) to see|love to see|(?:i|we) would rather have|requesting|${havingDone})`,
    mayAsk: true,
    after: `${soft}(?: (?:to|be|to be|to get|being|should be|must be|is|are|gets?|shall be|will be)){0,6}${soft} (?:${del.done}|${gone})`,
    needs: `${del.done}|${gone}`,
  }),
  form({
    name: 'could it be deleted',
    action: 'delete',
    before: `${modals}`,
    after: `(?: (?:now|please|also|just|kindly)){0,6}(?: (?:be|get|now be|please be|also be))${soft} (?:${del.done})(?=${cue}(?= |$))`,
    asks: 'always',
    needs: `(?:be|get) (?:\\S+ )?(?:${del.done})`,
  }),
  form({
    name: 'could it be deleted',
    action: 'delete',
    before: `${modals} please`,
    after: `(?: (?:now|please|also|just|kindly)){0,6}(?: (?:be|get|now be|please be|also be))${soft} (?:${del.done})`,
    asks: 'always',
    needs: `(?:be|get) (?:\\S+ )?(?:${del.done})`,
  }),
  form({
    name: 'could its deletion be started',
    action: 'delete',
    before: `${modals} ${nounLead}(?:${del.noun}) (?:of|for)`,
    after: `(?: (?:now|please|also|just|kindly)){0,6}(?: be)${soft} (?:started|done|made|run|begun|initiated|kicked off|carried out|executed|arranged|performed|scheduled)(?=${cue}(?= |$))`,
    asks: 'always',
    needs: del.noun,
  }),
  form({
    name: 'imperative',
    action: 'export',
    before: `(?:you )?(?:${exp.base})(?: and (?:${exp.base}|send|share))?${copyOf}`,
    mayAsk: true,
    needs: exp.base,
    mayLackObject: true,
  }),
  ...Object.entries(splitExport).map(([verb, particle]) => split(verb, particle, 'export')),
  form({
    name: 'would you mind',
    action: 'export',
    before: `${askingDoing}(?:${exp.doing}|giving me|sending me|handing me|getting me|sending us|giving us)(?: (?:me|us|a copy of|out|up|down|of)){0,6}`,
    mayAsk: true,
    asks: 'always',
    needs: `${exp.doing}|giving|sending|handing|getting`,
  }),
  form({
    name: 'noun',
    action: 'export',
    before: wrapped`
      (?:${starting}|${giving}|${wanting}|${having}|${requesting}) ${nounLead}(?:${exp.noun})
      (?: request| job| run| process)?
      (?: going| started| running| under way| underway| done| made| ready| prepared)?${ofWords}
    `,
    mayAsk: true,
    needs: exp.noun,
    mayLackObject: true,
  }),
  // "The archive" alone is one that exists.
  form({
    name: 'noun',
    action: 'export',
    before: wrapped`
      (?:the|my) ${nounLead}(?:${exp.noun})
      (?: request| job| run| process)?
      (?: going| started| running| under way| underway| done| made| ready| prepared)?${ofWords}
    `,
    mayAsk: true,
    needs: exp.noun,
  }),
  form({
    name: 'may I',
    action: 'export',
    before: `(?:can|could|may|might) (?:i|we) (?:please |kindly |just |also |now ){0,6}(?:export|download|back up|get out|save|extract|fetch)${copyOf}`,
    asks: 'always',
    needs: '(?:can|could|may|might) (?:i|we)',
  }),
  form({
    name: 'is it possible',
    action: 'export',
    before: `(?:is it|would it be) possible (?:that you|for you to|to)(?: please| for me){0,6} (?:${exp.base})${copyOf}(?=.*\\b(?:please|thanks?|for me|for us)\\b)`,
    asks: 'always',
    needs: 'possible',
  }),
  form({
    name: 'hand me',
    action: 'export',
    before: `${giving}(?: (?:a|the|with|please|back|all|full|complete|of)){0,6}?`,
    mayAsk: true,
    needs: giving,
  }),
  form({
    name: 'start its export',
    action: 'export',
    before: `${starting}(?: (?:me|us|a|an|the|my|our|this|full|complete|whole|now|new|quick)){0,6}`,
    mayAsk: true,
    after: ` (?:${exp.noun})(?: run| job| now| for me){0,6}`,
    needs: `${exp.noun}`,
  }),
  form({
    name: 'want it exported',
    action: 'export',
    before: `(?:${wanting}(?: that)?|(?:have|get|see|want|need|like)|${havingDone}|requesting|i expect|(?:make sure|see to it|ensure)(?: that)?)`,
    mayAsk: true,
    after: wrapped`
      ${soft}(?: (?:to|be|to be|being|should be|must be|is|are|gets?)){0,6}
      ${soft} (?:
        ${exp.done}|
        as (?:a |an )?(?:file|zip|csv|archive|download|export|zip file|copy|backup)|
        in (?:a |one )?(?:zip|archive|file)|on my (?:laptop|disk|drive|machine|computer)|zipped up
      )
    `,
    needs: `${exp.done}|as (?:a |an )?(?:file|zip|csv|archive|download|export|copy|backup)|zip|archive|file|on my`,
  }),
  form({
    name: 'could it be exported',
    action: 'export',
    before: `${modals}(?: please)?`,
    after: `(?: (?:now|please|also|just|kindly)){0,6}(?: (?:be|get|now be|please be|also be))${soft} (?:${exp.done}|sent to me|sent over)`,
    asks: 'always',
    needs: `(?:be|get) (?:\\S+ )?(?:${exp.done}|sent)`,
  }),
  form({
    name: 'could its export be started',
    action: 'export',
    before: `${modals} ${nounLead}(?:${exp.noun}) (?:of|for)`,
    after: wrapped`
      (?: (?:now|please|also|just|kindly)){0,6}(?: be)
      ${soft} (?:
        started|done|made|prepared|run|begun|initiated|kicked off|carried out|executed|arranged|sent to me|
        provided|created|produced|generated|triggered
      )
    `,
    asks: 'always',
    needs: exp.noun,
  }),
  form({
    name: 'want it',
    action: 'export',
    before: wrapped`
      (?:
        (?:i|we) (?:just |only |really |also |would |kindly |urgently |still |will ){0,6}
          (?:
            (?:want|need|would like|wish) to (?:have|get|take|receive|obtain|keep|be given)|
            must have|am after|want|need|would like|require
          )|
        (?:can|could|may) (?:i|we) (?:please |kindly |just |also ){0,6}(?:have|get|receive|obtain|take)
      )
    `,
    needs: 'i|we',
  }),
];

/** "export of dataset X please": nouns that stand for the whole command. */
export const bareNoun: readonly ObjectLastForm[] = [
  form({
    name: 'bare noun',
    action: 'export',
    before: `${nounLead}(?:${exp.noun})(?: request)?(?: (?:of|for|from|:|-|on)){1,6}`,
    asks: 'never',
    needs: exp.noun,
  }),
  form({
    name: 'bare noun',
    action: 'delete',
    before: `${nounLead}(?:deletion|removal|erasure|disposal|purge|elimination)(?: request)?(?: (?:of|for|:|-)){1,6}`,
    after: wrapped`
      (?= (?:
        please|now|asap|today|needed|requested|required|is needed|is requested|is required|thanks|thank you|
        kindly|immediately|, please|[.] (?:please|thank)|as soon as possible|wanted|tonight|if you
      ))
    `,
    asks: 'never',
    needs: del.noun,
  }),
];

/** "take … down", "zip … up". */
function split(verb: string, particle: string, action: CommandAction): ObjectLastForm {
  const up = action === 'export' ? '(?: up)?' : '';
  return form({
    name: `${verb} … ${particle.split('|')[0] ?? ''}`,
    action,
    before: `${verb}${up}`,
    mayAsk: true,
    after: `${soft} (?:${particle})`,
    needs: verb,
  });
}

function form({
  before,
  after,
  needs,
  asks = 'when-polite',
  mayLackObject = false,
  mayAsk = false,
  ...rest
}: Recipe): ObjectLastForm {
  return {
    ...rest,
    before: anchored(before),
    ...(after === undefined ? {} : { after: anchored(after) }),
    asks,
    needs: anywhere(needs),
    mayLackObject,
    mayAsk,
  };
}
