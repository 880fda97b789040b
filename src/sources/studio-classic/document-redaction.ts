import { withoutSecrets } from '../../domain/scrub.ts';
import { isNamedSecret } from '../../domain/secret-assignments.ts';
import { surenessOf } from '../../domain/secret-names.ts';

/** Fields whose value is a credential, wherever they stand. From the payloads of every kind; compared without case. */
const secretFields: ReadonlySet<string> = new Set([
  'accesscredential',
  'sasblobtoken',
  'authorizationtoken',
  'primarytoken',
  'secondarytoken',
  'primarykey',
  'secondarykey',
  'userstoragekey',
  'storageaccountkey',
  'accountkey',
  'registrationkey',
  'msidentitycertificate',
  'authenticationuri',
  'sessionuri',
  'credentials',
  'password',
  'apikey',
]);

/** Names of module parameters that hold a credential. A "join key" or "key column" is none. */
const secretParameters = [
  /\b(account|access|storage|api|shared|primary|secondary|encryption) ?key\b/i,
  /\b(access|auth|authorization|bearer|api|sas) ?token\b/i,
  /password|passphrase|\bpwd\b|secret|connection ?string|credential|\bsas\b/i,
];

/**
 * Studio's JSON without its secrets: the values of secret fields and of module parameters that are credentials become
 * empty, and the known forms of credentials inside any other text are cut out. Everything else, the order of fields
 * and integers beyond 2^53 included, stays as it was, so that an experiment can still be imported.
 * `secrets` are known values (the workspace's tokens and keys) that are cut out wherever they stand.
 * Throws SyntaxError when the text is no JSON.
 */
export function redactJson(json: string, secrets: readonly string[], indent?: number): string {
  const revive = (key: string, value: unknown, context: { readonly source?: string }): unknown => {
    if (typeof value === 'number') return exactNumber(value, context.source);
    if (typeof value === 'string') {
      return isSecretField(key) || isNamedSecret(key, value) ? '' : withoutSecrets(value, { known: secrets });
    }
    if (typeof value !== 'object' || value === null) return value;
    if (isSecretField(key)) return emptied(value);
    return withoutSecretValue(value);
  };
  return JSON.stringify(exactJson.parse(json, revive), null, indent);
}

function isSecretField(key: string): boolean {
  const name = key.toLowerCase();
  return secretFields.has(name) || name.endsWith('connectionstring');
}

/** The fields that hold a parameter's name, and those that hold its value. */
const nameFields = ['Name', 'name', 'Key', 'key', 'ParameterName', 'parameterName'];
const valueFields = ['Value', 'value', 'ParameterValue', 'parameterValue'];

/** `{Name: "Account Key", Value: "…"}`: the shape of module and web service parameters, without a secret value. */
function withoutSecretValue(parameter: object): object {
  const fields = new Map(Object.entries(parameter));
  const valueField = valueFields.find((field) => typeof fields.get(field) === 'string');
  if (valueField === undefined) return parameter;
  const value = String(fields.get(valueField));
  const isSecret = nameFields.some((field) => {
    const name = fields.get(field);
    return typeof name === 'string' && (isSecretName(name) || isNamedSecret(name, value));
  });
  return isSecret ? { ...parameter, [valueField]: '' } : parameter;
}

/** True for the name of a module's or web service's parameter that holds a credential. */
export function isSecretName(name: string): boolean {
  return surenessOf(name) === 'sure' || secretParameters.some((pattern) => pattern.test(name));
}

/** The same shape with every text in it emptied. */
function emptied(value: unknown): unknown {
  if (typeof value === 'string') return '';
  if (Array.isArray(value)) return value.map(emptied);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, emptied(inner)]));
}

/** The language hands a reviver the digits as they came, and writes them so, since 2025; the type declarations lag behind. */
const exactJson = JSON as unknown as {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
};

/** Ticks of .NET and other integers that a double cannot hold keep all their digits. */
function exactNumber(value: number, source: string | undefined): unknown {
  return source !== undefined && Number.isInteger(value) && !Number.isSafeInteger(value)
    ? exactJson.rawJSON(source)
    : value;
}
