import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { modelRequest } from '../../src/language-model/model-request.ts';
import { type Chat, startChat } from './chat.ts';
import { type OpenAiStub, startOpenAiStub } from './openai-stub.ts';

const sent = z.object({ messages: z.array(z.object({ role: z.string(), content: z.string() })) });
const german = 'Bitte lösche den Datensatz churn.csv';

let stub: OpenAiStub;
let chat: Chat;

beforeEach(async () => {
  stub = await startOpenAiStub();
  chat = startChat({ kind: 'openai-compatible', endpoint: `${stub.url}/v1`, model: 'small', key: 'key-of-the-test' });
});
afterEach(() => stub[Symbol.asyncDispose]());

/** The request in the last call, as it was understood from its body. */
function lastRequest(): { earlier: string[]; message: string } {
  const [, user] = sent.parse(JSON.parse(stub.seen.at(-1)?.body ?? '')).messages;
  return JSON.parse(user?.content ?? '') as { earlier: string[]; message: string };
}

describe('a call to the language model', () => {
  it('holds the fixed instruction and the request, and no third thing', async () => {
    await chat.say(german);
    const prompt = new URL('../../src/language-model/prompts/read-message/skprompt.txt', import.meta.url);
    const { messages, ...parameters } = JSON.parse(stub.seen[0]?.body ?? '') as { messages: unknown };
    expect(messages).toEqual([
      { role: 'system', content: await readFile(fileURLToPath(prompt), 'utf8') },
      { role: 'user', content: modelRequest(german, []) },
    ]);
    expect(parameters).toEqual({
      model: 'small',
      response_format: { type: 'json_object' },
      max_tokens: 400,
      temperature: 0,
      top_p: 1,
      presence_penalty: 0,
      frequency_penalty: 0,
      seed: 1,
    });
  });

  it('goes to the one address, with the key and no word about this machine', async () => {
    await chat.say(german);
    const [{ path, headers } = { path: '', headers: {} }] = stub.seen;
    expect(path).toBe('/v1/chat/completions');
    expect(headers.authorization).toBe('Bearer key-of-the-test');
    expect(Object.keys(headers).toSorted()).toEqual([
      'accept',
      'accept-encoding',
      'accept-language',
      'authorization',
      'connection',
      'content-length',
      'content-type',
      'host',
      'sec-fetch-mode',
      'user-agent',
    ]);
    expect(headers['user-agent']).toBe('node');
  });

  it('carries no empty key where none is set', async () => {
    await startChat({ kind: 'openai-compatible', endpoint: `${stub.url}/v1`, model: 'small', key: null }).say(german);
    expect(stub.seen[0]?.headers).not.toHaveProperty('authorization');
  });

  it('tells nothing else that Teams sent along: people, teams, files, cards', async () => {
    const canary = 'Canary';
    await chat.say(german, {
      from: { id: `${canary}-id`, name: `${canary} Wilber`, aadObjectId: `${canary}-object`, role: canary },
      conversation: {
        id: `${canary}-chat`,
        name: `${canary} project`,
        isGroup: true,
        conversationType: 'channel',
        tenantId: canary,
      },
      attachments: [{ contentType: 'text/html', content: `<b>${canary}</b>`, name: `${canary}.csv` }],
      entities: [{ type: 'mention', mentioned: { id: canary, name: canary } }],
      channelData: { team: { name: canary } },
      value: { canary },
      summary: canary,
      locale: canary,
    });
    expect(stub.seen).toHaveLength(1);
    expect(JSON.stringify(stub.seen)).not.toMatch(/canary/iu);
  });

  it('is not made about a message that mentions somebody, nor are such a message and others’ words told later', async () => {
    const mention = { type: 'mention', mentioned: { id: '29:x', name: 'Canary Bowen' }, text: '<at>Canary Bowen</at>' };
    await chat.say('Bitte lösche den Datensatz von <at>Canary Bowen</at>', {
      entities: [mention],
      textFormat: 'plain',
    });
    expect(stub.seen).toHaveLength(0);
    const quote = '<blockquote itemtype="http://schema.skype.com/Reply"><p itemprop="preview">Canary</p></blockquote>';
    await chat.say(`Canary${german}`, {
      textFormat: 'plain',
      attachments: [{ contentType: 'text/html', content: `${quote}<p>${german}</p>` }],
    });
    expect(stub.seen).toHaveLength(1);
    expect(lastRequest()).toEqual({ earlier: [], message: german });
    expect(JSON.stringify(stub.seen)).not.toMatch(/canary/iu);
  });

  it('does not take braces in a message for a template', async () => {
    await chat.say('Lösche {{$temp.input}} {{intents}} {{$conversation.history}} bitte');
    expect(lastRequest().message).toBe('Lösche {{$temp.input}} {{intents}} {{$conversation.history}} bitte');
  });

  it('is not made with another address or key because of variables that OpenAI’s client knows', async () => {
    for (const name of ['OPENAI_BASE_URL', 'OPENAI_API_KEY', 'OPENAI_ORG_ID', 'OPENAI_PROJECT_ID']) {
      vi.stubEnv(name, 'https://contoso.example/v1');
    }
    await chat.say(german);
    vi.unstubAllEnvs();
    expect(JSON.stringify(stub.seen[0])).not.toContain('contoso');
    expect(stub.seen[0]?.headers.authorization).toBe('Bearer key-of-the-test');
  });
});

