/** Harmless verbs that a misspelt word may equally well be; in doubt it is not read as a command. */
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
export const bystanders: ReadonlySet<string> = new Set(
  words(`
  abbess abscess accede accedes accent accents accept accepts accessed accesses accost accosts accounted accounts
  accuse accuses aces aches achieve acmes acres across active actress amount anemone appeals appraisals approve
  approved approves arching archival archived archives arrivals arrive assess awaiting backed backer backs backups
  baiting balled bending bequest bequests brained cabbed cable cabled cables cached cackled cadged caged cajoled caked
  calked calla callas caller callers callow calls callus callused calmed calmer calve calved calves camel camped canal
  cancan canceled canceling cancelling cancels cancer cancers candled cane caned caner canes canker cankered canned
  canoe canoed canoes canoodled canted canter cantered caped caplet capped captain captained captains carded cared
  caroled carolled carped carpel carrel carted cartel carved cased cashed casters castled castor catcalled caulked
  caused caved caviled cavilled cawed celled certain cervices chalked chance chanced chancel chancellery chancellor
  chancels chances channel channeled channelled chilled chiselled clusters coffined cold combined compactly compelled
  compete competed competency competently competes complained complected completed completer completes completest
  complex complexes complexly compositely compote compute conceal concealed concealer conceded conceited conceived
  concerned concerted concretely condemned condoned confabbed confided confined congaing congealed conjoin conjoined
  conjoiner conjoins conman connived consigned conspired constrain constrained constrains contact contacted contacts
  contagion contagions container containers containment contemn contemned contemns contended contented contested
  continent continued contorted contoured contracted contrail contrails contrasted contravened contrived contriver
  contused convened convinced cony copay cope cops corning costarred costumer costumers costumiers cosy cottoned
  counselled couplet couplets cozy cradled crawled cudgelled culled curled curtailed curtain curtained curtains
  custody customary customs cutlers cutters cycled dastard datebooks debate debated debates debating debited debiting
  debuted debuting deception deeded deeding deemed deeming defeated defeating defected defecting defection deflate
  deflated deflates deflating deflation deflected deflecting deflection dejected dejecting dejection delayed delaying
  delegate delegated delegates delegating delegation deletions delft deltas delude deluded deludes deluding deluge
  deluged deluges deluging delusion deluxe delve delved delves delving demented demote demoted demotes demoting
  demotion denote denoted denotes denoting dented denting deplete depleted depletes depleting depletion depose depute
  deputed deputes deputing descry deserted deserting desertion despise destiny destroyed destroyer destroys detected
  detecting detection detentes detention detested detesting devote devoted devotes devoting devotion dieted dieting
  dilate dilated dilates dilating dilation dilute diluted dilutes diluting dilution dipole disarm disband disbar
  disbars discarded discards discern disclose discoed discord discords discos disease dispense disperse disport
  disposal disposed disposer disposers disposes disprove dispute disrobe disuse downgraded downgrades downgrading
  downloads downplayed downplaying drained eared ease eased easing eating effeminate effort efforts elapsed elapsing
  elated elating elicited eliciting eliminates elimination eliminations eliminator eliminators elucidate elucidated
  elucidating emanate emanated emanating embrasure emission emissions empire empires encased encasing encore encoring
  ending endive endorsing endure enforcing engine engorging enquire enraged enraging ensure enter entered enters
  entice enticed entices entirely entirety entitle entity entrant entry entwine epoxying eras eraser erases erasures
  eroded eroding erred erring escort escorted escorting escorts espied espousing evaded evading evaporating excepting
  excerpting excised excited exciting excoriating excrement excreting execrating executing exempting exert exerted
  exerting exerts exhort exhorted exhorting exhorts exiled exited expanding expat expats expect expected expecting
  expects expedient expedients expediting expelling experience experiences experimental experimented experimenter
  experimenters experimenting expert experts expiated expiating expire expires expiring expiry exploding exploit
  exploited exploiting exploits explore explored explores exploring expo exporter exporters expos expose exposed
  exposes exposing expounding expunging expurgating extant extinct extolling extort extorted extorting extortion
  extorts extra extracted extractor extracts extras exulting fending footmen forgather forgetting forgiven forgoer
  forgoes forgone formatted galled grained hanks heap hell hellos helm helps hemp immediacy immediate immoderately
  impermanently importing incompletely laminate laminated laminating lank lease lending lest lick lift lilt links lino
  lint lisp lists lost lust manning marking marring medals meddle meddles mending merging middle middles mining miring
  moaning mobbing mobile mobiles mocking modal modals mode modem modems moderns modes modular modulate modulates
  modulus moguls moiling moils molders molding molls molting moneys mooing mooning mooring mooting mopeds mopers
  moping mopping moraine morale morals morel morels mornings morphing morsels moseys moshing motel motels motets
  motile motiles mottle mottles moulds moult moults mounding mounting mourning mouse mouses mousing movers moving
  mowers mowing muddle muddles mule mules naked needs needy nerd netbook netbooks nodule nodules notability obtained
  padding paged paging palled panelled panning panting parcelled pared paring parked parking parred parring parsed
  parsing parted parting passable peace peaking pealing peas pecking peddling peeing peeking peeling peeping peering
  peeving pegged pegging pelting pendant pendent penning pepping percussion perdition perfusion perked perking
  permanence permanency permanent permanents permeability permeation permed perming permissible permissibly permissive
  persona personable personae personage personally personals personalty personas personnel persons persuasion
  persuasions pertinently perversion perversions petting phase phrase pigged pigging pinged pinging pining pinking
  pinning piracy plane plash plate plea plead pleaded pleader pleading pleads pleased pleases pleasure pleat pleated
  pleats plebe plebs pledge pliability plugged plugging plunged plunging pocked podding poleaxe poncing ponged ponging
  ponying pooched pored poring ported porting possibility possibles potability pounding poured pouring preceded
  preeminently prefect prefects prelacy priced pricked priding pried primacy primary prioress private privily privy
  probability probed proceeded proceeds process processed procured prodded product products profess profitability
  programs progressed progresses projected projector projectors prominently pronged proofed propped prospect prospects
  protect protects protest protests provability proved prowess prowled prying pudding puffed puffing puked puking
  puled puling pulled pulling pulped pulping pulsed pulsing pumped pumping punned punning punted punting pupped
  pupping pure puree pureed pureeing purger purges purled purling purred purring purse pursed pursing pursued pursuing
  pushed pushing putted putting pwning rained realest recover reddest redoing redone reeve reeving reexporting relive
  relived reliving remade remake remaking remission remissions remixed remixing remodel remorse remote remoter remotes
  removable removals remover removers removes rending repave repaved repaving repose reposed reposing reprove reproved
  reproving requested requester resole resoled resoling resolve resolved resolving resowed resowing retest retests
  revival revive revived reviving revoke revoked revoking revolve revolved revolving revues revved revving rewove
  rewoven rezone rezoned rezoning righto rights rove roved roving rumored rumoring sates scats scold scow seats
  sending series serine serve serves serviced servile serving servings shanks shew shield shoaled shoals shod shoe
  shoo shooed shop shored shot shoulder shouted shouts shoved shows showy shroud skates slates slats slow smart snafus
  snow sold soul souls sound spates spats spending sporting stacks staffs stages stains stakes stales stalks stalls
  stamps stands star stare stark stars starts startups stasis stated stater states static statics stats statue statues
  stature statures statuses statute statutes staves stets stoats stow strained stratum stratus stylus subjected
  subjects sublet subset subtext subvert surged surging survive survives suspect swaths swats tacks tailed tainted
  talks tangs tank tanks tanned tasks teaks telemeter telemeters telemetries telepathy tending thane thanes thinks
  thongs thwacks traced tracked tracks traded trailed trailer train trainee trainees trainer trainers trainmen trains
  traipsed trammed tramped transfer transferal transferals transfers transfix transfixes transformed transformer
  transformers transforming transfuse transfuses transitory transom transoms transpire transpires transport transports
  transpose transposes trapped trashed trawled tried trunks twangs twined undated unforgotten updated updater updates
  upending upstate uptake urged urging vending wadding wading waft wafting wagging waging wailing waiving waking
  waling walking walled walling waltzing wand wane waning wank wanking wanting wants warding warming warning warping
  warring wart washing wast wasting watt wattling waving waxing waxwing weather ween welting wending wetter wetting
  whale wham whats wheat whee wheeler whens wheres whet whetted whew whey whiling whining whit whiter whither whiting
  whitings wholes whore wiling wilting wining wiping wiring wising wither withing witting wiving wold wont workfare
  workforce workmate workmates workplace workplaces worksite worksites woulds wound wren writhing writing writings
  yodels
`),
);

function words(list: string): string[] {
  return list.trim().split(/\s+/);
}
