/** Words in front of a noun, or behind “looking for”, that are no part of a name or have a meaning of their own. */
export const noNames: ReadonlySet<string> = new Set(
  `all any every each other others same whole new newest old older oldest big biggest large largest small smallest tiny recent latest unused
  failed draft drafts mine my your our his her their personal own everything anything something nothing it them this that those these one
  ones much many more dataset datasets data experiment experiments model models module modules transform transforms project projects
  notebook notebooks service services webservice webservices web workspace workspaces asset assets file files csv csvs tsv zip archive
  archives link links export exports backup backups copy copies request requests status job jobs endpoint endpoints member members gateway
  gateways plan plans schedule schedules approval approvals hold holds deputy record records help way how what who when where why to for of
  in on by from with and or not no good bad right wrong first second third last next people person account user users somebody someone me
  you us stuff things thing download receipt problem error errors button settings few several two three four five ten great cool useful
  important expensive stale ancient outdated kind kinds size sizes date dates name names owner owners out about left legacy public private
  important critical interesting available existing current real production sample samples shared deleted exported did does was were made`.split(
    /\s+/u,
  ),
);
