import { readFile } from 'node:fs/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { fileURLToPath } from 'node:url';
import type { AccessToken } from '@azure/identity';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startChat } from './chat.ts';
import { type OpenAiStub, startOpenAiStub } from './openai-stub.ts';

const fixture = (name: string) =>
  readFile(fileURLToPath(new URL(`../fixtures/self-signed-for-loopback/${name}`, import.meta.url)), 'utf8');
const german = 'Bitte exportiere meinen Arbeitsbereich';

let azure: OpenAiStub;
beforeAll(async () => {
  const [cert, key] = await Promise.all([fixture('certificate.pem'), fixture('key.pem')]);
  setDefaultCACertificates([...getCACertificates('default'), cert]);
  azure = await startOpenAiStub({ cert, key });
  azure.behaviour = { does: 'answers', content: '{"intent":"export.workspace","slots":{}}' };
});
afterAll(() => azure[Symbol.asyncDispose]());

function settings(key: string | null) {
  azure.seen.length = 0;
  return { kind: 'azure-openai', endpoint: azure.url, model: 'reader', key } as const;
}

describe('Azure OpenAI', () => {
  it('is called at its deployment, with the key in its own header', async () => {
    const planned = await startChat(settings('key-1')).say(german);
    expect(planned.reading.intent).toBe('export.workspace');
    const [call] = azure.seen;
    expect(call?.path).toBe('/openai/deployments/reader/chat/completions?api-version=2024-10-21');
    expect(call?.headers['api-key']).toBe('key-1');
    expect(call?.headers.authorization).toBeUndefined();
  });

  it('is signed in to with Entra ID where there is no key', async () => {
    const scopes: unknown[] = [];
    const getToken = async (scope: string | string[]): Promise<AccessToken> => {
      scopes.push(scope);
      return { token: 'token-1', expiresOnTimestamp: 0 };
    };
    const planned = await startChat(settings(null), { credential: { getToken } }).say(german);
    expect(planned.reading.intent).toBe('export.workspace');
    expect(scopes).toEqual(['https://cognitiveservices.azure.com/.default']);
    expect(azure.seen[0]?.headers.authorization).toBe('Bearer token-1');
    expect(azure.seen[0]?.headers['api-key']).toBeUndefined();
  });

  it('is not called when there is no token to be had', async () => {
    const printed = vi.spyOn(console, 'log');
    const getToken = () => Promise.reject(new Error('AADSTS700016 for contoso'));
    const chat = startChat(settings(null), { credential: { getToken } });
    expect((await chat.say(german)).reading.intent).toBe('none');
    expect(azure.seen).toEqual([]);
    expect(JSON.parse(chat.log[0] ?? '')).toMatchObject({ reason: 'no-credential' });
    expect(chat.log[0]).not.toContain('contoso');
    expect(printed).not.toHaveBeenCalled();
    printed.mockRestore();
  });

  it('does not make a person wait for a token longer than for everything together', async () => {
    let asked = () => {};
    const arrived = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const getToken = () => {
      asked();
      return new Promise<never>(() => undefined);
    };
    const chat = startChat(settings(null), { credential: { getToken } });
    const planned = chat.say(german);
    await arrived;
    chat.clock.advance(2_000);
    expect((await planned).reading.intent).toBe('none');
    expect(JSON.parse(chat.log[0] ?? '')).toMatchObject({ reason: 'timeout' });
  });

  it('is not reached at another address because of variables that OpenAI’s client knows', async () => {
    for (const name of ['OPENAI_BASE_URL', 'AZURE_OPENAI_ENDPOINT', 'AZURE_OPENAI_API_KEY', 'OPENAI_API_VERSION']) {
      vi.stubEnv(name, 'https://contoso.example');
    }
    const planned = await startChat(settings('key-1')).say(german);
    vi.unstubAllEnvs();
    expect(planned.reading.intent).toBe('export.workspace');
    expect(azure.seen[0]?.headers['api-key']).toBe('key-1');
  });
});
