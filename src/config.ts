import type { z } from 'zod';
import type { SigningKey } from './config-signing-key.ts';
import { misspelt, trimmedVariables, variables } from './config-variables.ts';
import { shown } from './config-words.ts';
import type { DatabaseSettings, MigrationSettings } from './database/connection.ts';
import { groupsIn } from './domain/directory-groups.ts';
import { entriesOfPolicy } from './domain/policy-rules.ts';
import { approverSet, ownerSet } from './domain/reviews.ts';
import { type LanguageModelSettings, languageModelSettings } from './language-model/model-settings.ts';
import { type MailSettings, mailSettings } from './mail/mail-settings.ts';
import type { RequestSettings } from './requests/request-services.ts';
import type { StudioConnection } from './sources/studio-classic/connections.ts';

/**
 * How the bot and Teams authenticate to each other. `local` trusts the loopback interface instead; without a tenant
 * the bot accepts the tenant of each conversation.
 */
export type BotIdentity =
  | { readonly kind: 'local'; readonly tenantId?: string }
  | { readonly kind: 'secret'; readonly appId: string; readonly tenantId: string; readonly secret: string }
  | { readonly kind: 'managed-identity'; readonly appId: string; readonly tenantId: string };

/** Where archives are stored. `azure` signs in with Entra ID; `key` is for Azurite. */
export type StorageSettings =
  | { readonly kind: 'azure'; readonly accountUrl: string; readonly container: string }
  | {
      readonly kind: 'key';
      readonly accountUrl: string;
      readonly accountName: string;
      readonly accountKey: string;
      readonly container: string;
    };

/** Azure Resource Manager, for whole standard workspaces and new web services. `fixed-token` is for the emulator. */
export type ResourceManagerAccess =
  | { readonly kind: 'azure'; readonly endpoint: string }
  | { readonly kind: 'fixed-token'; readonly endpoint: string; readonly token: string };

/** Microsoft Graph, for exports of directory data, the members of groups and the state of accounts. `fixed-token` is for the emulator. */
export type GraphAccess =
  | { readonly kind: 'azure'; readonly endpoint: string }
  | { readonly kind: 'fixed-token'; readonly endpoint: string; readonly token: string };

/** All settings of a process. */
export interface Settings {
  /** Warnings about variables that are set and have no effect. */
  readonly warnings?: readonly string[];
  readonly roles: ReadonlySet<'bot' | 'worker'>;
  readonly host: string;
  readonly port: number;
  readonly logLevel: 'info' | 'warn' | 'error';
  readonly identity: BotIdentity;
  /** Client id of the managed identity for Azure services; left out where the machine has only one identity. */
  readonly azureClientId?: string;
  readonly database: DatabaseSettings;
  readonly storage: StorageSettings;
  readonly studio: readonly StudioConnection[];
  /** Left out when Steward has no access to Azure Resource Manager, which is the default. */
  readonly resourceManager?: ResourceManagerAccess;
  /** Left out unless tenant administrators may start exports of directory data from the chat; off by default. */
  readonly directoryExport?: GraphAccess;
  /** Left out when no setting names a Microsoft Entra group. */
  readonly groups?: GraphAccess;
  /** Left out unless it is checked whether the accounts of requesters are still active; off by default. */
  readonly accounts?: GraphAccess;
  readonly requests: RequestSettings;
  /** Maximum size of an archive part, in bytes. */
  readonly partBytes: number;
  /** Left out when no language model is used, which is the default. */
  readonly languageModel?: LanguageModelSettings;
  /** Left out when heads of the record are not signed, which is the default. */
  readonly signingKey?: SigningKey;
  /** Left out when no mail is sent, which is the default. */
  readonly mail?: MailSettings;
}

/** The configuration is invalid. `message` lists all faults, one on each line. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

const hours = 3_600_000;
const days = 24 * hours;

/**
 * Reads the settings of a deployment. Throws ConfigurationError with every fault when something is missing or wrong.
 * It never gives settings without credentials; local mode has its own entry point.
 */
