import { withoutSecrets } from '../../domain/scrub.ts';
import { isNamedSecret } from '../../domain/secret-assignments.ts';
import { confidenceOf } from '../../domain/secret-names.ts';

/** Fields whose value is a credential, at any depth. From the payloads of all kinds; case-insensitive. */
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

/** Names of module parameters that contain a credential. A "join key" or "key column" is not one. */
const secretParameters = [
  /\b(account|access|storage|api|shared|primary|secondary|encryption) ?key\b/i,
  /\b(access|auth|authorization|bearer|api|sas) ?token\b/i,
  /password|passphrase|\bpwd\b|secret|connection ?string|credential|\bsas\b/i,
];

/**
 * Studio's JSON without its secrets: the values of secret fields and of module parameters that are credentials become
 * empty, and known forms of credentials inside any other text are removed. Everything else, including the order of
 * fields and integers beyond 2^53, stays unchanged, so that an experiment can still be imported.
 * `secrets` are known values (the workspace's tokens and keys) that are removed everywhere.
 * Throws SyntaxError when the text is not JSON.
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

/** The fields for a parameter's name, and those for its value. */
const nameFields = ['Name', 'name', 'Key', 'key', 'ParameterName', 'parameterName'];
const valueFields = ['Value', 'value', 'ParameterValue', 'parameterValue'];

/** Empties a secret value in `{Name: "Account Key", Value: "…"}`, the shape of module and web service parameters. */
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

/** True for the name of a module's or web service's parameter that contains a credential. */
export function isSecretName(name: string): boolean {
  return confidenceOf(name) === 'sure' || secretParameters.some((pattern) => pattern.test(name));
}

/** A copy of the value with all texts empty. */
function emptied(value: unknown): unknown {
  if (typeof value === 'string') return '';
  if (Array.isArray(value)) return value.map(emptied);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, emptied(inner)]));
}

/** `JSON.parse` with source text, and `JSON.rawJSON`: in the language since 2025, but not in the type declarations. */
const exactJson = JSON as unknown as {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
};

/** Integers beyond the precision of a double, such as .NET ticks, keep all their digits. */
function exactNumber(value: number, source: string | undefined): unknown {
  return source !== undefined && Number.isInteger(value) && !Number.isSafeInteger(value)
    ? exactJson.rawJSON(source)
    : value;
}
