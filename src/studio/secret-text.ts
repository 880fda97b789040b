/** Everything from the `?` on when a signature is among the parameters: the shape of a SAS. */
const signedQuery = /\?[^\s"'<>\\?]*?\bsig=[^\s"'<>\\]*/gi;
/** A signature that stands without its question mark (a bare SAS token), or encoded inside another address. */
const bareSignature = /(?<![a-z])(sig|SharedAccessSignature)(=|%3D)(?:(?!%26)[^\s"'<>&;\\])+/gi;
/**
 * `AccountKey=…;`, `"password": "…"`, `Pwd = …` and their relatives in any text: up to the closing quote, or up to the
 * semicolon of a connection string (values may hold spaces), or to the end of the word. Rather too much than too little.
 */
const namedSecret =
  /\b(account_?key|shared_?access_?key|access_?key|storage_?key|primary_?key|secondary_?key|api_?key|client_?secret|password|passwd|pwd|user_?password|sas_?token|(?:primary|secondary|authorization|access|workspace)_?token)(\\?["']?\s*(?:[:=]|<-)\s*)(?:(\\?["'])(?:(?!\3).){0,500}|[^\s"'<>;\\]+(?:[^;"'=\\\n]{0,100}(?=;))?)/gi;
const bearer = /\b(Bearer)\s+[A-Za-z0-9._~+/=-]{8,}/g;

/**
 * The same text without anything that looks like a credential: SAS queries, connection string keys, passwords,
 * bearer tokens, and the given secrets wherever they stand. What remains around them is left as it was.
 */
export function withoutSecrets(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of secrets) if (secret.length >= 6) clean = clean.replaceAll(secret, '');
  if (!/sig|key|passw|pwd|token|secret|bearer/i.test(clean)) return clean;
  return clean
    .replace(signedQuery, '')
    .replace(bareSignature, '$1$2')
    .replace(
      namedSecret,
      (_match, name: string, sign: string, quote: string | undefined) => `${name}${sign}${quote ?? ''}`,
    )
    .replace(bearer, '$1');
}
