import { readdirSync, readFileSync } from 'node:fs';
import type { CardName } from '../../src/teams/cards/catalogue.ts';
import { type RenderedCard, renderCard } from '../../src/teams/cards/render.ts';
import type { Samples } from './sample-parts.ts';
import { accountInfo } from './samples/account-info.ts';
import { addressLink } from './samples/address-link.ts';
import { answer } from './samples/answer.ts';
import { approval } from './samples/approval.ts';
import { approvalDecided } from './samples/approval-decided.ts';
import { assetDetails } from './samples/asset-details.ts';
import { chooseAsset } from './samples/choose-asset.ts';
import { choosePerson } from './samples/choose-person.ts';
import { chooseWorkspace } from './samples/choose-workspace.ts';
import { closed } from './samples/closed.ts';
import { coolingOff } from './samples/cooling-off.ts';
import { deletePreview } from './samples/delete-preview.ts';
import { deleteReceipt } from './samples/delete-receipt.ts';
import { deleteStopped } from './samples/delete-stopped.ts';
import { deleteWorkspacePreview } from './samples/delete-workspace-preview.ts';
import { deputy } from './samples/deputy.ts';
import { didYouMean } from './samples/did-you-mean.ts';
import { directoryPreview } from './samples/directory-preview.ts';
import { directoryProgress } from './samples/directory-progress.ts';
import { directoryResult } from './samples/directory-result.ts';
import { exportPreview } from './samples/export-preview.ts';
import { exportResult } from './samples/export-result.ts';
import { exportResultPublic } from './samples/export-result-public.ts';
import { help } from './samples/help.ts';
import { hold } from './samples/hold.ts';
import { holdLift } from './samples/hold-lift.ts';
import { holdList } from './samples/hold-list.ts';
import { listAssets } from './samples/list-assets.ts';
import { listAssetsOfAll } from './samples/list-assets-of-all.ts';
import { listWorkspaces } from './samples/list-workspaces.ts';
import { notice } from './samples/notice.ts';
import { progress } from './samples/progress.ts';
import { proposeName } from './samples/propose-name.ts';
import { recordFile } from './samples/record-file.ts';
import { recordList } from './samples/record-list.ts';
import { requestGroup } from './samples/request-group.ts';
import { requestList } from './samples/request-list.ts';
import { requestRecord } from './samples/request-record.ts';
import { requestStatus } from './samples/request-status.ts';
import { revokeLink } from './samples/revoke-link.ts';
import { scheduleList } from './samples/schedule-list.ts';
import { schedulePreview } from './samples/schedule-preview.ts';
import { waitingForApproval } from './samples/waiting-for-approval.ts';
import { welcome } from './samples/welcome.ts';
import { workspaceReceipt } from './samples/workspace-receipt.ts';
import { workspaceResources } from './samples/workspace-resources.ts';
import { workspaceWatch } from './samples/workspace-watch.ts';

const folder = new URL('../../cards/', import.meta.url);

/** The samples of every card: a card without any does not compile, and neither does one that its schema would refuse. */
const samplesByCard: { readonly [Name in CardName]: Samples<Name> } = {
  'account-info': accountInfo,
  'address-link': addressLink,
  answer,
  approval,
  'approval-decided': approvalDecided,
  'choose-asset': chooseAsset,
  'choose-person': choosePerson,
  'choose-workspace': chooseWorkspace,
  closed,
  deputy,
  'delete-preview': deletePreview,
  'delete-receipt': deleteReceipt,
  'delete-stopped': deleteStopped,
  'delete-workspace-preview': deleteWorkspacePreview,
  'did-you-mean': didYouMean,
  'directory-preview': directoryPreview,
  'directory-progress': directoryProgress,
  'directory-result': directoryResult,
  'export-preview': exportPreview,
  'export-result': exportResult,
  'record-file': recordFile,
  'export-result-public': exportResultPublic,
  help,
  hold,
  'hold-lift': holdLift,
  'hold-list': holdList,
  'asset-details': assetDetails,
  'list-assets': listAssets,
  'list-assets-of-all': listAssetsOfAll,
  'list-workspaces': listWorkspaces,
  notice,
  progress,
  'propose-name': proposeName,
  'request-group': requestGroup,
  'request-list': requestList,
  'request-record': requestRecord,
  'record-list': recordList,
  'request-status': requestStatus,
  'revoke-link': revokeLink,
  'schedule-list': scheduleList,
  'schedule-preview': schedulePreview,
  'cooling-off': coolingOff,
  'waiting-for-approval': waitingForApproval,
  welcome,
  'workspace-receipt': workspaceReceipt,
  'workspace-resources': workspaceResources,
  'workspace-watch': workspaceWatch,
};

/** One set of sample data, and the card that it makes. */
interface Sample {
  readonly card: CardName;
  /** What it shows; `usual` for the plainest. */
  readonly title: string;
  readonly data: object;
  readonly draw: () => RenderedCard;
}

/** All sample data, card by card. */
export const samples: readonly Sample[] = (Object.keys(samplesByCard) as CardName[]).flatMap((card) =>
  samplesOf(card, samplesByCard[card]),
);

function samplesOf<Name extends CardName>(card: Name, byTitle: Samples<Name>): Sample[] {
  return Object.entries(byTitle).map(([title, data]) => ({ card, title, data, draw: () => renderCard(card, data) }));
}

/** One sample of a card. */
export function sampleOf(name: CardName, title = 'usual'): Sample {
  const found = samples.find((each) => each.card === name && each.title === title);
  if (found === undefined) throw new Error(`no sample ${title} of ${name}`);
  return found;
}

/** Names of all template files. */
export function templateNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length));
}

/** A template as it is written. */
export function readTemplate(name: string): string {
  return readFileSync(new URL(`${name}.json`, folder), 'utf8');
}
