import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** A value of JSON, as `jsonb` columns hold it. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** An audit row as it is stored, with what proves its commitments: the side row of an entry of the chain. */
export interface AuditRow {
  readonly sequence: number;
  /** By the clock of the process that wrote it. */
  readonly at: Date;
  /** By the clock of the database; null in rows of earlier releases. */
  readonly recordedAt: Date | null;
  readonly tenantId: string;
  /** Object id of a person, their pseudonym once they are erased, or `system`. */
  readonly actor: string;
  readonly action: string;
  readonly requestNumber: number | null;
  readonly workspaceId: string | null;
  readonly detail: JsonObject;
  readonly policyVersion: string | null;
  /** By JSON pointer (RFC 6901) the salt of each text; a text that was erased has none. */
  readonly salts: Readonly<Record<string, string>>;
}

/** What an entry of the chain says: nothing that names anybody. Texts are commitments, people pseudonyms. */
export interface EntryBody extends JsonObject {
  readonly entry: number;
  /** Hash of the entry before; `genesis` in the first one. */
  readonly previous: string;
  readonly sequence: number;
  readonly at: string;
  readonly recordedAt: string | null;
  readonly sealedAt: string;
  readonly tenant: string;
  readonly actor: JsonValue;
  readonly action: string;
  readonly request: number | null;
  readonly workspace: JsonValue;
  readonly policy: string | null;
  readonly detail: JsonValue;
}

/** An entry of the chain with its number and hash, as stored beside its body. */
export interface ChainEntry {
  readonly entry: number;
  readonly hash: string;
  readonly body: EntryBody;
}

/** The newest entry of a chain. */
export type Head = Pick<ChainEntry, 'entry' | 'hash'>;

/** A person behind a pseudonym. */
export interface PseudonymOwner {
  readonly tenantId: string;
  readonly objectId: string;
  readonly salt: string;
}

/** What the first entry names as the hash before it. */
export const genesis: Head = { entry: 0, hash: '0'.repeat(64) };

/** Keys whose texts are object ids of people. */
const personKeys: ReadonlySet<string> = new Set(['actor', 'objectId', 'personId', 'heldBy']);

/** Keys whose texts come from vocabularies of the code. Every other text is a commitment. */
const vocabularyKeys: ReadonlySet<string> = new Set(
  'from to action target data kind method because until dueAt before rule'.split(' '),
);

const pseudonymShape = /^[0-9a-f]{64}$/u;
const vocabularyShape = /^[A-Za-z0-9 ,:;=+._-]{0,120}$/u;

/** True for a text that stands for an erased person. */
function isPseudonym(text: string): boolean {
  return pseudonymShape.test(text);
}

/** Hash of an entry: SHA-256 of its body as canonical JSON (RFC 8785), in hexadecimal digits. */
export function hashOf(body: JsonObject): string {
  return sha256(body);
}

/** Salted hash of a value at a place of a row. With the salt it proves the value; without, it says nothing of it. */
export function commitmentOf(salt: string, pointer: string, value: JsonValue): string {
  return sha256([salt, pointer, value]);
}

/** Pseudonym of a person: a commitment to tenant and object id, which is as random as its salt. */
export function pseudonymOf({ salt, tenantId, objectId }: PseudonymOwner): string {
  return sha256([salt, tenantId, objectId]);
}

/** How a place of a row stands in the chain. */
export type Disclosure = 'plain' | 'person' | 'commitment' | 'members';

/**
 * How a value of an audit row stands in the chain, by the last key before it. Denies by default: a text is plain only
 * under a key whose vocabulary the code fixes.
 */
export function disclosureOf(key: string, value: JsonValue): Disclosure {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return 'plain';
  if (typeof value === 'string') {
    if (personKeys.has(key)) return key === 'actor' && value === 'system' ? 'plain' : 'person';
    return vocabularyKeys.has(key) && vocabularyShape.test(value) ? 'plain' : 'commitment';
  }
  // An object that looks like a commitment or a pseudonym would be read as one.
  return Object.hasOwn(value, '#') || Object.hasOwn(value, '@') ? 'commitment' : 'members';
}

