/** A Teams conversation that is configured in the settings. */
export interface NamedConversation {
  /** The id as activities carry it, without the id of a message. */
  readonly id: string;
  /** The tenant in the link; null when the text has none. */
  readonly tenantId: string | null;
  /** The name in a link to a channel, for people; left out when the text has none. */
  readonly name?: string;
}

/** Channels, group chats and meetings. The part before the `@` is case-sensitive. */
const sharedForm = /^19:([\w.+/=-]+)@(thread\.(?:tacv2|v2|skype)|unq\.gbl\.spaces)(?![\w.-])/iu;
/** A personal chat with the bot. */
const personalForm = /^a:[\w.+/=-]{10,}(?![\w.@-])/u;
/** The path before the id in links into Teams, of all its clouds and clients. */
const linkForm = /\/l\/(?:channel|message|chat|team)\//iu;
/** The address bar of older web clients. */
const threadForm = /[?&]threadId=([^&#]+)/iu;
const tenantForm = /[?&]tenantId=([0-9a-f-]{36})/iu;
/** The name of the channel behind its id in a link. */
const nameForm = /\/l\/channel\/[^/?#]{1,400}\/([^/?#]{1,400})/iu;
/** How many times a text is percent-decoded at most: a link that is pasted into another link is encoded twice. */
const maxDecodings = 3;
/** Longer than any link to a channel. */
const maxTextLength = 4_000;

/**
 * Extracts the conversation id from a pasted text; null when it has none. Teams shows ids nowhere, so people copy a
 * link to a channel or a message, or take an id from a log, an address bar or a script, in whatever form it has there:
 * percent-encoded up to three times, in quotes, angle brackets or blanks, with or without a query and a message id.
 */
export function namedConversation(pasted: string): NamedConversation | null {
  if (pasted.length > maxTextLength) return null;
  const forms = decodings(unwrapped(pasted));
  for (const text of forms) {
    const id = linkedId(text) ?? plainId(text);
    if (id !== null) return { id, tenantId: tenantOf(forms) };
  }
  return null;
}

/** The text undecoded, decoded once, twice, and so on; each form once. */
function decodings(text: string): string[] {
  const forms = [text];
  for (let times = 0; times < maxDecodings; times += 1) {
    const last = forms.at(-1) ?? '';
    const decoded = decodedOnce(last);
    if (decoded === null || decoded === last) break;
    forms.push(unwrapped(decoded));
  }
  return forms;
}

/** The id in a link: in its path, or in the query of older clients. What follows the id is the channel's name. */
function linkedId(link: string): string | null {
  const url = URL.parse(link);
  const isTeamsLink = url?.protocol === 'msteams:' || url?.hostname.split('.').includes('teams');
  if (!isTeamsLink) return null;
  const before = linkForm.exec(link);
  const part = before ? link.slice(before.index + before[0].length).split(/[?#]/u)[0] : threadForm.exec(link)?.[1];
  if (part === undefined) return null;
  return (
    decodings(part)
      .map(plainId)
      .find((id) => id !== null) ?? null
  );
}

function plainId(text: string): string | null {
  const shared = sharedForm.exec(text);
  // The id is cut at `;messageid=`, since approvals are posted to the conversation itself.
  if (shared) return `19:${shared[1]}@${shared[2]?.toLowerCase()}`;
  return personalForm.exec(text)?.[0] ?? null;
}

/** The name of the channel in a link to it, of at most 60 characters; null when the text has none. */
export function linkedChannelName(pasted: string): string | null {
  if (pasted.length > maxTextLength) return null;
  const named = nameForm.exec(unwrapped(pasted))?.[1];
  const name = named === undefined ? '' : (decodings(named).at(-1) ?? '').replace(/[\p{C}\s]+/gu, ' ').trim();
  return name === '' ? null : [...name].slice(0, 60).join('');
}

function tenantOf(forms: readonly string[]): string | null {
  for (const text of forms) {
    const tenantId = tenantForm.exec(text)?.[1];
    if (tenantId !== undefined) return tenantId.toLowerCase();
  }
  return null;
}

/** Characters that are trimmed around a pasted text: blanks, quotes and brackets of any kind, invisible characters. */
const wrapping = /[\s\p{Cf}\p{Cc}"'“”‘’«»<>()[\]`]/u;

function unwrapped(text: string): string {
  const letters = [...text];
  const isText = (letter: string) => !wrapping.test(letter);
  const first = letters.findIndex(isText);
  return first < 0 ? '' : letters.slice(first, letters.findLastIndex(isText) + 1).join('');
}

function decodedOnce(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
