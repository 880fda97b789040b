import { describe, expect, it, vi } from 'vitest';
import type { FinalReading } from '../../src/understanding/second-opinion.ts';
import { type Chat, startChat } from './chat.ts';
import { type Behaviour, type OpenAiStub, startOpenAiStub } from './openai-stub.ts';

const german = 'Bitte lösche den Datensatz churn.csv';

async function chatWith(behaviour: Behaviour): Promise<{ stub: OpenAiStub; chat: Chat } & AsyncDisposable> {
  const stub = await startOpenAiStub();
  stub.behaviour = behaviour;
  const settings = { kind: 'openai-compatible', endpoint: `${stub.url}/v1`, model: 'small', key: 'k-1' } as const;
  return { stub, chat: startChat(settings), [Symbol.asyncDispose]: () => stub[Symbol.asyncDispose]() };
}

function expectEmbedded({ reading, askFirst }: FinalReading): void {
  expect({ intent: reading.intent, askFirst }).toEqual({ intent: 'none', askFirst: false });
}

const answers = (content: string): Behaviour => ({ does: 'answers', content });
const deletion = '{"intent":"delete.assets","slots":{"assets":[{"kind":"dataset","name":"churn.csv"}]}}';

describe('a language model that works', () => {
  it('reads what the embedded reader cannot, and marks a deletion to be asked about first', async () => {
    await using parts = await chatWith(answers(deletion));
    const planned = await parts.chat.say(german);
    expect(planned.reading.intent).toBe('delete.assets');
    expect(planned.askFirst).toBe(true);
    expect(planned.reading.slots).toEqual({ assets: [{ kind: 'dataset', name: 'churn.csv' }] });
    expect(parts.chat.log).toEqual([]);
  });

  it('is asked once a message', async () => {
    await using parts = await chatWith(answers(deletion));
    await parts.chat.say(german);
    expect(parts.stub.seen).toHaveLength(1);
  });
});

const failing: readonly (readonly [string, Behaviour, string])[] = [
  ['refuses the key', { does: 'refuses', status: 401, body: '{"error":{"message":"bad key k-1"}}' }, 'refused'],
  ['is throttled', { does: 'refuses', status: 429, body: '{}' }, 'refused'],
  ['is broken', { does: 'refuses', status: 500, body: '<html>churn.csv</html>' }, 'refused'],
  ['redirects elsewhere', { does: 'redirects', to: 'https://contoso.example/v1' }, 'redirect'],
  ['answers with HTML', { does: 'talks-nonsense', body: '<html></html>' }, 'malformed'],
  ['answers with half a JSON object', { does: 'talks-nonsense', body: '{"choices":[{"message":' }, 'malformed'],
  ['answers with no choice', { does: 'talks-nonsense', body: '{"choices":[]}' }, 'malformed'],
  ['answers with nothing', { does: 'talks-nonsense', body: '' }, 'malformed'],
  ['answers with JSON nested a thousand times', { does: 'talks-nonsense', body: '['.repeat(30_000) }, 'malformed'],
  ['calls a tool that was not offered', { does: 'calls-a-tool', name: 'confirm', arguments: '{}' }, 'malformed'],
  ['breaks off', { does: 'breaks-off' }, 'unreachable'],
  ['resets the connection', { does: 'resets' }, 'unreachable'],
  ['never stops answering', { does: 'floods' }, 'oversized'],
];

describe('when the service', () => {
  it.each(failing)('%s, the embedded reading stands', async (_what, behaviour, reason) => {
    const printed = vi.spyOn(console, 'log');
    await using parts = await chatWith(behaviour);
    expectEmbedded(await parts.chat.say(german));
    expect(parts.stub.seen).toHaveLength(1);
    expect(parts.chat.log).toHaveLength(1);
    expect(JSON.parse(parts.chat.log[0] ?? '')).toMatchObject({ msg: 'language model gave no answer', reason });
    expect(parts.chat.log[0]).not.toMatch(/churn|k-1|contoso/u);
    expect(printed).not.toHaveBeenCalled();
    printed.mockRestore();
  });

  it.each<[string, Behaviour]>([
    ['says nothing', { does: 'stays-silent' }],
    ['lets its answer drip', { does: 'drips' }],
  ])('%s, the person waits two seconds and no more', async (_what, behaviour) => {
    await using parts = await chatWith(behaviour);
    let done = false;
    const planned = parts.chat.say(german).finally(() => {
      done = true;
    });
    await parts.stub.nextCall();
    parts.chat.clock.advance(1_999);
    expect(parts.chat.clock.waits).toEqual([1]);
    expect(done).toBe(false);
    parts.chat.clock.advance(1);
    expectEmbedded(await planned);
    expect(JSON.parse(parts.chat.log[0] ?? '')).toMatchObject({ reason: 'timeout' });
    // The call is given up, not left running.
    await parts.stub.seen[0]?.over;
  });

  it('is not there at all, the embedded reading stands', async () => {
    const stub = await startOpenAiStub();
    const endpoint = `${stub.url}/v1`;
    await stub[Symbol.asyncDispose]();
    const chat = startChat({ kind: 'openai-compatible', endpoint, model: 'small', key: null });
    expectEmbedded(await chat.say(german));
    expect(JSON.parse(chat.log[0] ?? '')).toMatchObject({ reason: 'unreachable' });
  });
});