export function readSettings(given: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const plain = trimmedVariables(given);
  const read = variables.safeParse(plain.values);
  const faults = [...plain.faults];
  const faulty = new Set(plain.faults.map((fault) => fault.split(':', 1)[0]));
  if (!read.success) {
    const issues = read.error.issues.filter(({ path }) => !faulty.has(String(path[0])));
    faults.push(...issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
  }
  // Only when each value is valid: a faulty variable counts as missing here and would be reported twice.
  if (read.success && faults.length === 0) faults.push(...contradictions(read.data));
  if (read.success && faults.length === 0) {
    const languageModel = languageModelSettings(read.data);
    if (languageModel === null || !('fault' in languageModel)) {
      const settings = toSettings(read.data, [
        ...misspelt(given),
        ...withoutEffect(plain.values, namesGroups(read.data)),
      ]);
      const mail = mailSettings(read.data);
      return {
        ...settings,
        ...(languageModel === null ? {} : { languageModel }),
        ...(mail === null ? {} : { mail }),
      };
    }
    faults.push(languageModel.fault);
  }
  throw new ConfigurationError(`The configuration is invalid:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
}

/**
 * Reads who owns the tables and who Steward signs in as, for `npm run migrate`, which needs no other setting. Throws
 * ConfigurationError.
 */
export function readMigrationSettings(
  given: Readonly<Record<string, string | undefined>> = process.env,
): MigrationSettings {
  const { DATABASE_OWNER_URL: owner = '', DATABASE_URL: own = '' } = trimmedVariables(given).values;
  const { shape } = variables;
  if (!shape.DATABASE_OWNER_URL.safeParse(owner).success || !shape.DATABASE_URL.safeParse(own).success) {
    throw new ConfigurationError(
      'DATABASE_OWNER_URL and DATABASE_URL: write the address of the database twice, with the role that owns the tables ' +
        'and with the one that Steward signs in as.',
    );
  }
  const url = new URL(own);
  const role = { name: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  if (role.name === '' || role.name === decodeURIComponent(new URL(owner).username)) {
    throw new ConfigurationError('DATABASE_URL: names no role, or the owner’s; write one that owns nothing.');
  }
  return { ownerUrl: owner, role };
}

type Variables = z.infer<typeof variables>;

/** Contradictions between settings that are each valid. One sentence each. */
function contradictions(data: Variables): string[] {
  const faults: string[] = [];
  const check = (isWrong: boolean, sentence: string) => {
    if (isWrong) faults.push(sentence);
  };
  const secret = data.MICROSOFT_APP_PASSWORD !== undefined;
  check(
    data.MICROSOFT_APP_TYPE === 'SingleTenant' && !secret,
    'MICROSOFT_APP_PASSWORD: is required when MICROSOFT_APP_TYPE is SingleTenant; write the client secret’s value.',
  );
  check(
    data.MICROSOFT_APP_TYPE === 'UserAssignedMSI' && secret,
    'MICROSOFT_APP_PASSWORD: a managed identity has no password; leave it out, or set MICROSOFT_APP_TYPE to SingleTenant.',
  );
  check(
    data.ARCHIVE_RETENTION_HOURS < data.LINK_LIFETIME_HOURS,
    'ARCHIVE_RETENTION_HOURS: must not be shorter than LINK_LIFETIME_HOURS, or links would outlast their archive.',
  );
  const removedAfterHours = (data.STORAGE_REMOVES_AFTER_DAYS ?? Number.POSITIVE_INFINITY) * 24;
  check(
    data.ARCHIVE_RETENTION_HOURS > removedAfterHours,
    `ARCHIVE_RETENTION_HOURS: is longer than the ${removedAfterHours} hours after which the storage account removes ` +
      'archives; write fewer, or deploy the template with a longer archiveRetentionHours.',
  );
  check(
    data.RETENTION_NAMES_DAYS > data.RETENTION_REQUESTS_DAYS,
    'RETENTION_NAMES_DAYS: must not be longer than RETENTION_REQUESTS_DAYS; names are removed with their request at the latest.',
  );
  check(
    data.ROLES.size < 2 && data.DATABASE_URL === undefined,
    'DATABASE_URL: is required when ROLES names one role, since both must share a database.',
  );
  const conversation = data.APPROVAL_CONVERSATION;
  check(
    data.APPROVERS.length > 0 && conversation === undefined,
    'APPROVAL_CONVERSATION: is required with APPROVERS; write the link to the channel where approvals are asked for.',
  );
  check(
    data.APPROVERS.length === 0 && conversation !== undefined,
    'APPROVERS: is required with APPROVAL_CONVERSATION; write the addresses of those who may approve.',
  );
  check(
    data.SMTP_URL !== undefined && data.MAIL_FROM === undefined,
    'MAIL_FROM: is required with SMTP_URL; write the address that mails come from.',
  );
  faults.push(...unmeetable(data), ...misdirected(data));
  const named = conversation?.tenantId ?? null;
  check(
    named !== null && named !== data.MICROSOFT_APP_TENANT_ID,
    'APPROVAL_CONVERSATION: is a link into another tenant than MICROSOFT_APP_TENANT_ID; write the link to a channel there.',
  );
  return faults;
}

/** Rules whose approvals would be asked for in another tenant, or never be escalated to anybody new. */
function misdirected(data: Variables): string[] {
  const { POLICY_FILE, MICROSOFT_APP_TENANT_ID: own, APPROVAL_CONVERSATION: usual, REQUEST_LIFETIME_HOURS } = data;
  return POLICY_FILE.rules.flatMap(({ says, conversation, escalateTo, escalateAfter }) => {
    const named = [conversation, escalateTo?.conversation].filter((each) => each !== undefined);
    const fault = (words: string) => `POLICY_FILE: the rule ${shown(says)} ${words}`;
    const goesNowhere = escalateTo?.conversation !== undefined && escalateTo.conversation.id === usual?.id;
    const isTooLate =
      escalateAfter !== undefined && 'minutes' in escalateAfter && escalateAfter.minutes >= REQUEST_LIFETIME_HOURS * 60;
    return [
      ...(named.some(({ tenantId }) => tenantId !== null && tenantId !== own)
        ? [fault('has a link into another tenant than MICROSOFT_APP_TENANT_ID; write the link to a channel there.')]
        : []),
      ...(conversation === undefined && goesNowhere
        ? [fault('escalates to the conversation of APPROVAL_CONVERSATION, where it is asked for; write another one.')]
        : []),
      ...(isTooLate
        ? [fault(`escalates after requests have expired, at ${REQUEST_LIFETIME_HOURS} hours; write fewer minutes.`)]
        : []),
    ];
  });
}

/** Rules that nobody could meet: more approvals than there are approvers, or approvals of owners without any. */
function unmeetable(data: Variables): string[] {
  const { APPROVERS: approvers, ADMINISTRATORS, HELPDESK } = data;
  const { rules, groups = {} } = data.POLICY_FILE;
  return rules.flatMap(({ says, approvals = 0, withOwnRights, workspaceRoles, reviewers = [approverSet] }) => {
    // How many owners a workspace has shows when something in it is asked for.
    if (reviewers.includes(ownerSet)) return [];
    if (reviewers.some((set) => set !== approverSet)) {
      const sets = { approvers, administrators: ADMINISTRATORS, helpdesk: HELPDESK, ...groups };
      const named = new Set(Object.entries(sets).flatMap(([set, people]) => (reviewers.includes(set) ? people : [])));
      // How many people are in a group shows when something is asked for.
      return approvals <= named.size || groupsIn([...named]).length > 0
        ? []
        : [tooFew(says, approvals, `its reviewers are only ${named.size}`)];
    }
    // Without approvers such deletions are refused with another way to do them, as `policy.ts` says.
    const hasOtherWay = withOwnRights === true || workspaceRoles?.includes('owner') === false;
    if (approvals === 0 || (approvers.length === 0 && hasOtherWay) || approvals <= approvers.length) return [];
    if (groupsIn(approvers).length > 0) return [];
    const many = approvers.length === 0 ? 'nobody can approve' : `there are only ${approvers.length} APPROVERS`;
    return [tooFew(says, approvals, many)];
  });
}

function tooFew(says: string, approvals: number, many: string): string {
  return `POLICY_FILE: ${shown(says)} asks for ${approvals} approvals, but ${many}; name more of them, or write fewer.`;
}

/** True when a role, or a group or an escalation of the policy file, names a Microsoft Entra group. */
function namesGroups(data: Variables): boolean {
  const { APPROVERS, ADMINISTRATORS, HELPDESK, AUDITORS, POLICY_FILE } = data;
  const roles = [APPROVERS, ADMINISTRATORS, HELPDESK, AUDITORS].flat();
  return groupsIn([...roles, ...entriesOfPolicy(POLICY_FILE)]).length > 0;
}

/** Warnings about valid settings that have no effect as long as another one is not set. */
function withoutEffect(values: Readonly<Record<string, string>>, namesGroups: boolean): string[] {
  const needs = [
    ['LANGUAGE_MODEL_NAME', 'LANGUAGE_MODEL_ENDPOINT is set'],
    ['LANGUAGE_MODEL_KEY', 'LANGUAGE_MODEL_ENDPOINT is set'],
    ['LANGUAGE_MODEL_KIND', 'LANGUAGE_MODEL_ENDPOINT is set'],
  ] as const;
  const isOn = (name: string) => values[name]?.toLowerCase() === 'on';
  const found = needs.filter(([name]) => name in values && !('LANGUAGE_MODEL_ENDPOINT' in values));
  return [
    ...('MAIL_FROM' in values && !('SMTP_URL' in values) ? ['MAIL_FROM has no effect unless SMTP_URL is set.'] : []),
    ...found.map(([name, what]) => `${name} has no effect unless ${what}.`),
    ...('RESOURCE_MANAGER_URL' in values && !isOn('RESOURCE_MANAGER')
      ? ['RESOURCE_MANAGER_URL has no effect unless RESOURCE_MANAGER is on.']
      : []),
    ...('GRAPH_ENDPOINT' in values && !isOn('DIRECTORY_EXPORT') && !isOn('CHECK_ACCOUNTS') && !namesGroups
      ? ['GRAPH_ENDPOINT has no effect unless DIRECTORY_EXPORT or CHECK_ACCOUNTS is on or a group is named.']
      : []),
    ...('DATA_FOLDER' in values && 'DATABASE_URL' in values ? ['DATA_FOLDER has no effect beside DATABASE_URL.'] : []),
    ...('DATABASE_MAX_CONNECTIONS' in values && !('DATABASE_URL' in values)
      ? ['DATABASE_MAX_CONNECTIONS has no effect without DATABASE_URL.']
      : []),
  ];
}

function toSettings(data: Variables, warnings: readonly string[]): Settings {
  const identity = { appId: data.MICROSOFT_APP_ID, tenantId: data.MICROSOFT_APP_TENANT_ID };
  return {
    warnings,
    roles: data.ROLES,
    host: data.HOST,
    port: data.PORT,
    logLevel: data.LOG_LEVEL,
    identity:
      data.MICROSOFT_APP_TYPE === 'SingleTenant' && data.MICROSOFT_APP_PASSWORD !== undefined
        ? { kind: 'secret', ...identity, secret: data.MICROSOFT_APP_PASSWORD }
        : { kind: 'managed-identity', ...identity },
    // A web app may have several identities; by default the bot's own identity has the roles in Azure.
    ...(data.AZURE_CLIENT_ID !== undefined || data.MICROSOFT_APP_TYPE === 'UserAssignedMSI'
      ? { azureClientId: data.AZURE_CLIENT_ID ?? data.MICROSOFT_APP_ID }
      : {}),
    database:
      data.DATABASE_URL === undefined
        ? { kind: 'embedded', folder: data.DATA_FOLDER }
        : {
            kind: 'postgres',
            url: data.DATABASE_URL,
            maxConnections: data.DATABASE_MAX_CONNECTIONS,
            migrates: data.DATABASE_MIGRATIONS === 'at-start',
          },
    storage: { kind: 'azure', accountUrl: data.STORAGE_ACCOUNT_URL, container: data.STORAGE_CONTAINER },
    studio: data.STUDIO_CONNECTIONS,
    ...(data.RESOURCE_MANAGER === 'on'
      ? { resourceManager: { kind: 'azure', endpoint: data.RESOURCE_MANAGER_URL } }
      : {}),
    ...(data.DIRECTORY_EXPORT === 'on' ? { directoryExport: { kind: 'azure', endpoint: data.GRAPH_ENDPOINT } } : {}),
    ...(data.CHECK_ACCOUNTS === 'on' ? { accounts: { kind: 'azure', endpoint: data.GRAPH_ENDPOINT } } : {}),
    ...(namesGroups(data) ? { groups: { kind: 'azure', endpoint: data.GRAPH_ENDPOINT } } : {}),
    ...(data.AUDIT_SIGNING_KEY === undefined ? {} : { signingKey: data.AUDIT_SIGNING_KEY }),
    requests: {
      waitsForPeopleMs: data.REQUEST_LIFETIME_HOURS * hours,
      linkLifetimeMs: data.LINK_LIFETIME_HOURS * hours,
      archiveRetentionMs: data.ARCHIVE_RETENTION_HOURS * hours,
      maxOpenRequests: data.OPEN_REQUESTS_PER_PERSON,
      retention: {
        requestsMs: data.RETENTION_REQUESTS_DAYS * days,
        namesMs: data.RETENTION_NAMES_DAYS * days,
        auditMs: data.RETENTION_AUDIT_DAYS * days,
        peopleMs: data.RETENTION_PEOPLE_DAYS * days,
        unclearMs: data.RETENTION_UNCLEAR_DAYS * days,
      },
      minUpdateGapMs: 3_000,
      timeZone: data.TIME_ZONE,
      policy: {
        ...data.POLICY_FILE,
        approversExist: data.APPROVERS.length > 0 && data.APPROVAL_CONVERSATION !== undefined,
      },
      approvers: data.APPROVERS,
      administrators: data.ADMINISTRATORS,
      helpdesk: data.HELPDESK,
      auditors: data.AUDITORS,
      approvalsInOwnChats: data.APPROVALS_IN_OWN_CHATS === 'on',
      guestsMatchByMail: data.GUESTS_MATCH_BY_MAIL === 'on',
      approvalConversationId: data.APPROVAL_CONVERSATION?.id ?? null,
      ...(data.ADMINISTRATOR_CONTACT === undefined ? {} : { administratorContact: data.ADMINISTRATOR_CONTACT }),
    },
    partBytes: data.ARCHIVE_PART_MIB * 1_048_576,
  };
}
