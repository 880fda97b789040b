// Words of messages about a list that was shown, for `list-follow-ups.ts`.

/** What refers to several things of the list. */
export const plurals = words('them those these ones they diese die ceux celles esos esas ellos quelli');

/** What refers to the list. */
export const pointers = words(
  'them those these that this one ones it they davon diese die ceux celles esos esas ellos quelli',
);

/** What changes a list. */
export const changing = words(
  'only just about instead mean meant rather same also too again nur seulement solo sólo alleen tylko',
);

/** In front of a workspace in small letters. */
export const beforePlace = words('in for from inside of');

/** At the beginning of a message about a list. */
export const first = words(
  'any sort sorted order ordered make not and n or now with in from und et y e en and, but with older newer over under before since',
);

/** The words of such a message that say nothing more. */
export const fillers = words(
  `only just instead mean meant rather same also too again nur seulement solo sólo alleen tylko them those these that this one ones one's it they
  davon diese die der das den and n or now what how with in from und et y e en but of the a an all any some do does did is are was were be been
  there here have has had we i you which who whose whom made make whats what's that's about for to on by as than then pls please plz thanks ok okay
  oh ah sorry sry no not hm hmm so well me us show list see give look tell many much big large old altogether together total sum count overall
  size space room stuff small tiny say sort sorted order ordered top start started know exist bitte mir welche wie viele groß zusammen ab von im
  among within out leave leaving want let lets let's can could maybe right good great fine leur sont lesquels combien cuáles
  cuántos his hers her their theirs everyone everybody everyones still currently actually either 's`,
);

/** The words of a command on a list that say nothing more: none that could mean only some of it, and no denial. */
export const commanding = words(
  `alright fine get rid would like need i'd you've lot everything both go ahead away remove removed be should must wanna today yes yep yeah grand
  perfect it's them those these that this one ones it the of and n or so well ok okay please pls plz then now for me us i we you can could as a an
  all too also good great right want have had export copy backup thanks to do let let's in from there here about by hm oh ah`,
);

/** What refers to one thing. */
export const singulars = words('it that this one');
/** "Make a complete copy of that one before it goes". */
export const ofWhole = words('complete full whole copy backup before goes disappears gone there');

/** What refers to a whole list. */
export const wholes = words('all lot everything both');

/** Behind a comma these may change what is meant. */
export const otherwise = words(
  "but except not no don't dont never keep only first until when if unless wait before after later maybe or without besides apart leave then",
);

export const questionFirst = words(
  'may should shall do does did is are was what who which why when how would if whether',
);

/** "Not just his, everyone's". */
export const everybody = words('everyone everybody everyones');

/** A sum or a count of what was listed. */
export const sums = words('together altogether total sum many much space zusammen insgesamt count');

export const sorting = words('sort sorted order ordered sorting');
export const tops = words('top first biggest largest which');

/** In front of a person. */
export const beforePerson = words('of by and from only just what about n those von de di not');

/** "With x in the name". */
export const withWords = words('with containing having mit');
export const nameWords = words('name names title titles namen');
export const beforeName = words('in the their its im');

export const dateWords = words(
  `before after since until older newer than between january february march april may june july august september october november december jan
  feb mar apr jun jul aug sep sept oct nov dec year years month months week weeks day days yesterday today ago last from pre on onwards later earlier
  this in and the created uploaded`,
);

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/u));
}
