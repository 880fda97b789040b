import type { CommandAction } from './forms.ts';
import { anchored, del, exp, soft } from './grammar.ts';
import { wrapped } from './wrapped-pattern.ts';

/** What follows an object that comes first: "dataset X: delete", "the Y model should be erased". */
interface ObjectFirstForm {
  readonly name: string;
  readonly action: CommandAction;
  readonly after: RegExp;
  /** True when the object is accepted in first position only with a kind or in quotes. */
  readonly bare: boolean;
}

const must =
  '(?:should|must|has to|have to|needs to|need to|ought to|shall|is to|are to|may now|can now|may please|can please|has got to|wants to|is supposed to|deserves to|had better|got to|gotta)';
const end = wrapped`
  (?=(?: (?:
    please|now|thanks|thank you|asap|today|pls|immediately|completely|for me|right away|permanently|tonight|
    right now|for good|kindly|forever|too|also|[.!,]
  )){0,6}(?: [.!]| ,.*| \(.*| -.*|$))
`;

/** Forms with the object before the verb. */
export const objectFirstForms: readonly ObjectFirstForm[] = [
  first(
    'should be deleted',
    'delete',
    ` ?(?:now |please |also )?${must} (?:now |please |also |just |finally ){0,6}(?:(?:be|get)${soft} (?:${del.done})|go(?= [.,!]|$)|disappear|vanish)`,
  ),
  first(
    'should be exported',
    'export',
    ` ?(?:now |please |also )?${must} (?:now |please |also |just ){0,6}(?:be|get)${soft} (?:${exp.done})`,
  ),
  first(
    'can be deleted now',
    'delete',
    ` ?(?:can|may) (?:both |all |also |now |please |be now |just ){0,6}be${soft} (?:${del.done})(?=(?: [^?. ]+){0,4} (?:now|please|today|for me|thanks|thank you)(?: [^?]*)?$)`,
  ),
  first(
    'as a download',
    'export',
    ` ?,? (?:as|in|into) (?:a |an |one |single ){0,6}(?:export|download|zip|file|backup|archive|zip file|copy)`,
  ),
  first(
    'to be deleted',
    'delete',
    ` ?[:,-]? (?:both |all |please ){0,6}(?:is |are )?to be${soft} (?:${del.done})${end}`,
    true,
  ),
  first(
    'to be exported',
    'export',
    ` ?[:,-]? (?:both |all |please ){0,6}(?:is |are )?to be${soft} (?:${exp.done})${end}`,
    true,
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
    ` ?(?:is|are) (?:a |an |the |one |just ){0,6}(?:\\S+ ){1,2}(?:that |which )?(?:i|we) (?:want|need|would like|would love|wish)${soft}(?: to be| to have| to see)? (?:${del.done}|gone)`,
  ),
  first(
    'is a kind I want exported',
    'export',
    ` ?(?:is|are) (?:a |an |the |one |just ){0,6}(?:\\S+ ){1,2}(?:that |which )?(?:i|we) (?:want|need|would like|would love|wish)${soft}(?: to be| to have)? (?:${exp.done})`,
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
    ` ?,? (?:i|we) (?:want|need|would like) (?:it|them|this|that|these)? ?(?:to be |all |both ){0,6}(?:${del.done}|gone)`,
  ),
  first(
    'I want it exported',
    'export',
    ` ?,? (?:i|we) (?:want|need|would like) (?:it|them|this|that|these)? ?(?:to be |all |both ){0,6}(?:${exp.done})`,
  ),
  first(
    'object: delete',
    'delete',
    wrapped` ?[:,-] (?:(?:
        please|now|just|kindly|can you|could you|would you|you can|to be|i would like you to|i want you to|
        i want to|i would like to|go ahead and|we should|action|= |> |- )){0,6}? ?
      (?:${del.base}|${del.done}|to be deleted|to be removed|deletion|removal)
      (?: (?:it|them|this|that|these|those|both|all|the lot))?${end}
    `,
    true,
  ),
  first(
    'object: export',
    'export',
    wrapped` ?[:,-] (?:(?:
        please|now|just|kindly|can you|could you|would you|i would like you to|i want to|i would like to|
        go ahead and|to be
      ) ){0,6}(?:${exp.base}|${exp.done}|exportation)(?: (?:it|them|this|that|these|those|both|all))?
      (?: (?:for me|to me|for us|as a zip|as a file|as zip|up)){0,6}${end}
    `,
    true,
  ),
  first(
    'object delete',
    'delete',
    ` ?(?:please |now |kindly |pls )?(?:${del.base}|deletion|removal|erasure|purge)(?: (?:it|them|please|now)){0,6}${end}`,
    true,
  ),
  first(
    'object export',
    'export',
    ` ?(?:please |now |kindly )?(?:${exp.base}|exportation|copy|zip)(?: (?:it|them|please|now)){0,6}${end}`,
    true,
  ),
];

function first(name: string, action: CommandAction, after: string, bare = false): ObjectFirstForm {
  return { name, action, after: anchored(after), bare };
}
