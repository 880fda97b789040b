import { wrapped } from '../wrapped-pattern.ts';

/** One meaning as the alternatives of a regular expression over canonical words. */
interface VerbForms {
  /** "delete" */
  readonly base: string;
  /** "deleting" */
  readonly doing: string;
  /** "deleted" */
  readonly done: string;
  /** "deletion" */
  readonly noun: string;
}

const deleteVerbs = `
  delete deleting deleted; remove removing removed; erase erasing erased; purge purging purged; wipe out,wiping out,wiped out;
  wipe wiping wiped; trash trashing trashed; bin binning binned; nuke nuking nuked; destroy destroying destroyed;
  discard discarding discarded; scrap scrapping scrapped; eliminate eliminating eliminated; obliterate obliterating obliterated;
  drop dropping dropped; get rid of,getting rid of,got rid of; get rid off,getting rid off,got rid off;
  dispose of,disposing of,disposed of; do away with,doing away with,done away with; throw away,throwing away,thrown away;
  throw out,throwing out,thrown out; toss out,tossing out,tossed out; toss tossing tossed; take down,taking down,taken down;
  tear down,tearing down,torn down; clean out,cleaning out,cleaned out; 
  clear out,clearing out,cleared out; clear away,clearing away,cleared away; clear clearing cleared; shred shredding shredded;
  expunge expunging expunged; junk junking junked; ditch ditching ditched; zap zapping zapped; axe axing axed;
  chuck out,chucking out,chucked out; chuck chucking chucked; kill off,killing off,killed off; kill killing killed;
  undeploy undeploying undeployed; decommission decommissioning decommissioned; make disappear,making disappear,made disappear;
  suppress suppressing suppressed; take out,taking out,taken out; take off,taking off,taken off; cancel out,cancelling out,cancelled out;
  annihilate annihilating annihilated; vaporize vaporizing vaporized; rub out,rubbing out,rubbed out; delete off,deleting off,deleted off;
  let go of,letting go of,let go of; weed out,weeding out,weeded out; sweep away,sweeping away,swept away;
  drop off,dropping off,dropped off; unpublish unpublishing unpublished`;

const exportVerbs = `
  export exporting exported; download downloading downloaded; back up,backing up,backed up; backup backuping backuped;
  zip up,zipping up,zipped up; zip zipping zipped; pack up,packing up,packed up; pack packing packed; package up,packaging up,packaged up;
  package packaging packaged; bundle up,bundling up,bundled up; bundle bundling bundled; extract extracting extracted;
  archive archiving archived; copy copying copied; fetch fetching fetched; retrieve retrieving retrieved; grab grabbing grabbed;
  pull out,pulling out,pulled out; pull down,pulling down,pulled down; pull pulling pulled; collect collecting collected;
  save off,saving off,saved off; save saving saved; dump out,dumping out,dumped out; gather gathering gathered;
  wrap up,wrapping up,wrapped up; assemble assembling assembled; put together,putting together,put together; pull together,pulling together,pulled together; gather up,gathering up,gathered up;
  send over,sending over,sent over; hand over,handing over,handed over; ship over,shipping over,shipped over;
  get out,getting out,gotten out; take out a copy of,taking out a copy of,taken out; unload unloading unloaded;
  duplicate duplicating duplicated; secure securing secured; obtain obtaining obtained; compile compiling compiled;
  deliver delivering delivered; extract out,extracting out,extracted out; compress compressing compressed`;

export const deletion: VerbForms = {
  ...forms(deleteVerbs),
  noun: 'deletion|removal|erasure|disposal|elimination|purge|deleting|removing|erasing|wipe|cleanup|destruction|delete|takedown|decommissioning',
};

export const exportation: VerbForms = {
  ...forms(exportVerbs),
  noun: wrapped`
    export|exportation|backup|back up|copy|copies|archive|download|extract|extraction|dump|snapshot|zip|
    zip file|zip archive|takeout|data export|exporting|data dump|bundle|export run|export job|export package|
    data copy
  `,
};

/** "send me", "hand over to us": an export when the object is an asset, a workspace or somebody's data. */
export const giving = wrapped`
  (?:
    give|hand|send|get|bring|ship|pass|fetch|provide|deliver|forward|email|supply|grab|hand over|
    let(?= (?:me|us) have)|make|download|pull|furnish|transmit|return
  )(?: over)?(?: to| for)? (?:me|us)(?: have| get| with)?
`;

/** Particles that follow the object: "take it down", "throw X away", "zip X up". */
export const splitDeletion: Readonly<Record<string, string>> = {
  take: 'down|away|offline|out|off',
  throw: 'away|out',
  toss: 'away|out',
  clean: 'out',
  clear: 'out|away',
  wipe: 'out|away|off',
  chuck: 'out|away',
  tear: 'down',
  put: 'in the bin|in the trash|in the garbage|into the bin|into the trash|out of its misery',
  make: 'disappear|vanish|go away',
  get: 'deleted|removed|erased|wiped|purged|out of here|gone|off my workspace',
  have: 'deleted|removed|erased|wiped|purged|gone|destroyed|taken down',
  let: 'go|disappear',
  see: 'deleted|removed|gone|erased',
  kill: 'off',
  move: 'to the trash|to trash|to the bin|to the recycle bin',
  send: 'to the trash|to trash|to the bin',
};

/** The same for exports. */
export const splitExport: Readonly<Record<string, string>> = {
  back: 'up',
  zip: 'up',
  pack: 'up',
  package: 'up',
  bundle: 'up',
  wrap: 'up',
  get: 'exported|downloaded|backed up|copied|zipped|archived|out|packed',
  have: 'exported|downloaded|backed up|copied|zipped|archived|packed',
  take: 'with me|with us|home|along',
  make: 'available for download|downloadable|ready for download',
  see: 'exported',
  send: 'to me|to us|over to me|my way',
  hand: 'over|over to me|to me|to us',
  give: 'to me|to us',
  ship: 'to me|to us|over',
  bring: 'to me|to us',
  forward: 'to me|to us',
  email: 'to me|to us',
  dump: 'into an archive|into a zip|into a file|to a zip|to a file|to an archive|to disk|as a zip|as a file',
};

function forms(list: string): Omit<VerbForms, 'noun'> {
  const rows = list.split(';').map((row) =>
    row
      .trim()
      .split(row.includes(',') ? ',' : /\s+/)
      .map((word) => word.trim()),
  );
  const column = (index: number) =>
    [...new Set(rows.map((row) => row[index] ?? ''))]
      .filter((word) => word !== '')
      .sort(longerFirst)
      .join('|');
  return { base: column(0), doing: column(1), done: column(2) };
}

function longerFirst(a: string, b: string): number {
  return b.length - a.length;
}
