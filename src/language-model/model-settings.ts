import { z } from 'zod';

/** Address and credentials of the optional language model. */
export interface LanguageModelSettings {
  readonly kind: 'azure-openai' | 'openai-compatible';
  /** `https://<resource>.openai.azure.com`, or the address before `/chat/completions`, usually ending in `/v1`. */
  readonly endpoint: string;
  /** The deployment's name in Azure OpenAI, otherwise the model's. */
  readonly model: string;
  /** With null, Azure OpenAI is used with Entra ID, and an `openai-compatible` service without a credential. */
  readonly key: string | null;
}

/** The environment variables of the language model; without an endpoint it is off. */
export const languageModelVariables = {
  LANGUAGE_MODEL_KIND: z
    .enum(
      ['azure-openai', 'openai-compatible'],
      'is not one of its values; write "azure-openai" or "openai-compatible".',
    )
    .default('azure-openai'),
  LANGUAGE_MODEL_ENDPOINT: z
    .url({
      protocol: /^https?$/u,
      abort: true,
      error: 'is not a web address; write one such as https://contoso.openai.azure.com.',
    })
    .refine(isPrivate, 'must begin with https, except on this machine, because people’s messages are sent there.')
    .optional(),
  LANGUAGE_MODEL_NAME: z.string().min(1).optional(),
  LANGUAGE_MODEL_KEY: z.string().regex(/^\S+$/u, 'contains blanks; write only the value of the key.').optional(),
};

const variables = z.object(languageModelVariables);

/** The settings from these variables; null when the model is off. A fault is a sentence for the operator. */
export function languageModelSettings(
  read: z.infer<typeof variables>,
): LanguageModelSettings | null | { fault: string } {
  const { LANGUAGE_MODEL_ENDPOINT: endpoint, LANGUAGE_MODEL_NAME: model } = read;
  if (endpoint === undefined) return null;
  if (model === undefined) return { fault: 'LANGUAGE_MODEL_NAME: is required when LANGUAGE_MODEL_ENDPOINT is set' };
  return { kind: read.LANGUAGE_MODEL_KIND, endpoint, model, key: read.LANGUAGE_MODEL_KEY ?? null };
}

function isPrivate(address: string): boolean {
  const url = URL.parse(address);
  // The URL check before this one reports text that is not an address.
  return url === null || url.protocol === 'https:' || /^(?:localhost|127\.0\.0\.1|\[::1\])$/u.test(url.hostname);
}
