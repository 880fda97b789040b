import { scrub } from './scrub.ts';

/** Words that precede a secret, in the languages that people are likely to write. */
const labels = [
  'account key|access key|storage key|primary key|secondary key|api key|secret|password',
  'passwd|pwd|pass|passwort|kennwort|mot de passe|contraseña|senha|wachtwoord|hasło|lozinka',
  'heslo|пароль|密码|密碼|パスワード|비밀번호|token|clé|clave|schlüssel|credential',
].join('|');

/** In a sentence, "is" introduces a value too, and people do not quote it. */
const said = new RegExp(
  `((?<!\\p{L})(?:${labels})["'»”]?\\s{0,5}(?:[:=：]|<-|(?:is|ist|est|es)(?!\\p{L}))\\s{0,5})("[^"]{1,200}"|'[^']{1,200}'|[^\\s"',;]{1,200})`,
  'giu',
);

/** Further patterns that must not leave the tenant, with their replacements. */
const further: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [said, '$1***'],
  // Ids of subscriptions and tenants.
  [/(?<![\w-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\w-])/giu, '***'],
];

/** Links are removed whole: their targets are private, and many carry their own signature. */
const links: readonly RegExp[] = [
  /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,15}:\/\/[^\s"'<>]{1,4000}/giu,
  /(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:core\.windows\.net|azureml\.net|sharepoint\.com)[^\s"'<>]{0,4000}/giu,
];

/** A sequence of characters that may be a key. */
const run = /(?<![\w+/=-])[\w+/-]{24,4000}={0,2}/gu;

/**
 * A message that may leave the tenant: without links, known forms of credentials, ids and random-looking strings, which
 * a sentence does not need. When in doubt, it removes too much.
 */
export function withoutSecretsAndLinks(text: string): string {
  let clean = text;
  for (const link of links) clean = clean.replace(link, '[link]');
  clean = scrub(clean, { instead: '***' }).text;
  for (const [pattern, instead] of further) clean = clean.replace(pattern, instead);
  return clean.replace(run, (word) => (isRandom(word) ? '***' : word));
}

/**
 * Random-looking: hex of 128 bits and more, base64 with digits, and long words that mix upper case, lower case and
 * digits.
 */
function isRandom(word: string): boolean {
  const letters = /[a-z]/iu.test(word);
  if (!letters || !/\d/u.test(word)) return false;
  if (!/[_-]/u.test(word)) return true;
  return word.length >= 40 && /[a-z]/u.test(word) && /[A-Z]/u.test(word);
}
