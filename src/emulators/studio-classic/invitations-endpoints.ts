import type { Call } from '../server/call.ts';
import { Refusal } from '../server/error-replies.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { Route } from './routes.ts';
import type { MemberRecord } from './studio-records.ts';
import { listed, newId, type Studio } from './studio-state.ts';

export const invitationRoutes: readonly Route[] = [
  { method: 'POST', path: 'workspaces/:workspace/invitations', answer: invite },
];

/** Invites all addresses of a comma-separated text and reports for each whether it worked. */
async function invite(call: Call, studio: Studio): Promise<Reply> {
  const body = (await call.bytes()).toString('utf8');
  const role = looseValue(body, 'Role');
  if (role !== 'User' && role !== 'Owner') throw new Refusal(400, 'The role must be User or Owner.');
  const emails = looseValue(body, 'Emails').split(',');
  const wanted = emails.map((email) => email.trim()).filter((email) => email !== '');
  return jsonReply(wanted.map((email) => inviteOne(studio, call.workspaceId, email, role)));
}

function inviteOne(studio: Studio, workspaceId: string, email: string, role: string): unknown {
  const known = listed(studio, workspaceId, 'member').some((one) => one.email.toLowerCase() === email.toLowerCase());
  const problem = known
    ? 'This person is a member or invited already.'
    : /^[^@\s]+@[^@\s]+$/u.test(email)
      ? null
      : 'This is not an e-mail address.';
  if (problem === null) {
    const record: MemberRecord = { id: newId(), deletedAt: null, userId: '', email, name: '', role, status: 'Invited' };
    studio.store.table(workspaceId, 'member').put(record);
  }
  return { Email: email, Failed: problem !== null, ErrorMessage: problem };
}

/**
 * A value of the body, which is either JSON or what the PowerShell module writes: names without quotes, and values in
 * single quotes, double quotes or none.
 */
function looseValue(body: string, name: string): string {
  const value = new RegExp(`["']?${name}["']?\\s*:\\s*(?:"([^"]*)"|'([^']*)'|([^}\\s]*))`, 'iu').exec(body);
  return (value?.[1] ?? value?.[2] ?? value?.[3] ?? '').replace(/,$/u, '');
}