/** What sealing needs besides the row. */
export interface SealingContext {
  readonly sealedAt: Date;
  /** A new random salt. */
  readonly newSalt: () => string;
  /** Pseudonym of an object id. */
  readonly pseudonym: (objectId: string) => string;
}

/** The entry of a row that follows `previous`, and the salts that the row keeps. */
export function sealRow(
  row: Omit<AuditRow, 'salts'>,
  previous: Head,
  context: SealingContext,
): { readonly entry: ChainEntry; readonly salts: Readonly<Record<string, string>> } {
  const salts: Record<string, string> = {};
  const seal = (value: JsonValue, key: string): JsonValue =>
    mapHidden(value, key, `/${key}`, {
      person: (text) => ({ '@': isPseudonym(text) ? text : context.pseudonym(text) }),
      commitment: (hidden, pointer) => {
        const salt = context.newSalt();
        salts[pointer] = salt;
        return { '#': commitmentOf(salt, pointer, hidden) };
      },
    });
  const number = previous.entry + 1;
  const body: EntryBody = {
    entry: number,
    previous: previous.hash,
    sealedAt: context.sealedAt.toISOString(),
    ...plainOf(row),
    actor: seal(row.actor, 'actor'),
    workspace: seal(row.workspaceId, 'workspace'),
    detail: seal(row.detail, 'detail'),
  };
  return { entry: { entry: number, hash: hashOf(body), body }, salts };
}

/** The object ids in a row, each once. */
export function peopleIn({ actor, detail }: Pick<AuditRow, 'actor' | 'detail'>): ReadonlySet<string> {
  const people = new Set<string>();
  const collect = {
    person: (text: string) => {
      if (!isPseudonym(text)) people.add(text);
      return text;
    },
    commitment: (hidden: JsonValue) => hidden,
  };
  mapHidden(actor, 'actor', '', collect);
  mapHidden(detail, 'detail', '', collect);
  return people;
}

/** The row's detail with another text in place of each of a person's object ids. */
export function withoutPerson(detail: JsonObject, objectId: string, pseudonym: string): JsonObject {
  return mapHidden(detail, 'detail', '', {
    person: (text) => (text === objectId ? pseudonym : text),
    commitment: (hidden) => hidden,
  }) as JsonObject;
}

/** A value with its people and its texts replaced, by their place in the row. */
function mapHidden(
  value: JsonValue,
  key: string,
  pointer: string,
  replace: {
    readonly person: (objectId: string) => JsonValue;
    readonly commitment: (value: JsonValue, pointer: string) => JsonValue;
  },
): JsonValue {
  switch (disclosureOf(key, value)) {
    case 'plain':
      return value;
    case 'person':
      return replace.person(String(value));
    case 'commitment':
      return replace.commitment(value, pointer);
    case 'members': {
      if (Array.isArray(value)) {
        return value.map((member: JsonValue, index) => mapHidden(member, key, `${pointer}/${index}`, replace));
      }
      const members = Object.entries(value as JsonObject);
      return Object.fromEntries(
        members.map(([own, member]) => [own, mapHidden(member, own, `${pointer}/${escapeKey(own)}`, replace)]),
      );
    }
  }
}

/** The columns of a row that stand in the chain as they are. */
export function plainOf(row: Omit<AuditRow, 'salts'>) {
  return {
    sequence: row.sequence,
    at: row.at.toISOString(),
    recordedAt: row.recordedAt?.toISOString() ?? null,
    tenant: row.tenantId,
    action: row.action,
    request: row.requestNumber,
    policy: row.policyVersion,
  };
}

/** A key as a part of a JSON pointer (RFC 6901). */
export function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function sha256(value: JsonValue): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not a value of JSON');
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
