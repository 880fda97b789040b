/** Words of questions about the record, as parts of patterns; each is tried on the lower-case text. */

/** A request was approved or rejected: "signed off", "gave the green light". */
export const deciding = [
  "approv\\w{0,12}|ok(?:'?e?d|ay\\w{0,12})?\\b|oks\\b|decid\\w{0,12}|authori[sz]\\w{0,12}|permit\\w{0,12}|allow\\w{0,12}|agree\\w{0,12}|accept\\w{0,12}|veto\\w{0,12}|bless\\w{0,12}",
  'sign\\w{0,12} (?:\\w+ ){0,3}off|sign\\w{0,12}-?offs?|signed\\b|green.?li(?:ght|t)\\w{0,12}|go.?ahead|thumbs up|the nod|nodded|waved|rubber.?stamp\\w{0,12}',
  'sa(?:id|y) (?:yes|no)|votes?\\b|voted|reviewed|ruled|cleared|let (?:\\w+ ){1,3}through|pass(?:ed)? (?:it|that|this)',
].join('|');

/** A request was refused, rejected or ended otherwise. */
export const refusing = [
  'refus\\w{0,12}|reject\\w{0,12}|den(?:y|ied|ies|ial)\\w{0,12}|declin\\w{0,12}|veto\\w{0,12}|disallow\\w{0,12}|disapprov\\w{0,12}|dismiss\\w{0,12}|block\\w{0,12}|bounc\\w{0,12}|nixed|binned',
  '(?:turn|knock|shoot|shot|struck|strike|send|sent|push|throw|threw|thrown|vot)\\w{0,12} (?:\\w+ ){0,2}(?:down|back|out)|said no|say no|a no\\b|no.?go',
  "expir\\w{0,12}|cancel\\w{0,12}|withdr\\w{0,12}|fail\\w{0,12}|n[o']t (?:approved|allowed|accepted|go through|happen|permitted|get through|granted)|fell through|stopped|fell over",
].join('|');

/** Something was done with data. */
export const acting = [
  'delet\\w{0,12}|wip(?:e|ed|ing)|remov\\w{0,12}|eras\\w{0,12}|purg\\w{0,12}|export\\w{0,12}',
  'download\\w{0,12}|pull(?:ed)?|backed up|nuk\\w{0,12}|kill\\w{0,12}|drop(?:ped)?',
  'bin(?:ned)?|got rid|trash\\w{0,12}|scrap\\w{0,12}|clear(?:ed)? out|copied|destroy\\w{0,12}',
  'did (?:it|that|this)|doing|zapp\\w{0,12}|cleaned|touched|took|taken|request\\w{0,12}',
  'ask(?:ed)?|started|initiat\\w{0,12}|axed|tossed|ran|run',
].join('|');

/** Who somebody is, is asked. */
export const whoWords =
  "\\bwho(?:'?s|se|m|ever)?\\b|which (?:approver|person|colleague|one of|of (?:them|us)|admin|reviewer|manager)|what person|name of|names of|by name";

/** Why something is, is asked. */
export const whyWords =
  "\\bwhy(?:'?d)?\\b|how come|reason|grounds|explanation|explain|what(?:'?s| was| is)? (?:the )?(?:wrong|problem|issue|matter)|what for|justif\\w{0,12}|rationale|because of what|what made";

/** The record itself. */
export const recordNouns =
  'record|log|logs|logged|audit|trail|history|paper ?trail|timeline|chain|journal|ledger|events?|entries|decisions|protocol|who did what';

/** A file is wanted. */
export const fileWords =
  '\\bcsv\\b|\\bjson\\b|\\bexcel\\b|\\bxlsx?\\b|spreadsheet|\\bfile\\b|\\bdownload\\b|\\battachment\\b|\\bpdf\\b|\\bdump\\b|machine.?readable';

/** Several decisions are asked for at once. */
export const decisionNouns = 'decisions?|approvals|rejections|verdicts|refusals|sign-?offs|votes|rulings';

/** Words that are no names of people, beside the verbs. */
export const noPeople: ReadonlySet<string> = new Set(
  [
    'a an the this that these those it its they them he she we us you your our my mine his her their i me',
    'who whom whose what which why how when where everything anything something nothing everyone everybody someone somebody',
    'anyone anybody nobody all any each every both one some many much few lot',
    'did do does done has have had is was are were be been being will would could can should shall may might must get got',
    'please pls and or but so then just still even ever only also now not no yes ok okay',
    'in on at of for from by to with about as since until during between before after over last this next past',
    'request requests deletion deletions export exports delete deletes record records log trail audit history dataset',
    'datasets workspace experiment model steward bot approver approvers requester people person team colleague colleagues',
    'things stuff actually really finally already maybe today yesterday week month year show list give tell need want',
    'went come comes hey hi hello thanks was my',
  ].flatMap((words) => words.split(' ')),
);
