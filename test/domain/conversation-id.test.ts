import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namedConversation } from '../../src/domain/conversation-id.ts';
import { channelOf } from '../../src/teams/channels.ts';

const tenantId = '0b7d3a52-6d4e-4a1e-9c55-5b8f3f0e2a11';
/** Real ids in their forms: channels of new and old teams, a group chat, a meeting, the bot's own chat. */
const ids = [
  '19:aBc12345d67e48f9a0b1c2d3e4f5a6b7@thread.tacv2',
  '19:Q2x_hb-NhZmV0eSBmaXJzdA1@thread.tacv2',
  '19:ab/c+d=e1@thread.tacv2',
  '19:cbe3683f25094106b826c9cada3afbe0@thread.skype',
  '19:meeting_ZGY4Y2M2Yjct@thread.v2',
  '19:0d1e2f3a4b5c46d7@thread.v2',
];
const encode = encodeURIComponent;
const lower = (text: string) => encode(text).replace(/%[0-9A-F]{2}/gu, (code) => code.toLowerCase());
const query = `?groupId=1c1b2a3d-0000-4000-8000-000000000001&tenantId=${tenantId}`;

/** How people paste an id; the last ones name their tenant. */
const forms: readonly (readonly [string, (id: string) => string])[] = [
  ['as it is', (id) => id],
  ['with blanks around', (id) => `  ${id}\t\n`],
  ['in quotes', (id) => `"${id}"`],
  ['in typographic quotes', (id) => `“${id}”`],
  ['in angle brackets', (id) => `<${id}>`],
  ['in quotes in brackets', (id) => `<"${id}">`],
  ['with an invisible character', (id) => `\u200b${id}\ufeff`],
  ['percent-encoded', encode],
  ['percent-encoded in lower case', lower],
  ['percent-encoded twice', (id) => encode(encode(id))],
  ['of a message', (id) => `${id};messageid=1700000000000`],
  ['of a message, percent-encoded', (id) => encode(`${id};messageid=1700000000000`)],
  ['with the suffix in capitals', (id) => id.replace(/@.*/u, (suffix) => suffix.toUpperCase())],
  ['a link to a channel', (id) => `https://teams.microsoft.com/l/channel/${encode(id)}/General${query}`],
  ['a link in lower case', (id) => `https://teams.microsoft.com/l/channel/${lower(id)}/Genehmigungen%20%C3%BC${query}`],
  ['a link that is not encoded', (id) => `https://teams.microsoft.com/l/channel/${id}/General${query}`],
  ['a link without a query', (id) => `https://teams.microsoft.com/l/channel/${encode(id)}/General`],
  ['a link of the new address', (id) => `https://teams.cloud.microsoft/l/channel/${encode(id)}/General${query}`],
  ['a link of a government cloud', (id) => `https://gov.teams.microsoft.us/l/channel/${encode(id)}/General${query}`],
  ['a link to a message', (id) => `https://teams.microsoft.com/l/message/${encode(id)}/1700000000000${query}`],
  ['a link to a chat', (id) => `https://teams.microsoft.com/l/chat/${encode(id)}/conversations?context=%7B%7D`],
  ['a link to a team', (id) => `https://teams.microsoft.com/l/team/${encode(id)}/conversations${query}`],
  ['a link of the app', (id) => `msteams:/l/channel/${encode(id)}/General${query}`],
  [
    'a link of the page that opens the app',
    (id) =>
      `https://teams.microsoft.com/dl/launcher/launcher.html?url=${encode(`/_#/l/channel/${encode(id)}/General${query}`)}`,
  ],
  ['an address bar', (id) => `https://teams.microsoft.com/_#/conversations/General?threadId=${encode(id)}&ctx=channel`],
  ['a link in angle brackets', (id) => `<https://teams.microsoft.com/l/channel/${encode(id)}/General${query}>`],
  ['an encoded link', (id) => encode(`https://teams.microsoft.com/l/channel/${encode(id)}/General${query}`)],
];

describe('a conversation in the settings', () => {
  it.each(forms)('is understood %s', (_form, paste) => {
    for (const id of ids) {
      expect.soft(namedConversation(paste(id))?.id, paste(id)).toBe(id);
      // What it is compared with: the conversation of what people write and press there.
      expect.soft(namedConversation(paste(id))?.id).toBe(channelOf(`${id};messageid=1700000000001`));
    }
  });

  it('keeps what it understood, and the tenant that a link names', () => {
    const [id = ''] = ids;
    expect(namedConversation(namedConversation(encode(id))?.id ?? '')?.id).toBe(id);
    const link = `https://teams.microsoft.com/l/channel/${encode(id)}/General${query}`;
    expect(namedConversation(link)?.tenantId).toBe(tenantId);
    expect(namedConversation(encode(link))?.tenantId).toBe(tenantId);
    expect(namedConversation(id)?.tenantId).toBeNull();
    expect(namedConversation('a:1pL0b8aQ-xT_29fRrRrR')?.id).toBe('a:1pL0b8aQ-xT_29fRrRrR');
  });

  it.each([
    '',
    '   ',
    'General',
    'Approvals of the data team',
    tenantId,
    'https://teams.microsoft.com/',
    'https://teams.microsoft.com/l/channel/General',
    'https://example.com/l/channel/19%3Aabc%40thread.tacv2/General',
    'https://contoso.sharepoint.com/sites/team',
    '19:abc@thread.example.com',
    '19:@thread.tacv2',
    'abc@thread.tacv2',
    'alexw@example.com',
    '19:abc@thread.tacv2extra',
    '%',
    '%E0%A4%A',
    '19:a b c@thread.tacv2',
    `19:${'a'.repeat(5_000)}@thread.tacv2`,
  ])('is refused when it is %j', (text) => {
    expect(namedConversation(text)).toBeNull();
  });

  it('never fails, whatever is pasted, and gives nothing but an id', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const found = namedConversation(text);
        if (found) expect(namedConversation(found.id)?.id).toBe(found.id);
      }),
    );
  });
});
