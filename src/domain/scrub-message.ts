import { scrub } from './scrub.ts';

/** Words that stand before a secret in the languages that people are likely to write. */
const labels = [
  'account key|access key|storage key|primary key|secondary key|api key|secret|password',
  'passwd|pwd|pass|passwort|kennwort|mot de passe|contraseña|senha|wachtwoord|hasło|lozinka',
  'heslo|пароль|密码|密碼|パスワード|비밀번호|token|clé|clave|schlüssel|credential',
].join('|');

/** In a sentence, "is" announces a value too, and people put no marks around it. */
const said = new RegExp(
  `((?<!\\p{L})(?:${labels})["'»”]?\\s{0,5}(?:[:=：]|<-|(?:is|ist|est|es)(?!\\p{L}))\\s{0,5})("[^"]{1,200}"|'[^']{1,200}'|[^\\s"',;]{1,200})`,
  'giu',
);

/** What a message outside of the tenant need not hold, and what stands in its place. */
const further: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [said, '$1***'],
  // Ids of subscriptions and tenants.
  [/(?<![\w-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\w-])/giu, '***'],
];

/** Whole links: what they lead to is nobody's business, and many carry their own signature. */
const links: readonly RegExp[] = [
  /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,15}:\/\/[^\s"'<>]{1,4000}/giu,
  /(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:core\.windows\.net|azureml\.net|sharepoint\.com)[^\s"'<>]{0,4000}/giu,
];

/** A run of characters that may hold a key. */
const run = /(?<![\w+/=-])[\w+/-]{24,4000}={0,2}/gu;

/**
 * A message as it may leave the tenant: without links and without the known forms of credentials, and, since a sentence
 * needs no such words, without ids and without whatever looks random. Rather too much than too little.
 */
export function withoutSecretsAndLinks(text: string): string {
  let clean = text;
  for (const link of links) clean = clean.replace(link, '[link]');
  clean = scrub(clean, { instead: '***' }).text;
  for (const [pattern, instead] of further) clean = clean.replace(pattern, instead);
  return clean.replace(run, (word) => (isRandom(word) ? '***' : word));
}

/** Hex of 128 bits and more, base64 with digits; and long words that mix capitals, small letters and digits. */
function isRandom(word: string): boolean {
  const letters = /[a-z]/iu.test(word);
  if (!letters || !/\d/u.test(word)) return false;
  if (!/[_-]/u.test(word)) return true;
  return word.length >= 40 && /[a-z]/u.test(word) && /[A-Z]/u.test(word);
}
