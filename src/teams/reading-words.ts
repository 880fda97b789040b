import type { AssetMention } from '../domain/asset-mentions.ts';
import { listedNames } from '../domain/joined-names.ts';
import { kindWords } from '../sources/registry.ts';
import type { IntentName, Offer, Slots } from '../understanding/intents.ts';
import { everyWords } from './cards/recurrence-words.ts';
import { dayOf, selectionWords } from './limit-words.ts';
import { limitsOf } from './slot-limits.ts';

/** A reading as complete plain text for a button; null for readings that need no question. */
export function readingWords({ intent, slots }: Pick<Offer, 'intent' | 'slots'>, text: string): string | null {
  const words = wordsOf(intent, slots, text);
  if (words === null || slots.then === undefined) return words;
  const next = wordsOf(slots.then.intent, slots.then.slots, text);
  return next === null ? null : `${words}, and then ${next.charAt(0).toLowerCase()}${next.slice(1)}`;
}

function wordsOf(intent: IntentName, slots: Slots, text: string): string | null {
  const whose = slots.subject === undefined || slots.subject === 'me' ? null : quote(slots.subject);
  const request = slots.request === undefined ? null : `request ${slots.request}`;
  switch (intent) {
    case 'export.workspace':
      return `Export ${dataWords(slots)}${workspace(slots)}`;
    case 'delete.workspace':
      return `Delete all of ${workspace(slots)}`;
    case 'export.assets':
      return assets('Export', slots);
    case 'delete.assets':
      return assets('Delete', slots);
    case 'dsr.export':
      return whose === null ? 'Export my personal data' : `Export the personal data of ${whose}`;
    case 'dsr.erase':
      return whose === null ? 'Erase my personal data' : `Erase the personal data of ${whose}`;
    case 'dsr.discover':
      return `Find out what data there is about ${whose ?? 'me'}`;
    case 'dsr.extend':
      return `Extend the due date of ${request ?? 'a request'}`;
    case 'directory.export':
      return whose === null ? 'Export my directory data' : `Export the directory data of ${whose}`;
    case 'list.assets':
      return `List ${selectionWords(limitsOf(slots)).replace(/^all /u, '')}${place(slots)}`;
    case 'asset.show':
      return slots.assets === undefined
        ? null
        : `Show the details of ${listedNames(slots.assets, mention)}${place(slots)}`;
    case 'list.workspaces':
      return 'List workspaces';
    case 'account.info':
      return `Show my account and rights${place(slots)}`;
    case 'request.status':
      return `Show the status of ${request ?? 'my request'}`;
    case 'request.list':
      return listWords(slots.scope ?? 'mine');
    case 'request.cancel':
      if (slots.all === true) return 'Cancel all my requests';
      return `Cancel ${request ?? 'my request'}`;
    case 'request.retry':
      return `Retry what failed in ${request ?? 'my latest request'}`;
    case 'record.show':
      return `Show who did and decided what in ${request ?? 'a request'}`;
    case 'link.renew':
      return `Get a new download link for ${request ?? 'my export'}`;
    case 'link.revoke':
      return `Make the download link of ${request ?? 'my export'} stop working`;
    case 'schedule.create':
      return scheduleWords(slots);
    case 'schedule.list':
      return 'Show which exports are scheduled';
    case 'schedule.stop':
      return `Stop the recurring export${isPlaced(slots) ? ` of ${workspace(slots)}` : ''}`;
    case 'hold.place':
      return `Place a legal hold${holdPlace(slots)}`;
    case 'hold.lift':
      return slots.request === undefined
        ? `Lift the legal hold${holdPlace(slots)}`
        : `Lift legal hold ${slots.request}`;
    case 'hold.list':
      return `Show the legal holds${holdPlace(slots)}`;
    case 'address.link':
      return 'Show or change which account an address belongs to';
    case 'address.prove':
      return 'Prove that an address is mine';
    case 'deputy.name': {
      const when = slots.when === undefined ? '' : ` ${slots.when}`;
      return `Make ${whose ?? 'somebody'} the deputy of ${slots.owner === undefined ? 'me' : quote(slots.owner)}${when}`;
    }
    case 'deputy.end':
      return `End ${slots.owner === undefined ? 'my deputyship' : `the deputyship for ${quote(slots.owner)}`}`;
    case 'deputy.list':
      return `Show who decides for ${slots.owner === undefined ? 'me' : quote(slots.owner)}`;
    case 'admin.health':
      return 'Show whether the service is healthy';
    case 'ask':
      return text === '' ? null : `Answer the question ${quote(text)}`;
    case 'help':
      return 'Show what you can do';
    case 'unsupported':
    case 'greet':
    case 'confirm':
    case 'decline':
    case 'none':
      return null;
  }
}

/** What a hold is on, as far as it was said. */
function holdPlace(slots: Slots): string {
  if (slots.assets !== undefined) return ` on ${listedNames(slots.assets, mention)}${place(slots)}`;
  if (slots.subject !== undefined) return ` on ${slots.subject === 'me' ? 'my data' : quote(slots.subject)}`;
  return isPlaced(slots) ? ` on ${workspace(slots)}` : '';
}

function scheduleWords(slots: Slots): string | null {
  const { recurrence, from, until, ...what } = slots;
  const narrows = what.except !== undefined || Object.keys(limitsOf(what)).length > 0;
  const exported = assets('Export', what) ?? (narrows ? null : `Export ${dataWords(what)}${workspace(what)}`);
  if (exported === null) return null;
  const start = from === undefined ? '' : `, from ${dayOf(from)} on`;
  const end = until === undefined ? '' : `, until ${dayOf(until)}`;
  return `${exported} ${recurrence === undefined ? 'regularly' : everyWords(recurrence)}${start}${end}`;
}

function listWords(scope: NonNullable<Slots['scope']>): string {
  switch (scope) {
    case 'mine':
      return 'Show my requests';
    case 'approvals':
      return 'Show what waits for my approval';
    case 'team':
      return 'Show the requests of my team';
    case 'due':
      return 'Show which requests are due';
  }
}

function dataWords({ data }: Slots): string {
  if (data === 'customer') return 'the customer data of ';
  return data === 'personal' ? 'the personal data of ' : '';
}

function assets(verb: string, slots: Slots): string | null {
  const { assets: named, except } = slots;
  if (named !== undefined) return `${verb} ${listedNames(named, mention)}${place(slots)}`;
  if (slots.all !== true && slots.dates === undefined && slots.filter === undefined) return null;
  const less = except === undefined ? '' : `, except ${listedNames(except, mention)}`;
  return `${verb} ${selectionWords(limitsOf(slots))}${place(slots)}${less}`;
}

function place({ workspace: name, workspaces }: Slots): string {
  if (workspaces !== undefined) return ` in ${new Intl.ListFormat('en').format(workspaces.map(quote))}`;
  return name === undefined ? '' : ` in ${quote(name)}`;
}

function workspace({ workspace: name, workspaces }: Slots): string {
  if (workspaces !== undefined) return `workspaces ${new Intl.ListFormat('en').format(workspaces.map(quote))}`;
  return name === undefined ? 'my workspace' : `workspace ${quote(name)}`;
}

function mention({ kind, name }: AssetMention): string {
  return kind === undefined ? quote(name) : `${kindWords[kind].one} ${quote(name)}`;
}

function isPlaced({ workspace: name, workspaces }: Slots): boolean {
  return name !== undefined || workspaces !== undefined;
}

function quote(name: string): string {
  return `“${name}”`;
}
