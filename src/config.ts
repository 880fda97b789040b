import { z } from 'zod';
import type { DatabaseSettings } from './database/connection.ts';
import type { RequestSettings } from './requests/services.ts';
import type { StudioConnection } from './studio/connections.ts';
import {
  type LanguageModelSettings,
  languageModelSettings,
  languageModelVariables,
} from './teams/language-model/settings.ts';

/**
 * How the bot proves who it is to Teams, and Teams to it. `local` trusts the loopback
 * interface instead; without a tenant it takes that of each conversation for its own.
 */
export type BotIdentity =
  | { readonly kind: 'local'; readonly tenantId?: string }
  | { readonly kind: 'secret'; readonly appId: string; readonly tenantId: string; readonly secret: string }
  | { readonly kind: 'managed-identity'; readonly appId: string; readonly tenantId: string };

/** Where archives go. `azure` signs in with Entra ID; `key` is for Azurite. */
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

/** Microsoft Graph, for exports of directory data. `fixed-token` is for the emulator. */
export type GraphAccess =
  | { readonly kind: 'azure'; readonly endpoint: string }
  | { readonly kind: 'fixed-token'; readonly endpoint: string; readonly token: string };

const studioConnection = z.strictObject({
  workspaceId: z.string().regex(/^[0-9a-f]{32}$/iu, 'must be 32 hex digits'),
  token: z.string().min(1),
  registeredBy: z.email().nullable().default(null),
  endpoint: z.url().exactOptional(),
  region: z.string().min(1).exactOptional(),
});

/** Everything that can be set. */
export interface Settings {
  readonly roles: ReadonlySet<'bot' | 'worker'>;
  readonly host: string;
  readonly port: number;
  readonly logLevel: 'info' | 'warn' | 'error';
  readonly identity: BotIdentity;
  readonly database: DatabaseSettings;
  readonly storage: StorageSettings;
  readonly studio: readonly StudioConnection[];
  /** Not there when Steward has no access to Azure Resource Manager, as by default. */
  readonly resourceManager?: ResourceManagerAccess;
  /** Not there unless tenant administrators may start exports of directory data from the chat; off by default. */
  readonly directoryExport?: GraphAccess;
  readonly requests: RequestSettings;
  /** The most bytes of one archive part. */
  readonly partBytes: number;
  /** Not there when no language model is used, as by default. */
  readonly languageModel?: LanguageModelSettings;
}

/** The configuration does not add up. `message` names every fault at once, one a line. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

const hours = 3_600_000;
/** People by Microsoft Entra object id or by an address, with commas between them. */
const people = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((entry) => entry.trim().toLowerCase())
      .filter((entry) => entry !== ''),
  )
  .pipe(z.array(z.guid().or(z.email())));

const environment = z.object({
  ROLES: z
    .string()
    .default('bot,worker')
    .transform((text) => text.split(',').map((role) => role.trim()))
    .pipe(z.array(z.enum(['bot', 'worker'])).min(1)),
  HOST: z.string().default('0.0.0.0'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3978),
  LOG_LEVEL: z.enum(['info', 'warn', 'error']).default('info'),
  MICROSOFT_APP_ID: z.guid('is required: the bot registration’s app id'),
  MICROSOFT_APP_TENANT_ID: z.guid('is required: the tenant of the bot registration'),
  MICROSOFT_APP_TYPE: z.enum(['SingleTenant', 'UserAssignedMSI']).default('UserAssignedMSI'),
  MICROSOFT_APP_PASSWORD: z.string().min(1).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/u }).optional(),
  DATA_FOLDER: z.string().min(1).default('.data'),
  STORAGE_ACCOUNT_URL: z.url({ protocol: /^https$/u, error: 'is required: https address of the storage account' }),
  STORAGE_CONTAINER: z.string().min(3).default('steward-archives'),
  STUDIO_CONNECTIONS: z
    .string('is required: the registered workspaces as JSON, from a key vault reference')
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(z.array(studioConnection)),
  RESOURCE_MANAGER: z.enum(['on', 'off']).default('off'),
  RESOURCE_MANAGER_URL: z.url({ protocol: /^https$/u }).default('https://management.azure.com'),
  // On lets Global Administrators start Microsoft Graph's exportPersonalData from the chat. Steward's identity then needs
  // the application permissions User.Export.All, User.Read.All and RoleManagement.Read.Directory.
  DIRECTORY_EXPORT: z.enum(['on', 'off']).default('off'),
  GRAPH_ENDPOINT: z.url({ protocol: /^https$/u }).default('https://graph.microsoft.com'),
  REQUEST_LIFETIME_HOURS: z.coerce.number().positive().max(720).default(24),
  // A user delegation key lives seven days at the most, and a link dies with its key.
  LINK_LIFETIME_HOURS: z.coerce.number().positive().max(160).default(24),
  ARCHIVE_RETENTION_HOURS: z.coerce.number().positive().max(2_160).default(168),
  ARCHIVE_PART_MIB: z.coerce.number().int().min(16).max(4_096).default(1_024),
  APPROVALS: z.enum(['never', 'members', 'always']).default('members'),
  APPROVERS: people,
  GUESTS_MATCH_BY_MAIL: z.enum(['on', 'off']).default('off'),
  APPROVAL_CONVERSATION: z.string().min(1).optional(),
  ...languageModelVariables,
});

