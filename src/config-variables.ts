import { isIP } from 'node:net';
import { distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { namedEntry, neitherPersonNorGroup } from './config-people.ts';
import { readPolicyFile, shippedPolicy } from './config-policy.ts';
import { readSigningKey } from './config-signing-key.ts';
import { studioConnections } from './config-studio-connections.ts';
import { refused, shown, type Wrong, wrong } from './config-words.ts';
import { namedConversation } from './domain/conversation-id.ts';
import { isTimeZone } from './domain/recurrence-rule.ts';
import { languageModelVariables } from './language-model/model-settings.ts';
import { mailVariables } from './mail/mail-settings.ts';

/** A variable with a parser function, which returns the value, or what is wrong and what to write instead. */
function variable<Value>(read: (text: string) => Value | Wrong, required?: string) {
  return z.string({ error: () => required ?? 'is not a text' }).transform((given, context): Value => {
    const value = read(given);
    if (!refused(value)) return value;
    context.addIssue({ code: 'custom', message: value.sentence });
    return z.NEVER;
  });
}

const numberVariable = (from: number, to: number, unit: string, example: number, { whole = false } = {}) =>
  variable((given) => {
    const value = Number(given);
    // Digits only: JavaScript also accepts "", "1e3", "0x10" and "Infinity" as numbers.
    if ((whole ? /^\d+$/u : /^\d+(?:\.\d+)?$/u).test(given) && value >= from && value <= to) return value;
    const kind = whole ? 'whole number' : 'number';
    return wrong(`${shown(given)} is not a ${kind} of ${unit} from ${from} to ${to}`, `a ${kind} such as ${example}`);
  });

const timeZone = variable((given) =>
  isTimeZone(given) ? given : wrong(`${shown(given)} is not a time zone`, 'a name such as Europe/Berlin'),
);

const oneOf = <const Option extends string>(options: readonly Option[]) =>
  variable((given) => {
    const found = options.find((option) => option.toLowerCase() === given.toLowerCase());
    return found ?? wrong(`${shown(given)} is not one of its values`, options.map((each) => `"${each}"`).join(' or '));
  });

const guidVariable = (what: string, required?: string) =>
  variable((given) => {
    if (!z.guid().safeParse(given).success) return wrong(`${shown(given)} is not a GUID`, what);
    return isPlaceholder(given) ? wrong('contains only zeros, which is a placeholder', what) : given.toLowerCase();
  }, required);

const isPlaceholder = (id: string) => /^[0-]+$/u.test(id);

/** The https address of a service, without a slash at its end. */
const serviceUrl = (what: string, required?: string) =>
  variable((given) => {
    const url = URL.parse(given);
    if (url === null || !/^[a-z]+:\/\//iu.test(given)) return wrong('is not a web address', what);
    if (url.protocol !== 'https:') return wrong('does not begin with https://', what);
    if (url.username !== '' || url.password !== '') return wrong('contains a user name or a password', what);
    if (url.search !== '' || url.hash !== '')
      return wrong('has a query (?) or a fragment (#), which may be a key', what);
    return withoutSlashes(given);
  }, required);

function withoutSlashes(address: string): string {
  let end = address.length;
  while (address[end - 1] === '/') end -= 1;
  return address.slice(0, end);
}

const policyFile = variable((given) => readPolicyFile(given));

const onOff = oneOf(['on', 'off']).default('off');

const roles = variable((given) => {
  const named = given.split(',').map((role) => role.trim().toLowerCase());
  const known = named.filter((role) => role === 'bot' || role === 'worker');
  if (known.length === named.length) return new Set(known);
  return wrong(`${shown(given)} names a role that does not exist`, '"bot", "worker" or "bot,worker"');
});

const host = variable((given) => {
  if (isIP(given) !== 0 || /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/iu.test(given)) return given;
  return wrong(`${shown(given)} is not an address to listen on`, '0.0.0.0 for all, or one address of this machine');
});

const container = variable((given) => {
  if (/^[a-z0-9](?:-?[a-z0-9]){2,62}$/u.test(given)) return given;
  return wrong(
    `${shown(given)} is not a valid name of a blob container`,
    '3 to 63 lower-case letters, digits and single hyphens, such as steward-archives',
  );
});

const database = variable((given) => {
  const url = URL.parse(given);
  const form = 'postgresql://user:password@host:5432/database?sslmode=require, with special characters percent-encoded';
  if (url === null || !/^postgres(?:ql)?:$/u.test(url.protocol)) return wrong('is not an address of PostgreSQL', form);
  if (url.hostname === '' && !url.searchParams.has('host')) return wrong('has no host', form);
  return given;
});

const people = variable((given) => {
  const entries = given
    .split(/[,;]/u)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const invalid = entries.find((entry) => namedEntry(entry) === null);
  if (invalid !== undefined) {
    return wrong(`${shown(invalid)} ${neitherPersonNorGroup}`, 'such as patti@contoso.com, with commas between');
  }
  return [...new Set(entries.flatMap((entry) => namedEntry(entry) ?? []))];
});

const conversation = variable((given) => {
  const found = namedConversation(given);
  if (found) return found;
  return wrong(
    `${shown(given)} is neither the id of a Teams conversation nor a link to one`,
    'the link that “Get link to channel” gives, or an id such as 19:…@thread.tacv2',
  );
});

/** Shown to people as it is, so it has to read as a name or an address. */
const contact = variable((given) => {
  const form = 'a name, an address or both, such as Patti Fernandez (patti@contoso.com)';
  if (given.length > 120) return wrong('is longer than 120 characters', form);
  if (!/^[^<>[\]{}|\\]+$/u.test(given) || !/\p{L}{2}/u.test(given)) {
    return wrong(`${shown(given)} does not name anybody`, form);
  }
  return given;
});

const secret = variable((given) => {
  return /\s/u.test(given) ? wrong('contains blanks', 'only the value of the secret') : given;
});

const appId = 'the bot registration’s app id, such as 6f0b2a52-6d4e-4a1e-9c55-5b8f3f0e2a11';
const tenantId = 'the id of the bot registration’s tenant, a GUID';
const storageAddress = 'the blob address of the storage account, such as https://contoso.blob.core.windows.net';

/** All environment variables, with their defaults. */
export const variables = z.object({
  ROLES: roles.default(new Set(['bot', 'worker'] as const)),
  HOST: host.default('0.0.0.0'),
  PORT: numberVariable(0, 65_535, 'a port', 3978, { whole: true }).default(3978),
  LOG_LEVEL: oneOf(['info', 'warn', 'error']).default('info'),
  MICROSOFT_APP_ID: guidVariable(appId, `is required: write ${appId}.`),
  MICROSOFT_APP_TENANT_ID: guidVariable(tenantId, `is required: write ${tenantId}.`),
  MICROSOFT_APP_TYPE: oneOf(['SingleTenant', 'UserAssignedMSI']).default('UserAssignedMSI'),
  MICROSOFT_APP_PASSWORD: secret.optional(),
  // A web app can have several managed identities; this one is used for everything except Teams.
  AZURE_CLIENT_ID: guidVariable('the client id of the managed identity').optional(),
  DATABASE_URL: database.optional(),
  // `by-command`: only `npm run migrate` changes tables, as the role of DATABASE_OWNER_URL, which nothing else reads.
  DATABASE_MIGRATIONS: oneOf(['at-start', 'by-command']).default('at-start'),
  DATABASE_OWNER_URL: database.optional(),
  // In addition, each process opens five connections for its queue.
  DATABASE_MAX_CONNECTIONS: numberVariable(2, 200, 'connections', 10, { whole: true }).default(10),
  DATA_FOLDER: variable((given) => given).default('.data'),
  STORAGE_ACCOUNT_URL: serviceUrl(storageAddress, `is required: write ${storageAddress}.`),
  STORAGE_CONTAINER: container.default('steward-archives'),
  // Days after which a lifecycle rule of the storage account removes what Steward stored there.
  STORAGE_REMOVES_AFTER_DAYS: numberVariable(1, 3_650, 'days', 30, { whole: true }).optional(),
  STUDIO_CONNECTIONS: variable(studioConnections, 'is required: write the registered workspaces as JSON, see README.'),
  RESOURCE_MANAGER: onOff,
  RESOURCE_MANAGER_URL: serviceUrl('such as https://management.azure.com').default('https://management.azure.com'),
  // Groups in APPROVERS, ADMINISTRATORS, HELPDESK, AUDITORS and the policy's `groups` (`group:<object id>`) are read from
  // Microsoft Graph, for which Steward's identity needs the application permission GroupMember.Read.All.
  // "on" lets Global Administrators start Microsoft Graph's exportPersonalData from the chat. Steward's identity then
  // needs the application permissions User.Export.All, User.Read.All and RoleManagement.Read.Directory.
  DIRECTORY_EXPORT: onOff,
  // "on" checks at Microsoft Graph whether the accounts of requesters are still active (User.Read.All).
  CHECK_ACCOUNTS: onOff,
  GRAPH_ENDPOINT: serviceUrl('such as https://graph.microsoft.com').default('https://graph.microsoft.com'),
  REQUEST_LIFETIME_HOURS: numberVariable(0.1, 720, 'hours', 24).default(24),
  // A user delegation key is valid for seven days at most, and a link expires with its key.
  LINK_LIFETIME_HOURS: numberVariable(0.1, 160, 'hours', 24).default(24),
  ARCHIVE_RETENTION_HOURS: numberVariable(0.1, 2_160, 'hours', 168).default(168),
  OPEN_REQUESTS_PER_PERSON: numberVariable(1, 1_000, 'requests', 25, { whole: true }).default(25),
  // Recurring exports run at six in the morning in the person's time zone; this one where Teams does not tell it.
  TIME_ZONE: timeZone.default('UTC'),
  // How long records are kept: requests after their end, the names in them sooner, people after they were last seen.
  RETENTION_REQUESTS_DAYS: numberVariable(1, 36_500, 'days', 365, { whole: true }).default(365),
  RETENTION_NAMES_DAYS: numberVariable(1, 36_500, 'days', 30, { whole: true }).default(30),
  // The key that signs heads of the record. Left out: they are not signed.
  AUDIT_SIGNING_KEY: variable(readSigningKey).optional(),
  RETENTION_AUDIT_DAYS: numberVariable(1, 36_500, 'days', 730, { whole: true }).default(730),
  RETENTION_PEOPLE_DAYS: numberVariable(1, 36_500, 'days', 365, { whole: true }).default(365),
  // Messages that were not understood at once are kept for the administrator for this long; 0 keeps none.
  RETENTION_UNCLEAR_DAYS: numberVariable(0, 365, 'days', 30, { whole: true }).default(0),
  ARCHIVE_PART_MIB: numberVariable(16, 4_096, 'MiB', 1_024, { whole: true }).default(1_024),
  // The rules of the policy: who may do what, and who has to approve it.
  POLICY_FILE: policyFile.default(() => shippedPolicy()),
  APPROVERS: people.default([]),
  // Further roles, for rules of the policy; administrators may also stop what waits to start.
  ADMINISTRATORS: people.default([]),
  HELPDESK: people.default([]),
  AUDITORS: people.default([]),
  GUESTS_MATCH_BY_MAIL: onOff,
  // Whether approvers are asked in their own chats, too, not only in their conversation.
  APPROVALS_IN_OWN_CHATS: onOff,
  APPROVAL_CONVERSATION: conversation.optional(),
  // Whom people without a workspace are told to ask: a name, an address or both.
  ADMINISTRATOR_CONTACT: contact.optional(),
  ...mailVariables,
  ...languageModelVariables,
});

/** Variables where empty means none, so that a deployment template can always set them. */
const mayBeEmpty: ReadonlySet<string> = new Set([
  'AUDIT_SIGNING_KEY',
  'APPROVERS',
  'ADMINISTRATORS',
  'HELPDESK',
  'AUDITORS',
  'APPROVAL_CONVERSATION',
  'ADMINISTRATOR_CONTACT',
]);
/** Variables that people paste with quotes or brackets; their parsers remove these. */
const mayBeWrapped: ReadonlySet<string> = new Set(['APPROVAL_CONVERSATION', 'STUDIO_CONNECTIONS']);
const names = Object.keys(variables.shape);

/** The known variables, trimmed, and the faults of form that do not depend on the meaning of a variable. */
export function trimmedVariables(given: Readonly<Record<string, string | undefined>>): {
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly string[];
} {
  const values: Record<string, string> = {};
  const faults: string[] = [];
  for (const name of names) {
    const value = given[name]?.trim();
    if (value === undefined || (value === '' && mayBeEmpty.has(name))) continue;
    const fault = faultOfForm(name, value);
    if (fault === null) values[name] = value;
    else faults.push(`${name}: ${fault.sentence}`);
  }
  return { values, faults };
}

function faultOfForm(name: string, value: string): Wrong | null {
  if (value === '') return wrong('is set, but empty', 'a value, or leave it out');
  if (/^@Microsoft\.KeyVault\(/iu.test(value)) {
    return wrong(
      'still contains a key vault reference, because the web app could not read the secret',
      'a secret that exists, and give the web app’s identity the role Key Vault Secrets User',
    );
  }
  if (/\p{Cc}/u.test(name === 'STUDIO_CONNECTIONS' ? value.replace(/[\r\n\t]/gu, '') : value)) {
    return wrong('contains a line break or another control character', 'it on one line');
  }
  if (isQuoted(value) && !mayBeWrapped.has(name)) return wrong('is in quotes', 'it without them');
  return null;
}

function isQuoted(value: string): boolean {
  const [first] = value;
  return value.length > 1 && (first === '"' || first === "'") && value.endsWith(first);
}

/** Warnings about unknown variables whose names look like a misspelt setting. Values are never repeated. */
export function misspelt(given: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(given).flatMap((name) => {
    if (names.includes(name)) return [];
    const near = nearest(name);
    return near === null ? [] : [`${name} is not a setting and has no effect; did you mean ${near}?`];
  });
}

/** Prefixes that only Steward's variables have. */
const ownPrefixes = /^(?:STEWARD|STUDIO|APPROV|ARCHIVE|MICROSOFT_?APP)_?/iu;

function nearest(name: string): string | null {
  const folded = fold(name);
  if (folded.length < 4) return null;
  const [best] = names
    .map((known) => ({ known, edits: distance(folded, fold(known)) }))
    .sort((left, right) => left.edits - right.edits);
  if (best === undefined) return null;
  // Short names of other programs are similar by chance: PATH and PORT, HOME and HOST.
  const isNear = best.edits <= Math.min(3, Math.floor(fold(best.known).length / 5)) || best.edits === 0;
  return isNear || ownPrefixes.test(name) ? best.known : null;
}

function fold(name: string): string {
  return name.replaceAll('_', '').toUpperCase();
}
