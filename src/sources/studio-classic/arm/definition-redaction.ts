import { z } from 'zod';
import { isSecretName, redactJson } from '../document-redaction.ts';

/** The fields of a definition that can contain credentials; everything else is kept unchanged. */
const Definition = z.looseObject({
  properties: z.looseObject({
    keys: z.unknown().optional(),
    storageAccount: z.looseObject({ key: z.string().optional() }).nullish(),
    parameters: z.record(z.string(), z.looseObject({ value: z.unknown() })).nullish(),
  }),
});

/**
 * A web service's definition without secrets: no keys, no storage key, no values of parameters that are credentials,
 * no signatures. Throws SyntaxError or ZodError when the text is not a definition.
 */
export function redactArm(json: string): string {
  const { properties, ...rest } = Definition.parse(JSON.parse(json));
  const { keys: _keys, storageAccount, parameters, ...others } = properties;
  const safe = {
    ...others,
    ...(storageAccount ? { storageAccount: { ...storageAccount, key: undefined } } : {}),
    ...(parameters ? { parameters: withoutSecretValues(parameters) } : {}),
  };
  return redactJson(JSON.stringify({ ...rest, properties: safe }), [], 2);
}

function withoutSecretValues(parameters: Readonly<Record<string, { readonly value: unknown }>>) {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [
      name,
      isSecretName(name) ? { ...parameter, value: '' } : parameter,
    ]),
  );
}
