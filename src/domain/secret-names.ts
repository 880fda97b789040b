/** Which names are names of credentials: the last word of the name decides, however the words are joined. */

/**
 * The confidence that a name is one of a credential. After a `sure` one any value is a credential; after a `likely`
 * one, whose word has other meanings too ("token", "secret"), only a value that is quoted or does not look like a word.
 */
export type Confidence = 'sure' | 'likely';

const sureNouns: ReadonlySet<string> = new Set(
  `
  password passwords passwd pwd passphrase passcode passwort kennwort userpwd apikey apisecret secretkey
  clientsecret accesskey accountkey storagekey privatekey sharedkey sastoken authtoken accesstoken`
    .trim()
    .split(/\s+/),
);
const likelyNouns: ReadonlySet<string> = new Set('secret secrets token pass pw credential credentials'.split(' '));

/** Words that make a key a credential: "account key", unlike "sort key" and "key column". */
const keyQualifiers: ReadonlySet<string> = new Set(
  `
  account access storage api shared encryption secret private signing subscription master auth authorization
  admin functions function sas wasb wasbs hmac app application registration gateway vault host`
    .trim()
    .split(/\s+/),
);
/** Qualifiers that data models use as well. */
const likelyKeyQualifiers: ReadonlySet<string> = new Set('primary secondary service client'.split(' '));

/** Suffixes that do not change what the name is: `password1`, `API_KEY_PROD`, `tokenValue`. */
const endings: ReadonlySet<string> = new Set(
  `
  prod production dev development test testing staging qa uat live value text string str raw plain base64 b64
  new old current default encrypted main azure aws sql db`
    .trim()
    .split(/\s+/),
);

/** Endings of names whose words are joined in lower case. */
const joinedEndings = `
  password passwd passphrase passwort kennwort apikey accesskey accountkey storagekey secretkey privatekey
  sharedaccesskey clientsecret sastoken authtoken accesstoken dbpass userpass smtppass mailpass dbpwd userpwd sqlpwd`
  .trim()
  .split(/\s+/);

/** Hadoop's storage settings, whose names end in the account's address. */
const hadoopKey = /^fs\.azure\.(?:account\.key|sas|account\.oauth2\.client\.secret)\./i;

/**
 * The confidence that a name (of a variable, setting, field, parameter or header) is one of a credential; null when it
 * is not.
 */
export function confidenceOf(name: string): Confidence | null {
  if (name.length > 200) return null;
  if (hadoopKey.test(name)) return 'sure';
  const words = wordsOf(name);
  while (words.length > 1 && endings.has(words.at(-1) ?? '')) words.pop();
  const last = words.at(-1) ?? '';
  const before = words.at(-2) ?? '';
  if (sureNouns.has(last) || joinedEndings.some((end) => last.endsWith(end))) return 'sure';
  if (last === 'key' || last === 'keys') {
    if (keyQualifiers.has(before)) return 'sure';
    return likelyKeyQualifiers.has(before) ? 'likely' : null;
  }
  if (last === 'id' && before === 'key') return null;
  if (last === 'token' && qualifiedTokens.has(before)) return 'sure';
  if (last === 'secret' && before !== '') return 'sure';
  if (last === 'pass' && before !== '') return 'sure';
  return likelyNouns.has(last) ? 'likely' : null;
}

const qualifiedTokens: ReadonlySet<string> = new Set(
  'access auth authorization bearer api sas refresh session security workspace primary secondary id csrf'.split(' '),
);

/**
 * The words of a name in lower case: splits camelCase, snake_case, kebab-case, dots and spaces; drops trailing digits.
 */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9\u00c0-\u024f]+/)
    .map((word) => word.replace(/\d{1,4}$/, ''))
    .filter((word) => word !== '');
}
