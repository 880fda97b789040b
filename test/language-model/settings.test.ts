import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ConfigurationError, readSettings } from '../../src/config.ts';
import { modelAnswer } from '../../src/language-model/model-answer.ts';

const complete = {
  MICROSOFT_APP_ID: '6f0b2a52-6d4e-4a1e-9c55-5b8f3f0e2a11',
  MICROSOFT_APP_TENANT_ID: '0b7d3a52-6d4e-4a1e-9c55-5b8f3f0e2a11',
  STORAGE_ACCOUNT_URL: 'https://contoso.blob.core.windows.net',
  STUDIO_CONNECTIONS: '[]',
};
const model = { LANGUAGE_MODEL_ENDPOINT: 'https://contoso.openai.azure.com', LANGUAGE_MODEL_NAME: 'reader' };

function faults(variables: Record<string, string>): string {
  try {
    readSettings({ ...complete, ...variables });
    return '';
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
}

describe('a language model', () => {
  it('is off unless an endpoint is named', () => {
    expect(readSettings(complete)).not.toHaveProperty('languageModel');
    expect(readSettings({ ...complete, LANGUAGE_MODEL_NAME: 'reader' })).not.toHaveProperty('languageModel');
  });

  it('is Azure OpenAI, signed in to with Entra ID, unless something else is said', () => {
    expect(readSettings({ ...complete, ...model }).languageModel).toEqual({
      kind: 'azure-openai',
      endpoint: 'https://contoso.openai.azure.com',
      model: 'reader',
      key: null,
    });
  });

  it('may be a service on this machine without https', () => {
    const local = { LANGUAGE_MODEL_KIND: 'openai-compatible', LANGUAGE_MODEL_ENDPOINT: 'http://127.0.0.1:8080/v1' };
    expect(readSettings({ ...complete, ...model, ...local }).languageModel?.kind).toBe('openai-compatible');
  });

  it.each([
    ['without a name', { LANGUAGE_MODEL_ENDPOINT: 'https://contoso.openai.azure.com' }, 'LANGUAGE_MODEL_NAME'],
    ['over plain http', { ...model, LANGUAGE_MODEL_ENDPOINT: 'http://contoso.example/v1' }, 'LANGUAGE_MODEL_ENDPOINT'],
    ['at no address', { ...model, LANGUAGE_MODEL_ENDPOINT: 'contoso' }, 'LANGUAGE_MODEL_ENDPOINT'],
    ['of an unknown kind', { ...model, LANGUAGE_MODEL_KIND: 'oracle' }, 'LANGUAGE_MODEL_KIND'],
    ['with an empty key', { ...model, LANGUAGE_MODEL_KEY: '' }, 'LANGUAGE_MODEL_KEY'],
  ])('is refused %s', (_what, variables, name) => {
    expect(faults(variables)).toContain(name);
  });
});

describe('the instruction to the model', () => {
  it('offers exactly the intents that are accepted, and none that confirms', async () => {
    const path = '../../src/language-model/prompts/read-message/skprompt.txt';
    const prompt = await readFile(fileURLToPath(new URL(path, import.meta.url)), 'utf8');
    const offered = [...prompt.matchAll(/^- "([a-z.]+)":/gmu)].map(([, intent]) => intent);
    const accepted = modelAnswer.options.flatMap((option) => [...option.shape.intent.values]);
    expect(offered.toSorted()).toEqual(accepted.toSorted());
    expect(offered).not.toContain('confirm');
  });

  it('gives examples that are accepted themselves', async () => {
    const path = '../../src/language-model/prompts/read-message/skprompt.txt';
    const prompt = await readFile(fileURLToPath(new URL(path, import.meta.url)), 'utf8');
    const examples = [...prompt.matchAll(/ -> (\{.*\})$/gmu)].map(([, answer]) => JSON.parse(answer ?? '') as unknown);
    expect(examples.length).toBeGreaterThanOrEqual(4);
    for (const example of examples) expect(() => modelAnswer.parse(example)).not.toThrow();
  });
});
