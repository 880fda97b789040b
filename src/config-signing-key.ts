import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { shown, type Wrong, wrong } from './config-words.ts';

/** The key that signs heads of the record: one of Key Vault, or one that this process holds. */
export type SigningKey =
  | { readonly kind: 'vault'; readonly vaultUrl: string; readonly name: string; readonly version?: string }
  | { readonly kind: 'file'; readonly key: KeyObject };

const form =
  'the address of an EC key on P-256 in Key Vault, such as https://contoso.vault.azure.net/keys/steward-record, or the path of a PEM file with a private one';

/** The key that AUDIT_SIGNING_KEY names, or what is wrong with it. */
export function readSigningKey(given: string): SigningKey | Wrong {
  if (/^[a-z]+:\/\//iu.test(given)) {
    const url = URL.parse(given);
    const [, name, version] = /^\/keys\/([\w-]{1,127})(?:\/([0-9a-f]{1,64}))?\/?$/iu.exec(url?.pathname ?? '') ?? [];
    if (url?.protocol !== 'https:' || name === undefined)
      return wrong(`${shown(given)} is not the address of a key`, form);
    return { kind: 'vault', vaultUrl: url.origin, name, ...(version === undefined ? {} : { version }) };
  }
  try {
    const key = createPrivateKey(readFileSync(given));
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return { kind: 'file', key };
  } catch {
    return wrong(`no private key can be read from ${shown(given)}`, form);
  }
  return wrong(`the key in ${shown(given)} is not an EC key on P-256`, form);
}
