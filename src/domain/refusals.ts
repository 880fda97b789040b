import type { LifecycleRefusal } from './lifecycle-refusal.ts';
import type { PolicyRefusal } from './policy.ts';

/** Every reason why Steward refuses something. */
export type RefusalReason =
  | LifecycleRefusal
  | PolicyRefusal
  | 'unknown-request'
  | 'no-workspace'
  | 'unknown-workspace'
  | 'unknown-asset'
  | 'in-several-workspaces'
  | 'shares-history'
  | 'joined-name'
  | 'several-owners'
  | 'nothing-to-compare'
  | 'picked-alike'
  | 'too-many-picked'
  | 'one-workspace-at-a-time'
  | 'nothing-to-retry'
  | 'too-many-open'
  | 'names-forgotten'
  | 'replaced'
  | 'stopped-by-other'
  | 'requester-left'
  | 'no-email'
  | 'unknown-choice'
  | 'no-longer-allowed'
  | 'approvals-not-ready'
  | 'too-few-approvers'
  | 'owners-unknown'
  | 'groups-unknown'
  | 'reviewers-not-known'
  /** Only in stored requests of the first release. */
  | 'too-many-named'
  | 'workspace-unavailable'
  | 'service-down'
  | 'storage-unavailable'
  | 'archive-gone'
  | 'links-being-revoked'
  | 'workspace-kept'
  | 'workspace-still-there'
  | 'workspace-unproven'
  | 'by-hand'
  | 'directory-off'
  | 'not-an-administrator'
  | 'unknown-person'
  | 'personal-account'
  | 'directory-unavailable'
  | 'directory-export-in-doubt'
  | 'directory-export-failed'
  | 'directory-access-ended'
  | 'directory-export-left'
  | 'earlier-run-unfinished'
  | 'gave-up';

/** A refusal with the values for its sentence; `name` is the subject of the sentence. */
export interface Refusal {
  readonly reason: RefusalReason;
  readonly name?: string;
  readonly detail?: string;
  /** Since when the problem exists, and when the next attempt is due; ISO 8601 as of `Date.toISOString`. */
  readonly since?: string;
  readonly retryAt?: string;
}

/**
 * The sentence for a person: what was refused, and what they can do instead. `others` are everybody else in a
 * conversation; they are not shown who owns a workspace.
 */
