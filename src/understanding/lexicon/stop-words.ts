/** Harmless verbs that a misspelt word may equally well be; a word that may be one of them is not read as a command. */
export const rivals: readonly string[] = words(`
  prove improve approve disprove remote promote demote elate depict deepen erode rinse swipe clone clarify denote revise reread recite regrade
  select detect relate deploy describe rename move resume remake remark raise ease phrase merge urge surge reserve
  resolve review revoke restore report   import    exploit deliver define debate
  defer derive relaunch retrain rerun release repeat  reply resend reset retire return reuse depart deplete
  debug decline delay delegate dilate devote erode evolve elevate evaluate examine exempt expose   
     copy create connect  convince discuss display dismiss discover distribute diagnose
  transfer   transpose trace track train crash brush push pull  pursue parse pause 
      
`);

/**
 * Real English words that are one or two keystrokes from a command word. They are never "corrected" into it.
 * Taken from the SCOWL word lists up to size 60: every word there that `corrected` would otherwise change.
 */
export const stopWords: ReadonlySet<string> = new Set(
  words(`
  abbess abscess accede accedes accent accents accept accepts accessed accesses accost accosts accounted accounts
  accuse accuses aces aches achieve acmes acres across active actress amount anemone appeals appraisals arching
  archival archived archives arrivals assess awaiting backed backer backs backups baiting balled bending bequest
  bequests brained cabbed cable cabled cables cached cackled cadged caged cajoled caked calked calla callas caller
  callers callow calls callus callused calmed calmer calve calved calves camel camped canal cancan canceled canceler
  cancelers canceling canceller cancellers cancelling cancels cancer cancers candled caned caner canes canker cankered
  canned canoe canoed canoes canoodled canted canter cantered caped caplet capped captain captained captaining
  captains carded cared caroled carolled carped carpel carrel carted cartel carved cashed casters castled castor
  catcalled caulked caved caviled cavilled cawed celled certain cervices chained chaining chalked chance chanced
  chancel chancellery chancellor chancels chances channel channeled channelled chilled chiselled clued clusters coaled
  coffined coffining coiled cold combined combining compactly compelled compete competed competency competent
  competently competes complained complaining complected complement completed completer completes completest
  completing completion complex complexes complexity complexly compositely compote compute conceal concealed concealer
  conceded conceited conceived conceiving concerned concerning concerted concretely condemned condemning condoned
  condoning confabbed confabbing confided confiding confined confining congaed congaing congealed conjoin conjoined
  conjoiner conjoining conjoins conman connived conniving consigned consigning conspired conspiring constrain
  constrained constraining constrains contacted contacting contacts contagion contagions container containers
  containment contaminant contemn contemned contemning contemns contended contending contented contenting contested
  contesting continued continuing contorted contorting contoured contouring contracted contracting contrail contrails
  contrasted contrasting contravened contravening contrite contrive contrived contriver contrives contriving contused
  contusing convening cooled corning costarred costarring costumer costumers costumes costumiers cottaging cottoned
  cottoning counselled couplet couplets cradled crawled cudgelled culled curled curtailed curtailing curtain curtained
  curtaining curtains custody customary customise customises customize customizes customs cutlers cutters cycled
  datebooks debating debiting debuting deception deeding deeming defeated defeating defected defecting defection
  deflated deflates deflating deflation deflected deflecting deflection dejected dejecting dejection delaying
  delegating delegation deletions deluded deludes deluding deluged deluges deluging delusion delving demented demoting
  demotion denoting denting depleting depletion deporting deputed deputes deputing deserted deserting desertion
  despise destroys detecting detection detentes detention detested detesting devoting devotion dieted dieting dilating
  dilation diluting dilution dipole discards disclose discord disease dispense disperse disposal disposed disposer
  disposers disposes dispute downgrade downgraded downgrades downgrading downloads downplayed downplaying drained
  earthing easing eating effeminate effort efforts elapsed elapsing elating elicited eliciting eliminates elimination
  eliminations eliminator eliminators elucidate elucidated elucidating emanated emanating embrasure emission emissions
  emoting empire empires encased encasing encore encoring ending endive endorsing endure enforcing engine engorging
  enquire enraged enraging ensure enter entered enters entice enticed entices entirely entirety entitle entity entrant
  entry entwine epoxying eras eraser erasers erases erasures eroding erred erring escort escorted escorting escorts
  espied espousing evaded evading evaporating excepting excerpting excised excited exciting excoriating excrement
  excreting execrating executing exerted exerting exerts exhort exhorted exhorting exhorts exiled existing exited
  expanding expat expats expect expected expecting expects expedient expedients expediting expelling expending
  experience experiences experimental experimented experimenter experimenters experimenting expert expertise experts
  expiated expiating expire expires expiring expiry exploiting explored explores exploring exporter exporters exposing
  expounding expunging expurgating extant extinct extolling extort extorted extorting extortion extorts extra
  extracted extractor extracts extras exulting fending footmen forgather forgetting forgiven forgoer forgoes forgone
  formatted galled grained hanks heap hell hellos helm helps hemp immediacy immediate immoderately impermanently
  incompletely laminate laminated laminating lank lending lest lick lift lilt links lino lint lisp lists lost lust
  manning marking marring medals meddle meddles mending merging middle middles mining miring moaning mobbing mobile
  mobiles mocking modal modals modeled modeler modelers modem modems modern moderns modes modest modular modulate
  modulates modulus mogul moguls moiling moils molders molding molls molting moneys mooing mooning mooring mooting
  mopeds mopers moping mopping moraine morale morals morel morels mornings morphing morsels moseys moshing motel
  motels motets motile motiles mottle mottles mould moulds moult moults mounding mounting mourning mouses mousing
  moving mowers mowing muddle muddles mules naked needs needy nerd netbook netbooks nodule nodules nonstaining
  notability obtained obtaining padding paged paging palled panelled panning panting parcelled paring parking parring
  parsing parting passable peaking pealing pecking peddling peeing peeking peeling peeping peering peeving pegged
  pegging pelting pendant pendent penning pepping percussion perdition perfusion perked perking permanence permanency
  permanent permanents permeability permeation permed perming permissible permissibly permissive persona personable
  personae personage personally personals personalty personas personnel persons persuasion persuasions pertinently
  perversion perversions petting pigged pigging pinged pinging pining pinking pinning piracy plea plead pleaded
  pleader pleading pleads pleased pleases pleasure pleat pleated pleats plebe plebs pledge pliability plugged plugging
  plunged plunging pocked podding poleaxe poncing ponged ponging ponying pooched pored poring ported porting
  possibility possibles potability pounding poured pouring preceded preeminently prefect prefects prelacy priced
  pricked priding pried primacy primary prioress private privily probability proceeded proceeds process processed
  procured prodded product products profess profitability programs progressed progresses projected projector
  projectors prominently pronged proofed propped prospect prospects protect protects protest protests provability
  prowess prowled prying pudding puffed puffing puked puking puling pulling pulped pulping pulsed pulsing pumped
  pumping punned punning punted punting pupped pupping pure pureed pureeing purees purer purger purgers purges purled
  purling purred purring pursed pursing pursuing purvey pushing putted putting pwning realest recover reddest redoing
  reeving reexporting reliving remaking remission remissions remixed remixing remolded remolding remould removable
  removals remover removers removes rending repaved repaving reposed reposing reproved reproving requested requester
  resoling resolving resowed resowing retests revival reviving revoking revolving revving rewove rewoven rezoned
  rezoning righto rights roving rumored rumoring sates scats scold scow seats sending series serves serviced servile
  serving servings shanks shew shield shoal shoaled shoals shod shoe shoo shooed shop shored shot shoulder shout
  shouted shouts shoved showed shows showy shroud skates slow smart snafus snow sold soul souls sound spates spats
  spending sporting stabs stacks staffs stages stags stains stairs stakes stales stalks stalls stamps stands star
  stare stares stark stars starts startup startups stasis stated stater states static statics stats statue statues
  stature statures statuses statute statutes staves stays stets stoats stow strained stratum stratus stylus subjected
  subjects sublet subset subtext subvert surging survive survives suspect swaths swats tailed tainted talks tangs tank
  tanks tanned tans tasks teaks telemeter telemeters telemetries telepathy tending thane thanes thanked thaws thinks
  thins thongs thwacks trailed trailer trainee trainees trainer trainers trainmen traipsed trammed tramped transformed
  transformer transformers transforming transitory transom transoms transports trapped trashed trawled tried trunks
  twangs twined undated unforgotten updated updater updates upending upstate uptake urging vending wadding wading waft
  wafting wagging waging wailing waiving waking waling walking walled walling waltzing wand wane waning wank wanking
  wanting wants warding warming warning warping warring wart washing wast wasting watt wattling waving waxing waxwing
  weather ween welting wending wetter wetting whale wham whats wheat whee wheeler whens wheres whet whetted whew whey
  whiling whining whit whiter whither whiting whitings wholes whore wiling wilting wining wiping wiring wising wither
  withing witting wiving wold wont workfare workforce workmate workmates workplace workplaces worksite worksites
  woulds wound wren writhing writing writings yodels
`),
);

function words(list: string): string[] {
  return list.trim().split(/\s+/);
}