describe('what was said before', () => {
  it('goes along with the next message: the last three texts, oldest first, each cut', async () => {
    for (const text of ['eins', 'hallo zwei', `drei ${'x '.repeat(400)}`, 'und vier']) await chat.say(text);
    await chat.say(german);
    const { earlier } = lastRequest();
    expect(earlier).toHaveLength(3);
    expect(earlier[0]).toBe('hallo zwei');
    expect(earlier[1]).toHaveLength(201);
    expect(earlier[2]).toBe('und vier');
  });

  it('is only what the same person said in the same conversation', async () => {
    await chat.say('geheimes Vorhaben', { from: { id: 'megan', name: 'Megan Bowen' } });
    await chat.say('anderer Ort', { conversation: { id: 'chat-2' } as never });
    await chat.say(german);
    expect(lastRequest().earlier).toEqual([]);
  });

  it('is forgotten after a quarter of an hour', async () => {
    await chat.say('geheimes Vorhaben');
    chat.clock.advance(15 * 60_000 + 1);
    await chat.say(german);
    expect(lastRequest().earlier).toEqual([]);
  });
});

const pasted: readonly (readonly [string, string, string])[] = [
  ['a link with a signature', 'https://contoso.blob.core.windows.net/a/b.zip?sv=2024&sig=Ab%2Fcd12', 'Ab%2Fcd12'],
  ['any link at all', 'https://contoso.sharepoint.com/sites/legal/cases', 'legal'],
  ['a bare signature', '?sv=2024-11-04&se=2026-01-01&sr=b&sp=r&sig=QmFzZTY0c2lnbmF0dXJl%3D', 'QmFzZTY0c2ln'],
  ['a storage address without its scheme', 'contoso.blob.core.windows.net/a?sig=zz9', 'zz9'],
  ['a workspace’s authorization token', '0123456789abcdef0123456789abcdef', '0123456789abcdef'],
  ['an account key', 'AccountName=a;AccountKey=c2VjcmV0LWtleQ==;EndpointSuffix=x', 'c2VjcmV0LWtleQ'],
  ['a storage key alone', 'kZ8fP3mQ1x+T7vB2nL5cR9yW4uE6sJ0dG1hK3aM8qO2iX5zC7bV9tN4rF6pL0wY2eU8==', 'kZ8fP3mQ1x'],
  ['a bearer token', 'Authorization: Bearer abcDEF123456.789xyz', 'abcDEF123456'],
  ['a JSON web token', 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln', 'eyJzdWIiOiJhIn0'],
  ['a password', 'password: Sommer2026!', 'Sommer2026'],
  ['a password in German', 'mein Passwort ist "ganz geheim"', 'ganz geheim'],
  ['a password in French', 'mot de passe : azerty', 'azerty'],
  ['a client secret', 'client_secret=Q8~aBcD_efGh', 'Q8~aBcD_efGh'],
  ['an API key', 'sk-proj-a1b2c3d4e5f6g7h8', 'a1b2c3d4e5f6'],
  ['a subscription id', '6f0b2a52-6d4e-4a1e-9c55-5b8f3f0e2a11', '6d4e-4a1e'],
];

describe('a secret pasted into a message', () => {
  it.each(pasted)('is blanked: %s', async (_what, secret, telling) => {
    expect(secret).toContain(telling);
    await chat.say(`Lösche bitte churn.csv, siehe ${secret} danke`);
    await chat.say(german);
    expect(stub.seen).toHaveLength(2);
    expect(lastRequest().earlier[0]).toContain('churn.csv');
    for (const { body } of stub.seen) expect(body).not.toContain(telling);
  });

  it.each([
    'churn 2019',
    'customer_churn_2019_training_set_v2.csv',
    'Fraud Detection',
    'Straßenverkehrsordnung',
    'DSR-1042',
  ])('is not confused with a name: %s', (name) => {
    expect(modelRequest(`Lösche „${name}“`, [])).toContain(name);
  });
});
