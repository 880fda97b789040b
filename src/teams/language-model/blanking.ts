/** Words that stand before a secret, in the languages that people are likely to write. */
const labels =
  'account_?key|shared_?access_?key|access_?key|storage_?key|(?:primary|secondary|api)[_ -]?key|client_?secret|secret|password|passwd|pwd|pass|passwort|kennwort|mot de passe|contraseña|senha|wachtwoord|hasło|lozinka|heslo|пароль|密码|密碼|パスワード|비밀번호|token|clé|clave|schlüssel|credential';

const patterns: readonly (readonly [RegExp, string])[] = [
  // Whole links: what they lead to is nobody's business, and many carry their own signature.
  [/\b[a-z][a-z0-9+.-]{1,15}:\/\/[^\s"'<>]+/giu, '[link]'],
  [/\b(?:[\w-]+\.)+(?:core\.windows\.net|azureml\.net|sharepoint\.com)[^\s"'<>]*/giu, '[link]'],
  [/[^\s"'<>]*\b(?:sig|sharedaccesssignature|accountkey)=[^\s"'<>]*/giu, '***'],
  [
    new RegExp(
      `(${labels})("?\\s*(?:[:=：]|<-|\\bis\\b|\\bist\\b|\\best\\b|\\bes\\b)\\s*)("[^"]*"|'[^']*'|[^\\s"',;]+)`,
      'giu',
    ),
    '$1$2***',
  ],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/giu, '$1 ***'],
  [/\beyJ[\w-]+(?:\.[\w-]*){1,4}/gu, '***'],
  [/\b(?:sk|pk|gh[pousr]|xox[abprs]|AKIA|ASIA)[-_]?[\w-]{16,}/gu, '***'],
  [/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/giu, '***'],
  [/(?<![\w+/])(?=[a-z+/]*\d)(?=[\d+/]*[a-z])[a-z0-9+/]{24,}={0,2}/giu, '***'],
  [/(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{40,}/gu, '***'],
];

/** The text without links and without anything that looks like a password, a key, a token or a signature. */
export function withoutSecrets(text: string): string {
  let clean = text;
  for (const [pattern, instead] of patterns) clean = clean.replace(pattern, instead);
  return clean;
}
