/** Words that are corrected when misspelt: commands, kinds and other words about Studio. */
export const correctable: readonly string[] = words(`
  delete deleting deleted deletes deletion remove removing removed removal erase erasing erased erasure purge purging purged
  destroy discard dispose eliminate eliminating eliminated
  export exporting exported exports backup download downloading downloaded archive extract
  workspace workspaces dataset datasets experiment experiments module modules model models transform transforms
  webservice webservices project projects notebook notebooks service services
  personal customer customers data everything request requests status cancel cancelled approval approvals pending
  expired containing link permission permissions account please could would should want need my what which where when show list
  hello thanks thank help yes update progress copy start portability access subject forgotten privacy telemetry
  named called trained custom complete completely entire whole contain contains contained morning proceed possible
  waiting whether anymore permanently immediately right
`);

/** Everyday words that are never corrected, besides those of the grammar itself. */
export const known: ReadonlySet<string> = new Set([
  ...correctable,
  ...words(`
  a about above after again against all almost along already also always am an and another any anybody anyone anything are around
  as ask asked asking at away back be because been before begin being below best better between big both bring but by call came
  can case change check choose clean clear clearly click close come could date day days dear did different do does done down
  drop due each early either else end enough even evening ever every everybody everyone exact except fetch few file files fill
  find fine first fix folder follow for form found free fresh from full further game gave get give given go goes gone good got
  grab great group guest had half hand happen happens happy hard has have having he hear held her here hey hi high him his hold
  how if in inside instead into is it its just keep kept kill kind know last late later leave left legal less let like line live
  log long longer look looks lot made mail make makes many may maybe me mean meaning means meant mention might mind mine minute
  mistake more most move much must name names near never new next nice no nobody none nor not note nothing now number of off
  offline often old on once one only open or order other others our out over own owner page pack part past people per person
  photo place plain play point portal possibly prefer print probably put question quick quickly quite ran read ready real
  really reason report rest restore rid room rule rules run safe said same save say says scrap see send sent set several shall
  share she ship short shown shut side sign since size small so some someone something soon sorry stay step steps still stop
  store stored such sure system table take taken talk team tell test text than that the their them then there these they thing
  things think this those though three time to today together told tomorrow tonight too took total trash trial try two type
  under undo until up upon us use used user users using valid very view wait want was way we week well went were while who whom
  whose why will wipe wiped with without word work works world write wrong wrote year years yesterday yet you your yours zip
  nuke bin export's dump erm umm haha lol yep yup nope nah sure cheers guys bot steward studio azure machine learning classic entra
  `),
]);

function words(list: string): string[] {
  return list.trim().split(/\s+/);
}