/**
 * Reads the settings of a deployment. Throws ConfigurationError with every fault when something is missing or wrong.
 * There is no way to run without credentials here; local mode has an entry of its own.
 */
export function readSettings(variables: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const read = environment.safeParse(variables);
  const faults = read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  if (read.success) {
    const { data } = read;
    if (data.MICROSOFT_APP_TYPE === 'SingleTenant' && data.MICROSOFT_APP_PASSWORD === undefined) {
      faults.push('MICROSOFT_APP_PASSWORD: is required when MICROSOFT_APP_TYPE is SingleTenant');
    }
    if (data.ARCHIVE_RETENTION_HOURS < data.LINK_LIFETIME_HOURS) {
      faults.push('ARCHIVE_RETENTION_HOURS: must not be shorter than LINK_LIFETIME_HOURS');
    }
    if (data.ROLES.length < 2 && data.DATABASE_URL === undefined) {
      faults.push('DATABASE_URL: is required when ROLES names one role, since both must share a database');
    }
    const languageModel = languageModelSettings(data);
    if (languageModel !== null && 'fault' in languageModel) faults.push(languageModel.fault);
    else if (faults.length === 0) {
      return { ...toSettings(data), ...(languageModel === null ? {} : { languageModel }) };
    }
  }
  throw new ConfigurationError(`The configuration does not add up:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
}

function toSettings(data: z.infer<typeof environment>): Settings {
  const identity = { appId: data.MICROSOFT_APP_ID, tenantId: data.MICROSOFT_APP_TENANT_ID };
  return {
    roles: new Set(data.ROLES),
    host: data.HOST,
    port: data.PORT,
    logLevel: data.LOG_LEVEL,
    identity:
      data.MICROSOFT_APP_TYPE === 'SingleTenant' && data.MICROSOFT_APP_PASSWORD !== undefined
        ? { kind: 'secret', ...identity, secret: data.MICROSOFT_APP_PASSWORD }
        : { kind: 'managed-identity', ...identity },
    database:
      data.DATABASE_URL === undefined
        ? { kind: 'embedded', folder: data.DATA_FOLDER }
        : { kind: 'postgres', url: data.DATABASE_URL, maxConnections: 10 },
    storage: { kind: 'azure', accountUrl: data.STORAGE_ACCOUNT_URL, container: data.STORAGE_CONTAINER },
    studio: data.STUDIO_CONNECTIONS,
    ...(data.RESOURCE_MANAGER === 'on'
      ? { resourceManager: { kind: 'azure', endpoint: data.RESOURCE_MANAGER_URL } }
      : {}),
    ...(data.DIRECTORY_EXPORT === 'on' ? { directoryExport: { kind: 'azure', endpoint: data.GRAPH_ENDPOINT } } : {}),
    requests: {
      waitsForPeopleMs: data.REQUEST_LIFETIME_HOURS * hours,
      linkLifetimeMs: data.LINK_LIFETIME_HOURS * hours,
      archiveRetentionMs: data.ARCHIVE_RETENTION_HOURS * hours,
      leastUpdateGapMs: 3_000,
      policy: {
        approvals: data.APPROVALS,
        approversExist: data.APPROVERS.length > 0 && data.APPROVAL_CONVERSATION !== undefined,
      },
      approvers: data.APPROVERS,
      guestsMatchByMail: data.GUESTS_MATCH_BY_MAIL === 'on',
      approvalConversationId: data.APPROVAL_CONVERSATION ?? null,
    },
    partBytes: data.ARCHIVE_PART_MIB * 1_048_576,
  };
}
