import { isIP } from 'node:net';
import { distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { studioConnections } from './config-studio-connections.ts';
import { refused, shown, type Wrong, wrong } from './config-words.ts';
import { namedConversation } from './domain/conversation-id.ts';
import { isObjectId, plainAddress } from './domain/people.ts';
import { languageModelVariables } from './language-model/model-settings.ts';

/** A variable that is read by a function: it gives the value, or what is wrong and what to write instead. */
function text<Value>(read: (text: string) => Value | Wrong, required?: string) {
  return z.string({ error: () => required ?? 'is no text' }).transform((given, context): Value => {
    const value = read(given);
    if (!refused(value)) return value;
    context.addIssue({ code: 'custom', message: value.sentence });
    return z.NEVER;
  });
}

const number = (from: number, to: number, unit: string, example: number, { whole = false } = {}) =>
  text((given) => {
    const value = Number(given);
    // Digits only: JavaScript also takes "", "1e3", "0x10" and "Infinity" for numbers.
    if ((whole ? /^\d+$/u : /^\d+(?:\.\d+)?$/u).test(given) && value >= from && value <= to) return value;
    const kind = whole ? 'whole number' : 'number';
    return wrong(`${shown(given)} is no ${kind} of ${unit} from ${from} to ${to}`, `a ${kind} such as ${example}`);
  });

const oneOf = <const Option extends string>(options: readonly Option[]) =>
  text((given) => {
    const found = options.find((option) => option.toLowerCase() === given.toLowerCase());
    return found ?? wrong(`${shown(given)} is none of its values`, options.map((each) => `"${each}"`).join(' or '));
  });

const guid = (what: string, required?: string) =>
  text((given) => {
    if (!z.guid().safeParse(given).success) return wrong(`${shown(given)} is no GUID`, what);
    return isPlaceholder(given) ? wrong('holds only zeros, a placeholder', what) : given.toLowerCase();
  }, required);

const isPlaceholder = (id: string) => /^[0-]+$/u.test(id);

/** An address of a service over https, without a slash at its end. */
const service = (what: string, required?: string) =>
  text((given) => {
    const url = URL.parse(given);
    if (url === null || !/^[a-z]+:\/\//iu.test(given)) return wrong('is no web address', what);
    if (url.protocol !== 'https:') return wrong('does not begin with https://', what);
    if (url.username !== '' || url.password !== '') return wrong('holds a name or a password', what);
    if (url.search !== '' || url.hash !== '') return wrong('has something behind ? or #, such as a key', what);
    return withoutSlashes(given);
  }, required);

function withoutSlashes(address: string): string {
  let end = address.length;
  while (address[end - 1] === '/') end -= 1;
  return address.slice(0, end);
}

const switchOn = oneOf(['on', 'off']).default('off');

const roles = text((given) => {
  const named = given.split(',').map((role) => role.trim().toLowerCase());
  const known = named.filter((role) => role === 'bot' || role === 'worker');
  if (known.length === named.length) return new Set(known);
  return wrong(`${shown(given)} names a role that there is not`, '"bot", "worker" or "bot,worker"');
});

const host = text((given) => {
  if (isIP(given) !== 0 || /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/iu.test(given)) return given;
  return wrong(`${shown(given)} is no address to listen on`, '0.0.0.0 for all, or one address of this machine');
});

const container = text((given) => {
  if (/^[a-z0-9](?:-?[a-z0-9]){2,62}$/u.test(given)) return given;
  return wrong(
    `${shown(given)} is no name of a blob container`,
    '3 to 63 lower-case letters, digits and single hyphens, such as steward-archives',
  );
});

const database = text((given) => {
  const url = URL.parse(given);
  const form = 'postgresql://user:password@host:5432/database?sslmode=require, with special characters percent-encoded';
  if (url === null || !/^postgres(?:ql)?:$/u.test(url.protocol)) return wrong('is no address of PostgreSQL', form);
  if (url.hostname === '' && !url.searchParams.has('host')) return wrong('names no host', form);
  return given;
});

/** An address as directories know them: `#EXT#` of guests, letters of any language, several labels of a domain. */
const addressForm = /^[^\s@,;:"'<>()[\]\\]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+$/u;

const people = text((given) => {
  const entries = given
    .split(/[,;]/u)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const strange = entries.find(
    (entry) => !(isObjectId(entry) && !isPlaceholder(entry)) && !addressForm.test(entry.normalize('NFC')),
  );
  if (strange !== undefined) {
    return wrong(
      `${shown(strange)} is no e-mail address and no object id`,
      'such as patti@contoso.com, with commas between',
    );
  }
  return [...new Set(entries.map((entry) => plainAddress(entry) ?? entry.toLowerCase()))];
});

const conversation = text((given) => {
  const found = namedConversation(given);
  if (found) return found;
  return wrong(
    `${shown(given)} is no id of a Teams conversation and no link to one`,
    'the link that “Get link to channel” gives, or an id such as 19:…@thread.tacv2',
  );
});

const secret = text((given) => {
  return /\s/u.test(given) ? wrong('has blanks in it', 'the secret’s value alone') : given;
});

const appId = 'the bot registration’s app id, such as 6f0b2a52-6d4e-4a1e-9c55-5b8f3f0e2a11';
const tenantId = 'the id of the bot registration’s tenant, a GUID';
const storageAddress = 'the blob address of the storage account, such as https://contoso.blob.core.windows.net';

/** Everything that can be set, with what is used when it is not. */
export const variables = z.object({
  ROLES: roles.default(new Set(['bot', 'worker'] as const)),
  HOST: host.default('0.0.0.0'),
  PORT: number(0, 65_535, 'a port', 3978, { whole: true }).default(3978),
  LOG_LEVEL: oneOf(['info', 'warn', 'error']).default('info'),
  MICROSOFT_APP_ID: guid(appId, `is required: write ${appId}.`),
  MICROSOFT_APP_TENANT_ID: guid(tenantId, `is required: write ${tenantId}.`),
  MICROSOFT_APP_TYPE: oneOf(['SingleTenant', 'UserAssignedMSI']).default('UserAssignedMSI'),
  MICROSOFT_APP_PASSWORD: secret.optional(),
  // Several managed identities can be assigned to one web app; this one is used for everything but Teams.
  AZURE_CLIENT_ID: guid('the client id of the managed identity').optional(),
  DATABASE_URL: database.optional(),
  // Beside these each process opens five connections for its queue.
  DATABASE_MAX_CONNECTIONS: number(2, 200, 'connections', 10, { whole: true }).default(10),
  DATA_FOLDER: text((given) => given).default('.data'),
  STORAGE_ACCOUNT_URL: service(storageAddress, `is required: write ${storageAddress}.`),
  STORAGE_CONTAINER: container.default('steward-archives'),
  // Days after which a rule of the storage account removes whatever Steward left there.
  STORAGE_REMOVES_AFTER_DAYS: number(1, 3_650, 'days', 30, { whole: true }).optional(),
  STUDIO_CONNECTIONS: text(studioConnections, 'is required: write the registered workspaces as JSON, see README.'),
  RESOURCE_MANAGER: switchOn,
  RESOURCE_MANAGER_URL: service('such as https://management.azure.com').default('https://management.azure.com'),
  // On lets Global Administrators start Microsoft Graph's exportPersonalData from the chat. Steward's identity then needs
  // the application permissions User.Export.All, User.Read.All and RoleManagement.Read.Directory.
  DIRECTORY_EXPORT: switchOn,
  GRAPH_ENDPOINT: service('such as https://graph.microsoft.com').default('https://graph.microsoft.com'),
  REQUEST_LIFETIME_HOURS: number(0.1, 720, 'hours', 24).default(24),
  // A user delegation key lives seven days at the most, and a link dies with its key.
  LINK_LIFETIME_HOURS: number(0.1, 160, 'hours', 24).default(24),
  ARCHIVE_RETENTION_HOURS: number(0.1, 2_160, 'hours', 168).default(168),
  OPEN_REQUESTS_PER_PERSON: number(1, 1_000, 'requests', 25, { whole: true }).default(25),
  // How long records are kept: requests after their end, the names in them sooner, people after they were last seen.
  RETENTION_REQUESTS_DAYS: number(1, 36_500, 'days', 365, { whole: true }).default(365),
  RETENTION_NAMES_DAYS: number(1, 36_500, 'days', 30, { whole: true }).default(30),
  RETENTION_AUDIT_DAYS: number(1, 36_500, 'days', 730, { whole: true }).default(730),
  RETENTION_PEOPLE_DAYS: number(1, 36_500, 'days', 365, { whole: true }).default(365),
  // Messages that were not understood at once are kept for the administrator only when this says for how long.
  RETENTION_UNCLEAR_DAYS: number(0, 365, 'days', 30, { whole: true }).default(0),
  ARCHIVE_PART_MIB: number(16, 4_096, 'MiB', 1_024, { whole: true }).default(1_024),
  APPROVALS: oneOf(['never', 'members', 'always']).default('members'),
  // Deletions with Steward's own rights in Azure (RESOURCE_MANAGER) always need an approval unless this says `as-others`.
  AZURE_APPROVALS: oneOf(['always', 'as-others']).default('always'),
  APPROVERS: people.default([]),
  GUESTS_MATCH_BY_MAIL: switchOn,
  APPROVAL_CONVERSATION: conversation.optional(),
  ...languageModelVariables,
});

/** Empty means none in these, so that a template can always name them. */
const mayBeEmpty: ReadonlySet<string> = new Set(['APPROVERS', 'APPROVAL_CONVERSATION']);
/** People paste these with quotes or brackets, and their reader takes those off. */
const mayBeWrapped: ReadonlySet<string> = new Set(['APPROVAL_CONVERSATION', 'STUDIO_CONNECTIONS']);
const names = Object.keys(variables.shape);

/** Known variables without outer blanks, and what is wrong with any of them before its meaning is looked at. */
export function plainVariables(given: Readonly<Record<string, string | undefined>>): {
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
      'still holds a key vault reference, because the web app could not read the secret',
      'a secret that exists, and give the web app’s identity the role Key Vault Secrets User',
    );
  }
  if (/\p{Cc}/u.test(name === 'STUDIO_CONNECTIONS' ? value.replace(/[\r\n\t]/gu, '') : value)) {
    return wrong('has a line break or another control character in it', 'it in one line');
  }
  if (isQuoted(value) && !mayBeWrapped.has(name)) return wrong('is in quotes', 'it without them');
  return null;
}

function isQuoted(value: string): boolean {
  const [first] = value;
  return value.length > 1 && (first === '"' || first === "'") && value.endsWith(first);
}

/** Sentences about variables that are set and mean nothing, but look as if they should. Values are never repeated. */
export function misspelt(given: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(given).flatMap((name) => {
    if (names.includes(name)) return [];
    const near = nearest(name);
    return near === null ? [] : [`${name} is no setting and has no effect; is ${near} meant?`];
  });
}

/** Words that only Steward's variables begin with. */
const ownBeginnings = /^(?:STEWARD|STUDIO|APPROV|ARCHIVE|MICROSOFT_?APP)_?/iu;

function nearest(name: string): string | null {
  const folded = fold(name);
  if (folded.length < 4) return null;
  const [best] = names
    .map((known) => ({ known, far: distance(folded, fold(known)) }))
    .sort((left, right) => left.far - right.far);
  if (best === undefined) return null;
  // Short names of other programs lie near each other by chance: PATH and PORT, HOME and HOST.
  const isNear = best.far <= Math.min(3, Math.floor(fold(best.known).length / 5)) || best.far === 0;
  return isNear || ownBeginnings.test(name) ? best.known : null;
}

function fold(name: string): string {
  return name.replaceAll('_', '').toUpperCase();
}
