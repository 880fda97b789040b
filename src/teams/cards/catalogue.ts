import { accountInfo } from './account-info.ts';
import { addressLink } from './address-link.ts';
import { answer } from './answer.ts';
import { approval } from './approval.ts';
import { approvalDecided } from './approval-decided.ts';
import { assetDetails } from './asset-details.ts';
import { chooseAsset } from './choose-asset.ts';
import { choosePerson } from './choose-person.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { closed } from './closed.ts';
import { coolingOff } from './cooling-off.ts';
import type { DataOf } from './definition.ts';
import { deletePreview } from './delete-preview.ts';
import { deleteReceipt } from './delete-receipt.ts';
import { deleteStopped } from './delete-stopped.ts';
import { deleteWorkspacePreview } from './delete-workspace-preview.ts';
import { deputy } from './deputy.ts';
import { didYouMean } from './did-you-mean.ts';
import { directoryPreview } from './directory-preview.ts';
import { directoryProgress } from './directory-progress.ts';
import { directoryResult } from './directory-result.ts';
import { exportPreview } from './export-preview.ts';
import { exportResult } from './export-result.ts';
import { exportResultPublic } from './export-result-public.ts';
import { help } from './help.ts';
import { hold } from './hold.ts';
import { holdLift } from './hold-lift.ts';
import { holdList } from './hold-list.ts';
import { listAssets } from './list-assets.ts';
import { listAssetsOfAll } from './list-assets-of-all.ts';
import { listWorkspaces } from './list-workspaces.ts';
import { notice } from './notice.ts';
import { progress } from './progress.ts';
import { proposeName } from './propose-name.ts';
import { recordFile } from './record-file.ts';
import { recordList } from './record-list.ts';
import { requestGroup } from './request-group.ts';
import { requestList } from './request-list.ts';
import { requestRecord } from './request-record.ts';
import { requestStatus } from './request-status.ts';
import { revokeLink } from './revoke-link.ts';
import { scheduleList } from './schedule-list.ts';
import { schedulePreview } from './schedule-preview.ts';
import { waitingForApproval } from './waiting-for-approval.ts';
import { welcome } from './welcome.ts';
import { workspaceReceipt } from './workspace-receipt.ts';
import { workspaceResources } from './workspace-resources.ts';
import { workspaceWatch } from './workspace-watch.ts';

/** All cards, by the name of their template in `cards/`. */
export const catalogue = {
  'account-info': accountInfo,
  'address-link': addressLink,
  answer,
  approval,
  'approval-decided': approvalDecided,
  'workspace-resources': workspaceResources,
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
  'export-result-public': exportResultPublic,
  help,
  hold,
  'hold-lift': holdLift,
  'hold-list': holdList,
  'list-assets': listAssets,
  'list-assets-of-all': listAssetsOfAll,
  'asset-details': assetDetails,
  'list-workspaces': listWorkspaces,
  notice,
  progress,
  'propose-name': proposeName,
  'record-file': recordFile,
  'record-list': recordList,
  'request-group': requestGroup,
  'request-list': requestList,
  'request-record': requestRecord,
  'request-status': requestStatus,
  'revoke-link': revokeLink,
  'schedule-list': scheduleList,
  'schedule-preview': schedulePreview,
  'cooling-off': coolingOff,
  'waiting-for-approval': waitingForApproval,
  welcome,
  'workspace-receipt': workspaceReceipt,
  'workspace-watch': workspaceWatch,
} as const;

export type CardName = keyof typeof catalogue;

/** The input data of each card. */
export type CardData<Name extends CardName> = DataOf<(typeof catalogue)[Name]>;
