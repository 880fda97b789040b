import { deletionStems, deletionWords } from './other-languages.ts';

/** What a word suggests to be done, by its stem. The one list of such words; whoever adds a synonym adds it here. */
const stems = {
  delete:
    'delet|delte|dlete|delet|remov|remvo|eras|purg|wip|drop|bin|trash|scrap|nuk|destroy|destruct|rid|kill|zap|del|rm|discard|scrub|dump|clear|dispos|toss|ditch|axe',
  export: 'export|download|copy|copies|backup|back|archiv|zip|extract|pull|grab|save|dl|get|give|send|fetch',
  look: 'list|show|see|find|search|which|what|who|how|any|where|is|has|did|was|are|do|does|can',
  hold: 'hold|freeze|lift|extend|prolong|cancel|stop|retry|renew|revok|withdraw|kill|block|disable',
} as const;

export type Act = keyof typeof stems;

const acts = new Map(
  Object.entries({ ...stems, delete: `${stems.delete}|${deletionStems}` }).flatMap(([act, list]) =>
    list.split('|').map((stem) => [stem, act as Act] as const),
  ),
);

/** What may follow a stem of two or three letters, so that "delay" does not begin with "del". */
const endings = new Set(['', 's', 'e', 'es', 'd', 'ed', 'ing', 'ned', 'ning', 'ped', 'ping', 'ted', 'ting']);

/** The act that a word suggests by its stem; null for most words. */
export function actOf(word: string): Act | null {
  for (let length = Math.min(word.length, 7); length >= 2; length -= 1) {
    const act = acts.get(word.slice(0, length));
    if (act !== undefined && (length > 3 || endings.has(word.slice(length)))) return act;
  }
  return null;
}

/** Further words and phrases that speak of deletion, some only of it among other things. */
export const deletionCues: ReadonlySet<string> = new Set(
  `eliminate eliminated obliterate obliterated expunge expunged junk chuck chucked shred shredded retire retired
  decommission undeploy vanish disappear gone goes go unlearn deletion removal erasure disposal destruction
  takedown tear vaporise vaporize annihilate annihilated exterminate terminate empty cleanse strip throw thrown
  wind end exist rubbish garbage unpublish evict efface blot extinguish axed culled cull liquidate incinerate
  sweep flush flushed chop tidy axed defunct hoover torch yeet 🗑 🗑️ 💥 🔥 anymore ${deletionWords}`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Words that speak of an export: beside a deletion they say that two things are wanted. */
export const exportCues: ReadonlySet<string> = new Set(
  'export exports exporting exprot exprt expot download downloading backup extract zip zipped copy exported save saved downloaded'.split(
    ' ',
  ),
);