export function refusalSentence(refusal: Refusal, reader: 'requester' | 'others' = 'requester'): string {
  const name = refusal.name ?? '';
  const tellsOwners = refusal.reason === 'owner-only' || refusal.reason === 'no-longer-allowed';
  const detail = tellsOwners && reader === 'others' ? 'Please ask an owner.' : (refusal.detail ?? '');
  switch (refusal.reason) {
    case 'not-the-requester':
      return 'Only the person who made this request can do that.';
    case 'requester-cannot-approve':
      return 'You made this request, so somebody else has to approve it.';
    case 'requesters-address-cannot-approve':
      return 'This request was made from another account of yours, or one that shares an address with you, so somebody else has to approve it.';
    case 'subject-cannot-approve':
      return 'This request is about your own data, so somebody else has to approve it.';
    case 'not-an-approver':
      return 'You are not among those who decide about this request.';
    case 'name-not-typed':
      return 'To delete a whole workspace, type its name into the field of the card, exactly as it stands in the title, and press the button again. Nothing was done.';
    case 'reason-needed':
      return 'This needs a reason, in words: links, and what looks like a password or a key, are left out of it. Write it into the field of the card and press the button again. Nothing was done.';
    case 'comment-needed':
      return 'Whoever rejects this has to say why. Write it into the field of the card and press “Reject” again. Nothing was done.';
    case 'already-voted':
      return 'You, another account of yours, your deputy, or who you are the deputy of, have voted on this already; one person counts once. Somebody else has to decide, too.';
    case 'outdated-card':
      return 'This card was out of date, so nothing was done. Here is the current state of the request.';
    case 'held':
      return [
        detail === ''
          ? `A legal hold stands on ${name === '' ? 'this' : `“${name}”`} or on something in it, so it is not deleted.`
          : reader === 'others'
            ? 'A legal hold stands on something of this, so none of it is deleted.'
            : `A legal hold stands on ${detail} in “${name}”, so none of this is deleted.`,
        'It can still be exported. Ask your Studio Steward administrator about the hold.',
      ].join(' ');
    case 'already-finished':
      return 'This request has already ended. To do it again, ask again.';
    case 'already-confirmed':
      return 'This has been confirmed already and is under way.';
    case 'not-waiting-for-this':
      return 'This request is not waiting for that answer. Here is its current state.';
    case 'widens-the-preview':
      return 'That is not what the preview showed, so nothing was done. Ask again to get a new preview.';
    case 'no-links':
      return 'No archive of this request is in storage, so there is no link to it that works. Nothing was done.';
    case 'not-a-member':
      return name === ''
        ? 'You are not a member of that workspace, so I cannot use its data. Ask one of its owners.'
        : `You are not a member of ${name}, so I cannot use its data. Ask one of its owners.`;
    case 'guest-cannot-delete':
      return `${name || 'This workspace'} is a guest workspace: nothing in it can be deleted on request. ${detail} You can export its data before that.`;
    case 'owner-only':
      return `Only an owner of ${name || 'the workspace'} can delete its data. ${detail}`.trim();
    case 'approvals-not-ready':
      return [
        `This needs an approval, which I cannot ask for yet: nobody has added me to ${name || 'the approvers’ channel'}.`,
        'Your Studio Steward administrator has to add the app to that team and mention me in the channel once.',
        'Nothing was done; ask again after that.',
      ].join(' ');
    case 'too-few-approvers':
      return [
        `This needs the approval of ${name}, and too few of them are somebody else than you.`,
        'Your Studio Steward administrator can change who may approve it. Nothing was done.',
      ].join(' ');
    case 'reviewers-not-known':
      return [
        `This needs the approval of ${name}, and I cannot ask enough of them: they have not written to me yet.`,
        'Ask them to write “hello” to me once, then ask again. Nothing was done.',
      ].join(' ');
    case 'owners-unknown':
      return `The owners of ${name || 'the workspace'} decide about this, and I could not read just now who they are. Nothing was done; please press the button again in a few minutes.`;
    case 'groups-unknown':
      return 'Members of a group in Microsoft Entra ID decide about this, and I could not read just now who is in it. Nothing was done; please press the button again in a few minutes.';
    case 'azure-needs-approval':
      return [
        `I can delete ${name || 'this'} only with my own rights in your Azure subscription.`,
        'That needs a second person’s approval, and no approvers are set up here.',
        `${detail} Or ask your Studio Steward administrator to name approvers.`,
      ].join(' ');
    case 'nobody-can-approve':
      return [
        `This needs an approval in ${name || 'this workspace'}, and nobody is set up to give it.`,
        'Ask your Studio Steward administrator to name approvers. Nothing was done.',
      ].join(' ');
    case 'refused-by-rule':
      return `A rule of your organisation forbids this in ${name || 'this workspace'}. ${detail} Nothing was done.`;
    case 'unknown-request':
      return name === ''
        ? 'I cannot find that request among yours. Write "status" to see your requests.'
        : `I cannot find ${name} among your requests. Write "status" to see them.`;
    case 'no-workspace':
      return 'I cannot find a workspace that you are a member of.';
    case 'unknown-workspace':
      return `I cannot see a workspace called “${name}” among yours. Write "list my workspaces" to see them.`;
    case 'unknown-asset':
      return `I cannot find “${name}” in ${detail}. Check the spelling, or write "list my datasets" to see what is there.`;
    case 'in-several-workspaces':
      return `${detail}. A request stays in one workspace, so nothing was done. Please ask for each of them in a message of its own.`;
    case 'joined-name':
      return `“${name}” can be one name or several, and ${detail} has items for both readings. Nothing was done. Put quotes around each name that you mean, and ask again.`;
    case 'several-owners':
      return reader === 'others'
        ? `More than one owner’s name goes with “${name}”. Nothing was done. Please ask again with the whole name or address.`
        : `More than one owner’s name goes with “${name}”: ${detail}. Nothing was done. Say whose you mean with the whole name or address.`;
    case 'too-many-picked':
      return `I can pick ${detail} assets by age or size at most, and you asked for ${name}. Nothing was done. Please say it by date or name.`;
    case 'nothing-to-compare':
      return `I cannot tell which are the ${detail}, since I get no ${name} for any of them. Nothing was done. Please name what you mean.`;
    case 'picked-alike':
      return `“${name}” and ${detail} are alike in what should decide, so I cannot tell which of them you mean. Nothing was done. Please name it.`;
    case 'one-workspace-at-a-time':
      return `I can work on one workspace at a time, and “${name}” looks like several names. Nothing was done. Name one workspace, or put quotes around it if it is one name.`;
    case 'shares-history':
      return [
        `I cannot keep all of “${name}”: it shares earlier runs with ${detail}, and Studio deletes an experiment together with all its earlier runs.`,
        'Nothing was done.',
        `Keep ${detail} as well, or export “${name}” first and then name each experiment to delete.`,
      ].join(' ');
    case 'too-many-open':
      return `You have ${detail} open requests, and that is the most one person can have. I did not start this one. Finish or cancel one of them first: ${name}.`;
    case 'stopped-by-other':
      return `${name} stopped it before it started.`;
    case 'requester-left':
      return 'It was withdrawn, because the account of whoever asked for it is disabled or no longer in the tenant.';
    case 'replaced':
      return `Your next message changed it, so ${name} takes its place.`;
    case 'names-forgotten':
      return `${detail} I keep the names of assets only for a limited time after a request has ended, so they are no longer shown.`.trim();
    case 'nothing-to-retry':
      return `There is nothing to try again in ${name}: what failed no longer exists, or cannot be done at all.`;
    case 'no-email':
      return 'I have no address of yours that I can use to find your workspaces.';
    case 'unknown-choice':
      return 'That answer is not one of the choices on the card. Please pick one of them.';
    case 'no-longer-allowed':
      return `You are no longer allowed to do this in ${name}, so nothing was done. ${detail}`.trim();
    case 'too-many-named':
      return `That is more than I can take at once (${detail}). Please split it into several requests.`;
    case 'workspace-unavailable':
      return detail || 'Studio did not give me access to your workspaces.';
    case 'service-down':
      return `${name || 'Studio'} has not worked since ${refusal.since?.slice(11, 16) ?? '…'} UTC.`;
    case 'storage-unavailable':
      return `The storage for archives does not answer. ${detail}`.trim();
    case 'workspace-kept':
      return `I did not delete ${name || 'the workspace'}. ${detail} Everything that could be exported is in the archive; to delete the workspace, ask again.`;
    case 'workspace-still-there':
      return `The deletion of ${name || 'the workspace'} was accepted, but it is still there. Check again tomorrow, or ask again.`;
    case 'workspace-unproven':
      return [
        `I requested the deletion of ${name || 'the workspace'} and got no answer that confirms it.`,
        'Studio no longer accepts my token for it, which happens both when a workspace is deleted and when its token is changed.',
        'So I cannot tell whether it is deleted. Please check in Studio.',
      ].join(' ');
    case 'by-hand':
      return detail;
    case 'directory-off':
      return 'The export of directory data through Microsoft Graph is not switched on here. Ask your Studio Steward administrator, or use the privacy portal for your kind of account.';
    case 'not-an-administrator':
      return [
        'Only a Global Administrator of your tenant can start an export of directory data, so nothing was done.',
        'Ask one of them.',
        'Telemetry: with a standard account use the Azure Privacy portal, with a personal Microsoft account Microsoft’s Privacy Portal.',
      ].join(' ');
    case 'unknown-person':
      return `I cannot find “${name}” in your tenant’s directory. Write the whole address. Personal Microsoft accounts are not in it: their owners use Microsoft’s Privacy Portal.`;
    case 'personal-account':
      return `${name} has a personal Microsoft account, which Microsoft Graph does not export. Its owner can use Microsoft’s Privacy Portal.`;
    case 'directory-unavailable':
      return detail;
    case 'directory-export-in-doubt':
      return `I was interrupted while asking Microsoft Graph, so the export of ${name} may or may not have been started. I do not start it a second time by myself.`;
    case 'directory-export-failed':
      return `Microsoft Graph says that its export of ${name} failed. It gives no reason. Ask again; if that fails too, ask Microsoft’s support.`;
    case 'directory-access-ended':
      return `Microsoft Graph had not finished exporting ${name} when its write access expired. I have stopped checking it; the operation itself cannot be cancelled. Ask again to start a new one.`;
    case 'directory-export-left':
      return 'I have stopped checking it. An operation that Microsoft Graph has started cannot be cancelled; I am deleting its storage container, so that nothing more can be written there.';
    case 'earlier-run-unfinished':
      return `I left this run out: the run before it, ${name}, has not ended yet.`;
    case 'gave-up':
      return 'It failed several times because of a problem on my side. Your administrator can find it in the log by the request id.';
    case 'links-being-revoked':
      return `The links of ${name} are being revoked at the moment, so there is no new one yet. Its card in your personal chat shows when that is done.`;
    case 'archive-gone':
      return `The archive of ${name} has been removed from storage. Ask for a new export.`;
  }
}
