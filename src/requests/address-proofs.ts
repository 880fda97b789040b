import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import * as codes from '../database/address-code-rows.ts';
import { findPeople, moveAddress, readAddressLink } from '../database/address-rows.ts';
import type { Connection } from '../database/connection.ts';
import { appendAudit } from '../database/history.ts';
import { rolesOf } from '../domain/bot-roles.ts';
import type { Mailer } from '../domain/mailer.ts';
import { hasAddress, isNamedIn, type Person } from '../domain/people.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { roleMembers } from './role-members.ts';

/** How long a code may be typed, in milliseconds, and how often a wrong one. */
const codeLifetimeMs = 15 * 60_000;
const mostTries = 5;
/** The most codes in a day, of one person and to one address: nobody guesses, or fills a mailbox. */
const mostCodes = 5;
const limitedMs = 24 * 3_600_000;
const digits = 8;

/** What became of the wish to prove an address. */
export type ProofOutcome =
  | 'sent'
  | 'already-yours'
  /** Another account has it, or had it taken away: only an administrator may link it. */
  | 'not-by-code'
  | 'too-many'
  /** The mail server did not take the mail: for good, or for now. */
  | 'refused'
  | 'unavailable';

type Services = Pick<RequestServices, 'database' | 'clock' | 'settings' | 'groups'>;

/**
 * Sends a code to an address, in plain form, that somebody says is theirs. Nothing is sent to an address that another
 * account has, or that gives a role here: those are an administrator's to link. A new code ends the one before.
 */
export async function sendCode(
  services: Services,
  person: Person,
  address: string,
  mailer: Mailer,
): Promise<ProofOutcome> {
  if (hasAddress(person, address)) return 'already-yours';
  const code = String(randomInt(10 ** digits)).padStart(digits, '0');
  const hash = await hashOf(code);
  const stored = await inTransaction(services, async (trx): Promise<number | 'not-by-code' | 'too-many'> => {
    if (!(await mayBeProven(services, trx, person, address))) return 'not-by-code';
    const now = services.clock.now();
    await codes.lockCodes(trx, person, address);
    const sent = await codes.countCodes(trx, person, address, new Date(now - limitedMs));
    if (Math.max(sent.ofPerson, sent.ofAddress) >= mostCodes) return 'too-many';
    return codes.insertCode(trx, {
      tenantId: person.tenantId,
      objectId: person.objectId,
      address,
      hash,
      tries: 0,
      createdAt: new Date(now),
      expiresAt: new Date(now + codeLifetimeMs),
    });
  });
  if (typeof stored !== 'number') return stored;
  const outcome = await mailer.send({ to: address, subject: 'Your code for Studio Steward', text: mailText(code) });
  if (outcome !== 'sent') {
    await codes.updateCode(services.database.db, stored, { endedAt: new Date(services.clock.now()) });
  }
  return outcome;
}

/** No name stands in it: a name may be anything, and the reader of the mail may be a stranger. */
function mailText(code: string): string {
  return [
    'Somebody in Microsoft Teams says that this address is theirs, and wants Studio Steward to treat it so.',
    'If that is you, write this to Studio Steward in your chat with it, within 15 minutes:',
    `    my code is ${code}`,
    'Whoever has the code gets the rights of this address, so give it to nobody.',
    'If it is not you, do nothing: without the code nothing changes.',
  ].join('\n\n');
}

/** What became of a typed code. */
export type CodeOutcome =
  | { readonly result: 'linked'; readonly address: string }
  | { readonly result: 'wrong'; readonly triesLeft: number }
  /** There is none, or it has expired or was used up. */
  | { readonly result: 'no-code' }
  | { readonly result: 'not-by-code' };

/**
 * Links the address to which the person's code was sent, when this is the code. Each wrong one counts. The link and its
 * audit row commit in one transaction.
 */
export async function acceptCode(services: Services, person: Person, typed: string): Promise<CodeOutcome> {
  return inTransaction(services, async (trx): Promise<CodeOutcome> => {
    const at = new Date(services.clock.now());
    const open = await codes.readOpenCode(trx, person, at, 'lock');
    if (open === null) return { result: 'no-code' };
    const { number, address } = open;
    if (!(await isCode(typed, open.hash))) {
      const tries = open.tries + 1;
      await codes.updateCode(trx, number, tries < mostTries ? { tries } : { tries, endedAt: at });
      return { result: 'wrong', triesLeft: mostTries - tries };
    }
    await codes.updateCode(trx, number, { endedAt: at });
    // Since the code was sent, somebody else may have got the address.
    if (!(await mayBeProven(services, trx, person, address))) return { result: 'not-by-code' };
    const { tenantId, objectId } = person;
    const from = (await readAddressLink(trx, tenantId, address))?.objectId ?? null;
    const isMoved = await moveAddress(trx, { tenantId, address, from, to: objectId, proof: 'code', at });
    if (!isMoved) return { result: 'not-by-code' };
    await appendAudit(trx, {
      at,
      tenantId,
      actor: objectId,
      policyVersion: services.settings.policy.version,
      action: 'address.proven',
      requestNumber: null,
      workspaceId: null,
      detail: { objectId },
    });
    return { result: 'linked', address };
  });
}

/** True while the person was sent a code that may still be typed. */
export async function expectsCode(services: Services, person: Person): Promise<boolean> {
  const now = new Date(services.clock.now());
  return (await codes.readOpenCode(services.database.db, person, now)) !== null;
}

/** Whether a code is enough to give this person the address. Locks its link, where there is one. */
async function mayBeProven(
  services: Services,
  trx: Connection,
  { tenantId, objectId }: Person,
  address: string,
): Promise<boolean> {
  const link = await readAddressLink(trx, tenantId, address, 'lock');
  if (link !== null && link.objectId !== objectId) return false;
  const shownOn = await findPeople(trx, tenantId, { name: '', address }, 2);
  if (shownOn.some((other) => other.objectId !== objectId)) return false;
  const bearer = { objectId: '', addresses: [address] };
  const groups = Object.values(services.settings.policy.groups ?? {});
  const roles = rolesOf(roleMembers(services), bearer);
  return roles.length === 0 && !groups.some((list) => isNamedIn(list, bearer));
}

const derive = promisify<string, Buffer, number, Buffer>(scrypt);
const keyBytes = 32;

/** Salt and scrypt hash, since so few codes exist that a plain hash would be looked up. */
async function hashOf(code: string): Promise<string> {
  const salt = randomBytes(16);
  return `${salt.toString('base64')}:${(await derive(code, salt, keyBytes)).toString('base64')}`;
}

async function isCode(typed: string, hash: string): Promise<boolean> {
  const [salt = '', key = ''] = hash.split(':');
  return timingSafeEqual(await derive(typed, Buffer.from(salt, 'base64'), keyBytes), Buffer.from(key, 'base64'));
}
