/**
 * Phrases and misspellings that hint at a deletion: weaker evidence than a word for it, stronger than an unknown verb.
 */
export const deletionHints: ReadonlySet<string> = new Set(
  `
  empty emptied out gone away down off go goes vanish vanishes vanished disappear disappears disappeared goodbye bye
  lose losing kill strike struck torn tear nuke zap dispose sunset boot evict flush sweep purge chuck toss annihilate abolish abolished
  dissolve dissolved demolish suppress suppression jettison excise pulp bury void shredder oblivion forget forgotten
  forgoten forgett existence deaccession unregister shut dismantle dismantled decommissioned decomission decomision
  dleete deleet delele ersae eraze earse errase erasrue ereasure remvoe reomve remoev remve rmv pruge retier elimnate
  eliminat rtbf weg raus borrar löschen entfernen supprimer eliminare`
    .trim()
    .split(/\s+/),
);

/** "Signed off", "found out": after such a word the particle belongs to another verb. */
export const beforeParticles: ReadonlySet<string> = new Set(
  'sign signed signs find found figure figured laid lay kick kicked call called point pointed'.split(' '),
);
