/**
 * Credentials that are recognizable by their own format, without a name. Every pattern begins with fixed letters or has
 * bounded repetitions, so that time is linear in the length of the text. Sources: each issuer's documentation of its
 * prefixes (GitHub, AWS, Slack, Google, OpenAI, GitLab, npm, Stripe, SendGrid, Databricks, Entra ID), RFC 7468 for PEM,
 * RFC 7519 for JWT, RFC 3986 for user information in URLs.
 */

/** A format and how it is matched. */
interface Shape {
  readonly pattern: RegExp;
  /**
   * Lower-case substrings, one of which the text must contain: a cheap prefilter that spares most texts the pattern.
   */
  readonly needs: readonly string[];
  /** Which group holds the credential; the whole match unless given. */
  readonly group?: number;
  /** Returns false for words that only look like a credential. */
  readonly accept?: (credential: string) => boolean;
}

/** True for words that people hardly write: with digits, or with capital letters inside. */
export function looksRandom(word: string): boolean {
  return /\d/.test(word) || /[a-z][A-Z]/.test(word) || word.endsWith('=');
}

const shapes: readonly Shape[] = [
  { needs: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], pattern: /(?<![\w-])gh[pousr]_[A-Za-z0-9]{20,255}/g },
  { needs: ['github_pat_'], pattern: /(?<![\w-])github_pat_[A-Za-z0-9_]{22,255}/g },
  { needs: ['akia', 'asia', 'aida', 'aroa'], pattern: /\b(?:AKIA|ASIA|AIDA|AROA)[A-Z0-9]{16}\b/g },
  { needs: ['xox'], pattern: /(?<![\w-])xox[abeoprs]-[A-Za-z0-9-]{10,255}/g },
  { needs: ['xapp-'], pattern: /(?<![\w-])xapp-[A-Za-z0-9-]{20,255}/g },
  { needs: ['aiza'], pattern: /(?<![\w-])AIza[\w-]{35}/g },
  { needs: ['ya29.'], pattern: /(?<![\w-])ya29\.[\w-]{20,512}/g },
  { needs: ['sk-'], pattern: /(?<![\w-])sk-[A-Za-z0-9_-]{20,255}/g, accept: looksRandom },
  { needs: ['glpat-'], pattern: /(?<![\w-])glpat-[\w-]{20,255}/g },
  { needs: ['npm_'], pattern: /(?<![\w-])npm_[A-Za-z0-9]{36}/g },
  { needs: ['hf_'], pattern: /(?<![\w-])hf_[A-Za-z0-9]{30,64}/g },
  { needs: ['dapi'], pattern: /(?<![\w-])dapi[a-f0-9]{32}/g },
  { needs: ['_live_', '_test_'], pattern: /(?<![\w-])(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,255}/g },
  { needs: ['sg.'], pattern: /(?<![\w-])SG\.[\w-]{16,64}\.[\w-]{16,128}/g },
  { needs: ['hooks.slack'], pattern: /\bhooks\.slack\.com\/services\/([\w/-]{10,120})/g, group: 1 },
  { needs: ['eyj'], pattern: /(?<![\w-])eyJ[\w-]{5,4096}\.[\w-]{2,8192}(?:\.[\w-]{0,2048}){0,3}/g },
  // A client secret of Entra ID: three characters, a digit, "Q~", and the rest.
  { needs: ['q~'], pattern: /[\w.~-]{3}\dQ~[\w.~-]{31,34}/g },
  // 64 bytes in base64: keys of storage accounts and Cosmos DB.
  { needs: ['=='], pattern: /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==/g },
  // A SAS: everything from the question mark on is removed, signature or not, since the rest is useless without it.
  { needs: ['sig='], pattern: /\?[^\s"'<>\\?]{0,2000}?\bsig=[\w%+/][^\s"'<>\\]{1,2000}/gi },
  {
    needs: ['sig=', 'sig%3d', 'sharedaccesssignature'],
    pattern: /(?<![a-z])(?:sig|SharedAccessSignature)(?:=|%3D)(?=[\w%+/])((?:(?!%26)[^\s"'<>&;\\]){1,2000})/gi,
    group: 1,
  },
  { needs: ['code='], pattern: /[?&]code=([\w%+/=~.-]{20,255})/g, group: 1 },
  { needs: ['://'], pattern: /:\/\/[^\s/@:"'<>]{0,100}:([^\s/"'<>\\]{1,200})@/gi, group: 1 },
  { needs: ['jdbc:oracle'], pattern: /\bjdbc:oracle:[a-z]{1,10}:[^\s/@]{1,60}\/([^\s/@]{1,100})@/gi, group: 1 },
  {
    needs: ['authorization'],
    pattern:
      /\bAuthorization\\{0,4}["']?\s{0,5}[:=]\s{0,5}\\{0,4}["']?(?:Basic|Bearer|Digest|Token)\s{1,5}([^\s"'<>\\]{2,4096})/gi,
    group: 1,
  },
  {
    needs: ['bearer', 'basic'],
    pattern: /\b(?:Bearer|Basic)\s{1,5}([\w.~+/=-]{8,4096})/g,
    group: 1,
    accept: looksRandom,
  },
  {
    needs: ['cookie'],
    pattern: /\b(?:Set-)?Cookie\\{0,4}["']?\s{0,5}:\s{0,5}\\{0,4}["']?([^\r\n"'\\]{3,4096})/gi,
    group: 1,
    accept: (value) => value.includes('='),
  },
  {
    needs: ['securestring'],
    pattern: /\bConvertTo-SecureString\s{1,5}(?:-String\s{1,5})?\\{0,4}["']([^"'\n\\]{1,500})\\{0,4}["']/gi,
    group: 1,
  },
  {
    needs: ['networkcredential', 'basicauth'],
    pattern:
      /\b(?:NetworkCredential|HTTPBasicAuth)\s{0,5}\(\s{0,5}\\{0,4}["'][^"'\n\\]{0,100}\\{0,4}["']\s{0,5},\s{0,5}\\{0,4}["']([^"'\n\\]{1,500})\\{0,4}["']/g,
    group: 1,
  },
  {
    needs: ['auth'],
    pattern:
      /\bauth\s{0,5}=\s{0,5}\(\s{0,5}\\{0,4}["'][^"'\n\\]{0,100}\\{0,4}["']\s{0,5},\s{0,5}\\{0,4}["']([^"'\n\\]{1,500})\\{0,4}["']/g,
    group: 1,
  },
  {
    needs: ['identified'],
    pattern: /\bIDENTIFIED\s{1,5}BY\s{1,5}(?:PASSWORD\s{1,5})?\\{0,4}["']([^"'\n\\]{1,500})\\{0,4}["']/gi,
    group: 1,
  },
  { needs: ['login'], pattern: /\blogin\s{1,5}\S{1,100}\s{1,5}password\s{1,5}([^\s"'\\]{1,200})/g, group: 1 },
  {
    needs: ['-u', '--user'],
    pattern: /(?<!\S)(?:-u|--user)[ =]\\{0,4}["']?[^\s:"']{1,100}:([^\s"'\\]{1,200})/g,
    group: 1,
  },
];

/** Matches when any of the substrings occurs that the shapes need: most texts are short and contain none. */
const anyPrefilter = new RegExp(
  shapes
    .flatMap(({ needs }) => needs)
    .map((letters) => letters.replace(/[.?]/g, '\\$&'))
    .join('|')
    .concat('|private key'),
  'i',
);

/** Removes every credential with a recognizable format from a text; calls `count` once for each. */
export function withoutSecretFormats(text: string, instead: string, count: () => void): string {
  if (!anyPrefilter.test(text)) return text;
  const lower = text.toLowerCase();
  let clean = withoutPrivateKeys(text, instead, count);
  for (const { needs, pattern, group, accept } of shapes) {
    if (!needs.some((letters) => lower.includes(letters))) continue;
    clean = clean.replace(pattern, (match: string, ...rest: unknown[]) => {
      const credential = group === undefined ? match : String(rest[group - 1] ?? '');
      if (credential === '' || credential === instead || accept?.(credential) === false) return match;
      count();
      const at = match.lastIndexOf(credential);
      return match.slice(0, at) + instead + match.slice(at + credential.length);
    });
  }
  return clean;
}

const pemHeader = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const pemFooter = '-----END ';

/** Private keys in PEM (RFC 7468), encrypted ones too; a truncated one extends to the end of the text. */
function withoutPrivateKeys(text: string, instead: string, count: () => void): string {
  if (!text.includes('PRIVATE KEY')) return text;
  let clean = '';
  let from = 0;
  for (const match of text.matchAll(pemHeader)) {
    const inside = match.index + match[0].length;
    if (match.index < from) continue;
    count();
    clean += text.slice(from, inside) + instead;
    const until = text.indexOf(pemFooter, inside);
    from = until < 0 ? text.length : until;
    if (until < 0) break;
  }
  return clean + text.slice(from);
}
