/** Where something can be said: in the person's own chat with the bot, or where others read along. */
export type Place = 'personal' | 'shared';

/**
 * Who a command is for: `anybody`; a `member` of a workspace; who `may-delete` assets; an `owner`, who may delete a
 * whole workspace; an `approver`; an `administrator` of Steward. A further role is a word here and a line in `fitting-commands.ts`.
 */
export type CommandAudience = 'anybody' | 'member' | 'may-delete' | 'owner' | 'approver' | 'administrator';

/** The headings of the long list, in their order. */
export const commandSections = ['Export', 'Delete', 'Look and ask', 'Follow'] as const;

export interface Command {
  /** What a person writes. “…” stands for a name or a number that they put there. */
  readonly say: string;
  readonly meaning: string;
  readonly places: readonly Place[];
  readonly audience: CommandAudience;
  /** Its heading in the long list; null for what is not listed there. */
  readonly section: (typeof commandSections)[number] | null;
  /** Whether Teams suggests it beside the text box: at most ten in each place. */
  readonly suggested: boolean;
  /** What its button says instead, since a sentence with “…” cannot be sent as it is. */
  readonly press?: string;
}

const everywhere: readonly Place[] = ['personal', 'shared'];
const personal: readonly Place[] = ['personal'];
const datasets = 'list my datasets';

/**
 * What can be said, most useful first. The answer to “help”, the examples on other cards and the commands that Teams
 * suggests (`npm run manifest:build`) all come from here.
 */
export const commands: readonly Command[] = [
  {
    say: 'export my workspace',
    meaning: 'Everything in it as a zip file. The link goes to your personal chat.',
    places: everywhere,
    audience: 'member',
    section: 'Export',
    suggested: true,
  },
  {
    say: 'list my datasets',
    meaning: 'Names, sizes and dates.',
    places: personal,
    audience: 'member',
    section: 'Look and ask',
    suggested: true,
  },
  {
    say: 'delete dataset …',
    meaning: 'Shows exactly what would be deleted, then asks you.',
    places: personal,
    audience: 'may-delete',
    section: 'Delete',
    suggested: true,
    press: datasets,
  },
  {
    say: 'what waits for my approval',
    meaning: 'Requests that you can approve or reject.',
    places: everywhere,
    audience: 'approver',
    section: 'Follow',
    suggested: true,
  },
  {
    say: 'status',
    meaning: 'Your requests and how far they are.',
    places: everywhere,
    audience: 'anybody',
    section: 'Follow',
    suggested: true,
  },
  {
    say: 'how big is …?',
    meaning: 'One dataset or experiment: size, date, owner and what uses it.',
    places: personal,
    audience: 'member',
    section: 'Look and ask',
    suggested: true,
    press: datasets,
  },
  {
    say: 'export my workspace every month',
    meaning: 'An export that repeats until you stop it.',
    places: personal,
    audience: 'member',
    section: 'Export',
    suggested: true,
  },
  {
    say: 'which exports are scheduled?',
    meaning: 'Exports that repeat, with a button to stop each.',
    places: personal,
    audience: 'member',
    section: 'Follow',
    suggested: false,
  },
  {
    say: 'status of DSR-…',
    meaning: 'One request; while it waits for an approval, with the buttons that decide.',
    places: everywhere,
    audience: 'approver',
    section: 'Follow',
    suggested: false,
    press: 'what waits for my approval',
  },
  {
    say: 'what may I do',
    meaning: 'Your workspaces, and your rights in each.',
    places: everywhere,
    audience: 'anybody',
    section: 'Look and ask',
    suggested: false,
  },
  {
    say: 'what can a guest do?',
    meaning: 'Answers about rules and data, from reviewed pages.',
    places: everywhere,
    audience: 'anybody',
    section: 'Look and ask',
    suggested: false,
  },
  {
    say: 'cancel',
    meaning: 'Withdraws or stops a request.',
    places: everywhere,
    audience: 'anybody',
    section: 'Follow',
    suggested: true,
  },
  {
    say: 'new link',
    meaning: 'Replaces a download link that has expired.',
    places: everywhere,
    audience: 'member',
    section: 'Follow',
    suggested: true,
  },
  {
    say: 'revoke the link of DSR-…',
    meaning: 'Makes links stop working that were handed out.',
    places: personal,
    audience: 'member',
    section: 'Follow',
    suggested: false,
    press: 'revoke the link',
  },
  {
    say: 'try again',
    meaning: 'Retries what failed in your latest request.',
    places: personal,
    audience: 'member',
    section: 'Follow',
    suggested: false,
  },
  {
    say: 'list my workspaces',
    meaning: 'Account type and your role.',
    places: personal,
    audience: 'member',
    section: 'Look and ask',
    suggested: false,
  },
  {
    say: 'export my personal data',
    meaning: 'Account ids, e-mail addresses and roles.',
    places: personal,
    audience: 'member',
    section: 'Export',
    suggested: false,
  },
  {
    say: 'export dataset …',
    meaning: 'Only what you name.',
    places: personal,
    audience: 'member',
    section: 'Export',
    suggested: false,
    press: datasets,
  },
  {
    say: 'delete dataset … and experiment …',
    meaning: 'Several at once, on one card.',
    places: personal,
    audience: 'may-delete',
    section: 'Delete',
    suggested: false,
    press: 'list my experiments',
  },
  {
    say: 'delete the two oldest datasets',
    meaning: 'By age, size, use, owner or state; the preview names each of them.',
    places: personal,
    audience: 'may-delete',
    section: 'Delete',
    suggested: false,
  },
  {
    say: 'delete my workspace',
    meaning: 'Shows what would be deleted and what stays, then asks you.',
    places: personal,
    audience: 'owner',
    section: 'Delete',
    suggested: false,
  },
  {
    say: '… decides for me until …',
    meaning: 'A deputy while you are away: shows what that means, then asks you.',
    places: personal,
    audience: 'approver',
    section: 'Follow',
    suggested: false,
    press: 'who is my deputy?',
  },
  {
    say: 'who is my deputy?',
    meaning: 'Who decides for you and for whom you do, with buttons to end it.',
    places: personal,
    audience: 'approver',
    section: 'Look and ask',
    suggested: false,
  },
  {
    say: 'link … to …',
    meaning: 'An address and an account: shows what it gives, then asks you.',
    places: personal,
    audience: 'administrator',
    section: 'Follow',
    suggested: false,
    press: 'what may I do',
  },
  {
    say: 'whose is …?',
    meaning: 'The account that an address is linked to.',
    places: personal,
    audience: 'administrator',
    section: 'Look and ask',
    suggested: false,
    press: 'what may I do',
  },
  {
    say: 'put a legal hold on …',
    meaning: 'A workspace, an asset or a person: shows what is kept, then asks you.',
    places: personal,
    audience: 'administrator',
    section: 'Follow',
    suggested: false,
    press: 'list holds',
  },
  {
    say: 'list holds',
    meaning: 'The legal holds that stand, with buttons that show and lift them.',
    places: personal,
    audience: 'administrator',
    section: 'Look and ask',
    suggested: false,
  },
  {
    say: 'who approved DSR-…?',
    meaning: 'Who decided and why, what was done when, and the record as a file.',
    places: everywhere,
    audience: 'anybody',
    section: 'Look and ask',
    suggested: false,
    press: 'show the record',
  },
  {
    say: 'help',
    meaning: 'What you can say here.',
    places: everywhere,
    audience: 'anybody',
    section: null,
    suggested: true,
  },
];
