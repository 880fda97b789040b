import { z } from 'zod';
import { shown, type Wrong, wrong } from './config-words.ts';
import { plainAddress } from './domain/people.ts';
import { addressFault } from './domain/safe-address.ts';
import { type StudioConnection, surfacesOf } from './sources/studio-classic/connections.ts';

/** Example of an entry; messages never repeat a token. */
const example =
  '[{"workspaceId":"32 hex digits","endpoint":"https://studioapi.azureml.net","token":"…","registeredBy":"owner@contoso.com"}]';

const connection = z.strictObject({
  workspaceId: z
    .string('is missing')
    .trim()
    .regex(/^[0-9a-f]{32}$/iu, 'is not 32 hex digits')
    .toLowerCase(),
  token: z
    .string('is missing')
    .trim()
    .min(1, 'is empty')
    .regex(/^[!-~]*$/u, 'contains a blank, a line break or another character that tokens do not have'),
  registeredBy: z
    .string('is not a text')
    .transform(plainAddress)
    .refine((address) => address !== null, 'is not an e-mail address')
    .nullable()
    .default(null),
  endpoint: z
    .string('is not a text')
    .trim()
    .refine((address) => URL.parse(address)?.protocol === 'https:', 'does not begin with https://')
    .refine((address) => !/[?#@]/u.test(address), 'has a query (?), a fragment (#) or a password')
    .refine(
      (address) => addressFault(address, { anyPort: true }) === null,
      'has an IP address or a private network as its host',
    )
    .exactOptional(),
  region: z.string('is not a text').trim().min(1, 'is empty').exactOptional(),
});

/** Parses the registered workspaces from JSON, or says what is wrong: the number of the entry, from one, and the field. */
export function studioConnections(text: string): readonly StudioConnection[] | Wrong {
  const parsed = parsedJson(text);
  if (parsed === undefined) return wrong('is not JSON', `a list such as ${example}`);
  if (!Array.isArray(parsed)) return wrong('is JSON, but not a list', `a list such as ${example}`);
  const connections: StudioConnection[] = [];
  const seen = new Map<string, number>();
  for (const [index, entry] of parsed.entries()) {
    const place = `entry ${index + 1}`;
    const read = connection.safeParse(entry);
    if (!read.success) return wrong(describeFirstIssue(place, read.error), `each entry as in ${example}`);
    const earlier = seen.get(read.data.workspaceId);
    if (earlier !== undefined) {
      return wrong(
        `${place} names the same workspace as entry ${earlier}`,
        'each workspace once, with its valid token',
      );
    }
    seen.set(read.data.workspaceId, index + 1);
    const unknown = unknownRegion(read.data);
    if (unknown !== null)
      return wrong(`${place}, region: ${unknown}`, 'a region that Studio (classic) runs in, or an endpoint');
    connections.push(read.data);
  }
  return connections;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The first fault only, on one line. Names of unknown fields are shown, since they are often misspelt. */
function describeFirstIssue(place: string, { issues: [issue] }: z.ZodError): string {
  if (issue === undefined) return `${place} cannot be read`;
  if (issue.code === 'unrecognized_keys') return `${place} has an unknown field, ${issue.keys.map(shown).join(', ')}`;
  if (issue.path.length === 0) return `${place} is not an object`;
  return `${place}, ${issue.path.join('.')} ${issue.message}`;
}

function unknownRegion(entry: StudioConnection): string | null {
  try {
    surfacesOf(entry);
    return null;
  } catch {
    return `${shown(entry.region ?? '')} is unknown`;
  }
}
