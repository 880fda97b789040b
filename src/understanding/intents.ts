import type { AssetMention, AssetPick, ExceptedOwners, SizeRange } from '../domain/asset-mentions.ts';
import type { AssetKind, AssetStatus } from '../domain/assets.ts';
import type { DataSelection } from '../domain/policy.ts';

/** Everything a message can be read as. `none` covers other systems, chit-chat and what is too unclear to act on. */
export const intentNames = [
  'export.workspace',
  'export.assets',
  'delete.assets',
  'delete.workspace',
  'dsr.export',
  'dsr.erase',
  'dsr.discover',
  'dsr.extend',
  'directory.export',
  'list.assets',
  'asset.show',
  'list.workspaces',
  'account.info',
  'request.status',
  'request.list',
  'request.cancel',
  'request.retry',
  'record.show',
  'link.renew',
  'link.revoke',
  'schedule.create',
  'schedule.list',
  'schedule.stop',
  'hold.place',
  'hold.lift',
  'hold.list',
  'address.link',
  'address.prove',
  'deputy.name',
  'deputy.end',
  'deputy.list',
  'admin.health',
  'unsupported',
  'ask',
  'help',
  'greet',
  'confirm',
  'decline',
  'none',
] as const;

export type IntentName = (typeof intentNames)[number];

/** Intents that lose data when they are carried out. */
type DestructiveIntent = 'delete.assets' | 'delete.workspace' | 'dsr.erase';

/** True for the intents of which a wrong reading is never acceptable. */
export function isDestructive(intent: IntentName): intent is DestructiveIntent {
  return intent === 'delete.assets' || intent === 'delete.workspace' || intent === 'dsr.erase';
}

/** True for commands about which account an address belongs to; their words are neither stored nor sent anywhere. */
export function isAboutAddresses({ intent }: Pick<Reading, 'intent'>): boolean {
  return intent.startsWith('address.');
}

/** Intents that a follow-up command in the same sentence can have ("export it first and then delete it"). */
export type CommandIntent = 'export.workspace' | 'export.assets' | DestructiveIntent | 'dsr.export';

/** True for the intents that do something with data. */
export function isCommand(intent: IntentName): intent is CommandIntent {
  return intent.startsWith('export.') || isDestructive(intent) || intent === 'dsr.export';
}

/** What people ask for and Steward does not do. */
export const unsupportedOperations = [
  'rename',
  'restore',
  'copy',
  'move',
  'share',
  'run',
  'edit',
  'create',
  'reschedule',
  'mail',
  'notify',
] as const;

export type UnsupportedOperation = (typeof unsupportedOperations)[number];

/** A range of days, ISO 8601 (`2020-01-31`). `after` is its first day, `before` the first day after it. */
export interface DateRange {
  readonly after?: string;
  readonly before?: string;
}

/**
 * What the message says about its intent. A slot is set only when the person said it, as typed. Those from `all` on
 * extend the labelling scheme of the scored fixtures.
 */
export interface Slots {
  readonly assets?: readonly AssetMention[];
  readonly workspace?: string;
  /** Longer names that begin with `workspace`, when a conjunction such as "&" follows it. */
  readonly workspaceLonger?: readonly string[];
  readonly data?: DataSelection;
  /** `me`, an e-mail address or a display name; with `deputy.*` the deputy. */
  readonly subject?: string;
  readonly kind?: AssetKind;
  readonly filter?: string;
  /** A request's id as typed, or the number of a hold. */
  readonly request?: string;
  readonly scope?: 'mine' | 'approvals' | 'team' | 'due';
  /** Why a due date should move, a hold is placed or lifted, or a deputy is needed. */
  readonly reason?: string;
  /** Every asset (of `kind`, if there is one) is meant, less `except`, within `dates` and `filter`. */
  readonly all?: true;
  readonly except?: readonly AssetMention[];
  readonly dates?: DateRange;
  /** Only what is of this size, in bytes; 1 KB is 1,024. */
  readonly size?: SizeRange;
  /** Of the selected assets, only so many by age or size, or all but those. */
  readonly pick?: AssetPick;
  /** Only what nothing uses. */
  readonly unused?: true;
  /** Only what this person made or owns: `me`, or a name or address. With a deputy, who is away, if not the speaker. */
  readonly owner?: string;
  /** Only what somebody other than these people made or owns, each `me`, or a name or address. */
  readonly exceptOwner?: ExceptedOwners;
  readonly status?: AssetStatus;
  readonly exceptKinds?: readonly AssetKind[];
  /** Two or more workspaces, instead of `workspace`. */
  readonly workspaces?: readonly string[];
  /** What Steward is asked to do and does not do. */
  readonly operation?: UnsupportedOperation;
  /** How often an export repeats: an RFC 5545 recurrence rule without its end. */
  readonly recurrence?: string;
  /** The first day on which it may run, ISO 8601; unset for the next date. */
  readonly from?: string;
  /** The first day on which it no longer repeats, ISO 8601. */
  readonly until?: string;
  /** From or until when a deputy decides, in the words of the message. */
  readonly when?: string;
  /** A second command to carry out after this one. */
  readonly then?: { readonly intent: CommandIntent; readonly slots: Slots };
}

/** A command that lacks its object. The bot asks for it; the answer completes it. */
export interface Incomplete {
  readonly intent: Exclude<CommandIntent, 'export.workspace'>;
  readonly kind?: AssetKind;
}

/** A complete reading that is offered as a choice when a message is unclear. */
export interface Offer {
  readonly intent: IntentName;
  readonly slots: Slots;
  readonly confidence: number;
}

/** What a message is read as. */
export interface Reading {
  readonly intent: IntentName;
  readonly slots: Slots;
  /** From 0 to 1; below `sureEnough` the bot asks instead of acting. */
  readonly confidence: number;
  /** One short sentence: the rule that read it so. For logs and tests, not for people in the chat. */
  readonly why: string;
  /** Set when a command has no object. The intent is then `none`. */
  readonly incomplete?: Incomplete;
  /** Set when a workspace was named by an owner who is not the speaker. The intent is then `none`. */
  readonly whoseWorkspace?: true;
  /** Set when the message corrects the command before it, which is then void. */
  readonly corrects?: true;
  /** Set when the message names a few of what the command before it selects: only what its preview lists is meant. */
  readonly narrows?: true;
  /** Words of a question about a list that the list does not answer, as typed; only with `list.assets`. */
  readonly overlooked?: string;
  /** Words of a selection that say something for which there is no slot, as typed. The intent is then `none`. */
  readonly lost?: string;
  /** At most three possible readings, likeliest first. The intent is then `none`. */
  readonly offers?: readonly Offer[];
  /**
   * A kind of the current Azure Machine Learning, such as "job", that Studio (classic) does not have. The intent is
   * then `none`.
   */
  readonly laterKind?: string;
}

/** Below this confidence a reading is offered as a choice. */
export const sureEnough = 0.6;
