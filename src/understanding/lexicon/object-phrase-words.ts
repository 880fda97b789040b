// Closed classes of words around the noun that says what is selected, for `object-words.ts`.

/** Words that may stand between a verb and its noun without limiting it. */
export const determiners = words(
  `the a an my our your his her their its all every each any of these those this that both entire whole complete single
  evry evrey eech ech al teh thse lying sitting stored kept located living such some no existing damn bloody remaining rest total full actual own other s 's lot bunch`,
);

/** Words that belong to the name of a kind: "trained models", "Studio datasets". */
export const kindModifiers = words(
  'trained custom saved azure ml aml studio classic jupyter data registered machine learning asset assets',
);

/** Words that end the phrase to the left: what stands before an object in a sentence. */
export const beforeObject = words(
  `i you we they he she it me us them one want wants need needs like love wish would could should can may might must
  shall will to be have has had get gets getting got go going gone do does did let make see with from in on at by for
  of off out away up down and or but then so also just please pls plz kindly now today immediately finally simply
  really actually still only not if as than into over about regarding concerning re using use see hereby is are was
  were been there here hi hey hello ok okay yes thanks sorry well too well-known i'd i'll we'd we'll i've we've lose
  losing no longer every time say says mean meant ask asking asked request requesting requested hand over pack ship
  put take taking provide bring help start run process handle proceed perform do execute ready prepare set
  steward bot dear team good morning und et y e la le les los las der die das den alle alles tous toutes todos todas
  tutti tutte alle meine mes mis miei mijn moje bitte svp por favor usuń elimina supprime lösche löschen verwijder
  os as o i il lo un una une ein eine einen het een gli sämtliche sämtlichen wszystkie wszystkich allen aller unsere unseren diese
  diesen nos notre ces nuestros nuestras estos estas meus minhas nossos nossas esses essas nostri nostre questi queste onze deze nasze te`,
);

/** Words that end the phrase to the right: a predicate, a courtesy, a time, a reason. */
export const afterObject = words(
  `please pls plz now today tonight immediately asap thanks thx ty cheers too also again altogether completely entirely
  permanently forever away off out gone right straight once soon quickly first instead then and or because since as
  so but to are is was were be being been can could should shall must may might will would need needs have has go goes
  get gets i'd i'm i've it they we you he she me us them there here yes no thank kindly ok okay mate sir by till until
  every all it's that's they're itself themselves myself yourself well anyway though however before after while
  bitte löschen weg svp merci por favor gracias per favore alstublieft proszę danke`,
);

/** Prepositions of a place. */
export const places = words(
  `in from within inside of on at under im in aus von vom dans en de du del di da dal nel do dos no na van uit z ze w`,
);

/** Directly behind "all" they begin a limit instead of a noun: "delete all with tmp in the name". */
export const linking = words(
  `with without mit avec con com met z having whose where that which who dont cuyo cuya che qui que die der das waar os as i gli il
  les los las le la de den des`,
);

/** Words that begin a limit for which there is no slot, also beside one that is understood. */
export const limiting = words(
  'about regarding concerning behind between under similar like tagged labelled labeled marked half over above below',
);

/** Words that no name of an asset begins with, when it is not quoted and has more words. */
export const neverFirst = words('smaller bigger larger newer older owned used made created nobody someone');

/** Directly behind a noun they begin a clause about it: "the datasets we got from Contoso". */
export const pronouns = words('i we you he she they');
export const relatives = words('that which who whose whom where nobody someone');

/** Before a noun, in eight languages: what follows says of which kind all are meant. */
export const quantifiers = words(
  'all every each alle sämtliche tous toutes todos todas tutti tutte wszystkie wszystkich',
);

/** Words that select everything, where no kind is said. */
export const wholes = words(
  `everything anything whatever stuff contents content things assets items objects data lot alles alle inhalt tout toute intégralité contenu
  todo tudo tutto contenuto wszystko zawartość inhoud`,
);

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/u));
}
