import { phraseSet } from '../phrases.ts';
import { deletion, exportation } from './verbs.ts';

/** Words that may precede a name or a kind and belong to neither. */
export const determiners = phraseSet(`
  the|my|our|your|this|that|these|those|a|an|all|all of|of|both|both of|every|each|some|whole|entire|full|
  complete|total|please|
  just|only|also|both the|of the|of my|the whole|the entire|following|two|three|four|five|six|2|3|4|5|6|
  existing|own|said|mine|little|damn|damned|bloody|stupid|silly|freaking|f***ing|certain|here|
  old old|unused|obsolete|useless|outdated|superfluous|redundant|named|called|particular|one|me|us|for me|
  for us|to me|to us|definition of|the definition of|the files of|the contents of|the content of|a zip of|
  a copy of|copies of|copy of|the data of|
  results of|the results of|both my|all my|all the|all our|studio's|in full|azure|old|ml|studio|entire old|whole old
`);

/** What may stand between a kind and its name: "the dataset *called* churn". */
export const nameMarks = phraseSet(`
  called|named|titled|labelled|labeled|entitled|tagged|with the name|with name|with the title|with title|
  by the name of|by name|known as|
  whose name is|that is called|that is named|which is called|which is named|of the name|of name|name|
  under the name|: |:|that i called|that i named|i called|i named|with the name of|having the name|going by|
  that goes by|that is titled|it is called|is called|is named
`);

/** Adverbs, polite words, times and places that end a name and are harmless after an object. */
export const adjuncts = phraseSet(`
  please|please please|thanks|thank you|thanks a lot|many thanks|thank you very much|thank you so much|
  thanks in advance|thanking you|thanks so much|much appreciated|appreciated|cheers|kindly|now|right now|
  today|tonight|this morning|this afternoon|this evening|this week|asap|immediately|right away|straight away|
  straightaway|at once|promptly|quickly|quick|fast|soon|
  as soon as possible|as soon as you can|as quickly as possible|when you can|when you get a chance|
  when you have a moment|when you have time|when you have a minute|at your convenience|
  at your earliest convenience|whenever you can|first thing|
  completely|complete|entirely|fully|permanently|permanent|for good|for ever|forever|once and for all|
  somewhere safe|somewhere|irrevocably|irreversibly|totally|altogether|definitively|
  definitely|too|as well|also|again|instead|if possible|if you can|if you could|if you do not mind|
  if you please|if that is ok|if that is possible|if it is possible|if you would|if you will|
  if you would be so kind|will you|would you|could you|can you|
  for me|for us|for my|for our|for the|for a|for an|for review|for auditing|for him|for her|for them|for you|
  for audit|for backup|for safekeeping|for archiving|for compliance|for legal|on my behalf|to me|to us|to my|
  to our|to the trash|with me|with us|
  from my|from our|from this|from the|from here|from there|from studio|from azure|from workspace|from your|
  from system|from existence|off my|off the|in my|in our|in this|in the|in studio|in azure|in workspace|
  in there|in full|in one go|in it|in total|inside|
  within the|within my|out of my|out of the|out of here|into a|into one|into my|into the|on my|on the|
  of my workspace|of the workspace|of workspace|at the|
  as a|as an|like a|like file|like zip|as zip|as csv|as file|as files|as one|as archive|with all|
  with everything|with its|with their|with a|and everything|and all|together with|
  via|using|by today|by tonight|by tomorrow|by monday|by tuesday|by wednesday|by thursday|by friday|by end|
  by the|by eod|by noon|
  before monday|before tuesday|before wednesday|before thursday|before friday|before saturday|before sunday|
  before i|before we|before the|before my|before tomorrow|before noon|before lunch|before it|before they|
  until|till|ok|okay|alright|right|ideally|preferably|urgently|urgent|is that ok|anyway|anymore|any more|
  any longer|already|whenever|bro|mate|man|dude|buddy|sir|folks|guys|bot|steward|only|is what i am after|
  is what i need|is what i want|is what i would like|is what we need|is what we want|is wanted|is needed|
  is required|is my request|would be great|would be nice|would be lovely|would be perfect|would be good|
  would be helpful|would be appreciated|would not hurt|would help|in a zip|in a file|in one zip|in one file|
  in an archive|in a zip file|in one archive|would do|would suffice|
  straight|safely|manually|at last|finally|today please|regardless|no rush|no hurry|right this minute|
  right this second|this minute|this instant|this second|once more|one last time|one more time|in your own time|
  and that is it|that is all|that is it|thats all|no longer needed|no longer required|not needed|not required|
  effective immediately|per policy|per request|as requested|as agreed|as discussed|as planned|as promised|
  per our agreement|per gdpr|under gdpr|according to gdpr|pursuant to
`);

/** Words that cannot continue a plain name: verbs, subjects and connectors of the next clause. */
export const stops = phraseSet(`
  is|are|was|were|am|been|has|have|had|should|must|needs|need to|ought|can|could|would|will|shall|may|might|do|
  does|did|to be|be|being|
  because|since|as it|as they|as we|as i|as he|as she|as there|so|but|which|that|who|whose|whom|if|when|once|
  unless|although|though|while|whereas|after|before|due to|
  given|therefore|hence|thus|then|otherwise|i|we|you|he|she|they|it|there|gone|says|said|what|how|why|where|
  needed|required|older|newer|created|modified|uploaded|except|excluding|apart|other than|
  in december|in january|in autumn|in spring|in summer|in winter|in spite|next week|next month|next year|
  tomorrow|later|someday|some day|one day|yesterday|last week|this is|seems|looks|contains|holds|contain|hold|
  belongs|went|goes|became|expired|failed|
  ${deletion.done}|${exportation.done}|for ever|want|wants|wish|wishes|no longer|not|yet|makes|sounds|per|
  regarding|concerning|rather|actually|never|lol|jk|kidding|wait|stop|hold on|or not|or maybe|or rather|
  like that|without|while|unless|anyhow|asking|silently|whether|lest
`);

/** File endings of data in Studio. A name with one of these needs no kind word to be an asset's. */
export const dataEndings =
  /\.(?:csv|tsv|txt|arff|zip|gz|parquet|json|jsonl|xml|xls|xlsx|rdata|rds|svmlight|libsvm|dat|data|ilearner|ipynb|pkl|h5|tab|avro|orc|feather|npy|npz|nh\.csv|nh\.tsv|tmp|bak|sav|dta)$/i;

/** Endings of files that Studio does not have. */
export const otherEndings =
  /\.(?:docx?|pptx?|pdf|jpe?g|png|gif|bmp|svg|mp[34]|mov|avi|exe|msi|dll|eml|msg|ics|html?|js|ts|py|sql|bat|sh|ps1|com|org|net|io|iso|apk|dmg|log|cfg|ini|psd|vsdx?|one|wav|key|pages)$/i;
