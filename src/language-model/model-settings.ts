import { z } from 'zod';

/** Where the optional language model is, and how Steward signs in there. */
export interface LanguageModelSettings {
  readonly kind: 'azure-openai' | 'openai-compatible';
  /** `https://<resource>.openai.azure.com`, or the address before `/chat/completions`, usually ending in `/v1`. */
  readonly endpoint: string;
  /** The deployment's name in Azure OpenAI, otherwise the model's. */
  readonly model: string;
  /** Null signs in to Azure OpenAI with Entra ID, and nowhere else at all. */
  readonly key: string | null;
}

/** The environment variables of the language model; without an endpoint it is off. */
export const languageModelVariables = {
  LANGUAGE_MODEL_KIND: z
    .enum(['azure-openai', 'openai-compatible'], 'is none of its values; write "azure-openai" or "openai-compatible".')
    .default('azure-openai'),
  LANGUAGE_MODEL_ENDPOINT: z
    .url({
      protocol: /^https?$/u,
      abort: true,
      error: 'is no web address; write one such as https://contoso.openai.azure.com.',
    })
    .refine(isPrivate, 'must begin with https, except on this machine, since what people write is sent there.')
    .optional(),
  LANGUAGE_MODEL_NAME: z.string().min(1).optional(),
  LANGUAGE_MODEL_KEY: z.string().regex(/^\S+$/u, 'has blanks in it; write the key’s value alone.').optional(),
};

const variables = z.object(languageModelVariables);

/** The settings that these variables make; null when the model is off. A fault is a sentence for the operator. */
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
  // What is no address at all is told by the check for addresses.
  return url === null || url.protocol === 'https:' || /^(?:localhost|127\.0\.0\.1|\[::1\])$/u.test(url.hostname);
}