const dropped: readonly (readonly [string, string, string])[] = [
  ['prose', 'Sure! I will delete churn.csv for you.', 'not-json'],
  ['a markdown fence around it', `\`\`\`json\n${deletion}\n\`\`\``, 'not-json'],
  ['two objects', `${deletion}${deletion}`, 'not-json'],
  ['nothing', '', 'not-json'],
  ['a list', `[${deletion}]`, 'not-offered'],
  ['null', 'null', 'not-offered'],
  ['a confirmation', '{"intent":"confirm","slots":{}}', 'not-offered'],
  ['a refusal in the person’s name', '{"intent":"decline","slots":{}}', 'not-offered'],
  ['an approval', '{"intent":"request.approve","slots":{"request":"DSR-7"}}', 'not-offered'],
  ['a field of its own', '{"intent":"help","slots":{},"confirmed":true}', 'not-offered'],
  ['a slot of its own', '{"intent":"export.workspace","slots":{"approved":true}}', 'not-offered'],
  ['"all"', '{"intent":"delete.assets","slots":{"all":true,"kind":"dataset"}}', 'not-offered'],
  [
    'a second command',
    '{"intent":"export.assets","slots":{"assets":[{"name":"churn.csv"}],"then":{"intent":"delete.workspace","slots":{}}}}',
    'not-offered',
  ],
  ['no names', '{"intent":"delete.assets","slots":{"assets":[]}}', 'not-offered'],
  ['an empty name', '{"intent":"delete.assets","slots":{"assets":[{"name":" "}]}}', 'not-offered'],
  [
    'an unknown kind',
    '{"intent":"delete.assets","slots":{"assets":[{"kind":"server","name":"churn.csv"}]}}',
    'not-offered',
  ],
  ['its own certainty', '{"intent":"help","slots":{},"confidence":1}', 'not-offered'],
  [
    'a name nobody wrote',
    '{"intent":"delete.assets","slots":{"assets":[{"name":"sales.csv"}]}}',
    'not-the-persons-words',
  ],
  [
    'a name beside the real one',
    '{"intent":"delete.assets","slots":{"assets":[{"name":"churn.csv"},{"name":"*"}]}}',
    'not-the-persons-words',
  ],
  ['a part of a name', '{"intent":"delete.assets","slots":{"assets":[{"name":"chur"}]}}', 'not-the-persons-words'],
  ['somebody else', '{"intent":"dsr.erase","slots":{"subject":"adelev@example.com"}}', 'not-the-persons-words'],
  ['another workspace', '{"intent":"list.assets","slots":{"workspace":"Payroll"}}', 'not-the-persons-words'],
  ['another’s request', '{"intent":"request.cancel","slots":{"request":"DSR-1"}}', 'not-the-persons-words'],
  ['the whole workspace instead of a file', '{"intent":"delete.workspace","slots":{}}', 'widened'],
  ['an export of everything instead of a file', '{"intent":"export.workspace","slots":{}}', 'widened'],
  ['a person’s erasure instead of a file', '{"intent":"dsr.erase","slots":{"subject":"me"}}', 'widened'],
];

describe('an answer is dropped, and the embedded reading stands, when it holds', () => {
  it.each(dropped)('%s', async (_what, content, reason) => {
    await using parts = await chatWith(answers(content));
    expectEmbedded(await parts.chat.say(german));
    expect(JSON.parse(parts.chat.log[0] ?? '')).toMatchObject({
      msg: 'language model answer rejected',
      reason,
    });
    expect(parts.chat.log[0]).not.toContain('churn');
  });
});
