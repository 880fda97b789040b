const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/u));

/** Words that stand for a legal hold. */
export const holdNouns = words(
  'hold holds freeze preservation preservations blockade sperre blokada blokadę blokady retención gel blocco',
);

/** Words in front of the number of a matter, and those that may stand between. */
export const referenceCues = words(
  `matter case reference ref refs docket ticket claim incident proceeding lawsuit litigation aktenzeichen az akte sprawa sprawy
  sygnatura expediente dossier affaire pratica riferimento referencia referência processo zaak kenmerk`,
);
export const numberWords = words('number numbers no nr num id is : # . - –');

/** Words behind which the reason stands, to the end of the sentence. */
export const reasonCues = words('because since reason reasons weil wegen porque perché omdat wegens ponieważ');

/** Words that say until when. */
export const endWords = words('until till til untill through thru bis hasta jusqu’au até fino tot');

/** Words that say from when. */
export const startWords = words('starting beginning effective commencing');

/** Units behind a number that make it a time. */
export const timeUnits = words('day days week weeks month months year years');

/** Words that end a name, where they stand outside quotation marks. */
export const nameEnds = words(
  `for as from under on in of at so that is are was were be must to not should shall can could may has have please pls plz thanks thank
  maybe still yet now today currently and or because since due until till til starting effective with without by whose it its we they he she
  reason matter case reference ref docket ticket claim incident litigation aktenzeichen az sprawa expediente dossier put place lift hold held kept safe
  blocked frozen preserved out off away before needn't isn't
  bitte por para die das der`,
);

/** Words before a kind that belong to no name: “the churn.csv dataset”. */
export const beforeNames = words(
  `a an the this that these those my our your their all every any which what some another
  on of over upon for from in at to with under and or is are was
  put place set add lift release remove end freeze preserve keep hold held legal litigation please unhold free secure block deleting deletion about not only`,
);

/** Words behind which somebody or something is named that has no word for its kind: “a hold on Jane Doe”. */
export const namePrepositions = words('on of over upon for from against at around regarding concerning about');

/** Words that are no name behind such a word. */
export const noThings = words(
  `me my mine it its this that these those him her his their them us our ours you your yours everything anything something nothing all any what which whom who
  second minute moment hold holds legal litigation today tomorrow now please monday tuesday wednesday thursday friday saturday sunday
  january february march april may june july august september october november december`,
);

/** Words in front of a name that is asked about, and those behind it: “is Jane Doe under a hold?” */
export const askedBefore = words('is are if whether has does czy');
export const askedBehind = words('is under on held frozen blocked covered subject already still currently now jest');

const kindOf = '[legal|litigation]';
const holds = 'hold|holds';

/** `T` is what is held, with all that is said of it, `M` what is said beside it, `N` the number of a hold. */
export const placePhrases: readonly string[] = [
  `put|place|set|add|impose|lay|create|start [a|an|the|another|new]* legal|litigation ${holds} on|over|upon|for|to T`,
  'put|place|set|add|impose|lay [a|the|another] hold on|over|upon T',
  `put|place|set T under [a|the] ${kindOf} hold`,
  `put|place|set T under [a|the] ${kindOf} hold M`,
  'put|place|set T on|in [a|the] legal|litigation hold',
  'put|place|set T on|in [a|the] legal|litigation hold M',
  'hold|freeze|preserve everything of|from|by T',
];

export const liftPhrases: readonly string[] = [
  `lift|release|remove|end|undo|drop|close [the|that|my|our|this]* ${kindOf} hold [number|no|nr|#|order]* N`,
  `lift|release|remove|end|undo|drop|close [the|that|my|our|this]* ${kindOf} hold [number|no|nr|#|order]* N M`,
  `lift|remove|end|undo|drop [the|that|my|our|this|any|all]* legal|litigation ${holds} on|from|over|of|for T`,
  `lift [the|that|my|our|this|any|all]* ${holds} on|from|over|of|for T`,
  'lift|release hold on|from T',
];

/** Questions, of which every word is explained; `S` is a name and nothing else. */
export const listPhrases: readonly string[] = [
  '[the|all|our|active|open|current]* legal|litigation holds [list|overview]',
  `list|show|display|see|give [me|us]* [the|all|our|my|active|open|current|of|every]* ${kindOf} holds`,
  `what|who [all|else]* is|'s|are [currently|now|still]* on|under [a|any]* ${kindOf} hold`,
  'what|who is held',
  `which|what ${kindOf} holds are|do|is|exist|stand [we|there|have|now|currently|active|in|force|place]*`,
  `[are|is] there [any|a|some|still]* ${kindOf} ${holds}`,
  `is|are S [still|currently|already|now]* under [a|an|any|some]* ${kindOf} hold`,
  'is|are S [still|currently|already|now]* on [a|an|any|some]* legal|litigation hold',
  `is|are there [still|currently|already|now]* [a|an|any|some]* ${kindOf} ${holds} on|for|over|of|against S`,
  `any ${kindOf} ${holds} on|for|over|of|against S`,
  `list|show|display|see|give|which|what [me|us]* [the|all|our|my|active|open|current|of|any]* ${kindOf} ${holds} [are|is|stand]* [there] on|for|over|of|against S`,
  `does|do [a|any]* ${kindOf} ${holds} stand|lie|apply on|for|to S`,
];
