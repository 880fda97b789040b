/**
 * What a request does with data. Deleting a workspace is an action of its own: no other action ever turns into it.
 * `export-directory-data` concerns a person in the tenant's directory and no workspace.
 */
export const actions = [
  'export',
  'delete',
  'export-then-delete',
  'delete-workspace',
  'export-then-delete-workspace',
  'export-directory-data',
] as const;

export type Action = (typeof actions)[number];

/** The actions that delete a whole workspace. */
export type WorkspaceDeletion = 'delete-workspace' | 'export-then-delete-workspace';

/** The actions on assets that were named or selected. */
export type AssetAction = 'export' | 'delete' | 'export-then-delete';

/** The folder in `workflows/` that carries an action out. */
export type WorkflowName = 'export' | 'delete-assets' | 'delete-workspace' | 'directory-export';

/**
 * What a running request is busy with. Of a workspace: `removing` while the outcome of the call for its deletion is
 * unknown, `checking` once the call was answered, `waiting` while a person has to delete it by hand. Of directory data:
 * `asking` while the outcome of the call to Graph is unknown, `following` once Graph has accepted it.
 */
export const phases = ['exporting', 'deleting', 'checking', 'removing', 'waiting', 'asking', 'following'] as const;

export type Phase = (typeof phases)[number];

/** What is done with each asset of a request, each with a recorded result. */
export type AssetStep = 'exported' | 'deleted';

/** What the policy tells apart: a backup before a deletion is part of the deletion. */
export const policyColumns = ['export', 'delete', 'delete-workspace'] as const;

export type PolicyColumn = (typeof policyColumns)[number];

/** What the rest of the code needs to know about an action. */
export interface ActionTraits {
  readonly workflow: WorkflowName;
  /** Whose or what data it concerns. */
  readonly concerns: 'workspace' | 'person';
  /** What happens to the data: copies, deletions, or both. */
  readonly deletes: 'nothing' | 'assets' | 'workspace';
  /** True when it creates an archive of a workspace's data. */
  readonly archives: boolean;
  /** The column of the policy table that applies; null when no workspace is concerned. */
  readonly policy: PolicyColumn | null;
  /**
   * What the preview of this action lets a person confirm. A preview of an export is never one of a deletion, nor one
   * of assets one of the workspace. A backup can be added; dropping the deletion is a different request.
   */
  readonly confirmableAs: readonly Action[];
  /** Whether a schedule may repeat it, which asks for no press on each run. Never what deletes something. */
  readonly repeats: boolean;
  /** The steps that each asset has a result of in the end. */
  readonly steps: readonly AssetStep[];
  /** The step whose failed part can be retried as a new request; null where nothing can. */
  readonly retries: AssetStep | null;
  /** True when the assets are shown with what uses them, since they go. */
  readonly showsDependants: boolean;
  /** The phases a run goes through, each with those that may follow it; null is a run that has not begun its work. */
  readonly phases: ReadonlyMap<Phase | null, readonly (Phase | null)[]>;
  /** Phases in which no worker runs and a service is polled instead. */
  readonly polled: readonly Phase[];
  /** True when its end is a receipt of what was changed, even when it was stopped. */
  readonly hasReceipt: boolean;
  /** True when somebody else than the requester may see what it is about. */
  readonly isVisibleToOthers: boolean;
}

type Phases = ActionTraits['phases'];

/** A run that works on assets may go back to an earlier phase, since the next run begins from what is recorded. */
function anyOrder(...phases: readonly Phase[]): Phases {
  return new Map([null, ...phases].map((from) => [from, phases]));
}

/** Once the call was answered there is no way back; a call that had no effect is taken back. */
const removalPhases: Phases = new Map<Phase | null, readonly (Phase | null)[]>([
  [null, ['exporting', 'removing', 'waiting']],
  ['exporting', ['exporting', 'removing', 'waiting']],
  ['removing', ['exporting', 'removing', null, 'checking', 'waiting']],
  ['waiting', ['waiting']],
  ['checking', []],
]);

const directoryPhases: Phases = new Map<Phase | null, readonly (Phase | null)[]>([
  [null, ['asking']],
  ['asking', ['asking', null, 'following']],
  ['following', []],
]);

const assetDeletion = {
  workflow: 'delete-assets',
  concerns: 'workspace',
  deletes: 'assets',
  policy: 'delete',
  confirmableAs: ['delete', 'export-then-delete'],
  repeats: false,
  retries: 'deleted',
  showsDependants: true,
  polled: [],
  hasReceipt: true,
  isVisibleToOthers: true,
} as const;

const workspaceDeletion = {
  workflow: 'delete-workspace',
  concerns: 'workspace',
  deletes: 'workspace',
  policy: 'delete-workspace',
  confirmableAs: ['delete-workspace', 'export-then-delete-workspace'],
  repeats: false,
  retries: null,
  showsDependants: false,
  phases: removalPhases,
  polled: ['checking', 'waiting'],
  hasReceipt: true,
  isVisibleToOthers: true,
} as const;

/** The traits of each action. A new action is a row here, a folder in `workflows/`, its cards and its tests. */
const traits: Readonly<Record<Action, ActionTraits>> = {
  export: {
    workflow: 'export',
    concerns: 'workspace',
    deletes: 'nothing',
    archives: true,
    policy: 'export',
    confirmableAs: ['export'],
    repeats: true,
    steps: ['exported'],
    retries: 'exported',
    showsDependants: false,
    phases: anyOrder('exporting'),
    polled: [],
    hasReceipt: false,
    isVisibleToOthers: true,
  },
  delete: { ...assetDeletion, archives: false, steps: ['deleted'], phases: anyOrder('deleting') },
  'export-then-delete': {
    ...assetDeletion,
    // Who asked for a copy first does not lose it to the other button.
    confirmableAs: ['export-then-delete'],
    archives: true,
    steps: ['exported', 'deleted'],
    phases: anyOrder('exporting', 'deleting'),
  },
  'delete-workspace': { ...workspaceDeletion, archives: false, steps: [] },
  'export-then-delete-workspace': {
    ...workspaceDeletion,
    confirmableAs: ['export-then-delete-workspace'],
    archives: true,
    steps: ['exported'],
  },
  'export-directory-data': {
    workflow: 'directory-export',
    concerns: 'person',
    deletes: 'nothing',
    archives: false,
    policy: null,
    confirmableAs: ['export-directory-data'],
    repeats: false,
    steps: [],
    retries: null,
    showsDependants: false,
    phases: directoryPhases,
    polled: ['following'],
    hasReceipt: true,
    isVisibleToOthers: false,
  },
};

/** The traits of an action. */
export function traitsOf(action: Action): ActionTraits {
  return traits[action];
}

/** True when the whole workspace is deleted, rather than assets in it. */
export function isWorkspaceDeletion(action: Action): action is WorkspaceDeletion {
  return traits[action].deletes === 'workspace';
}

/** The actions that a schedule may repeat. */
export type RepeatableAction = 'export';

/** True for what a schedule may repeat: an export, never a deletion. */
export function isRepeatable(action: Action): action is RepeatableAction {
  return traits[action].repeats && traits[action].deletes === 'nothing';
}

/** True for actions on the data of a person in the directory. */
export function concernsPerson(action: Action): action is 'export-directory-data' {
  return traits[action].concerns === 'person';
}

/** True for actions on single assets, whose failed part can be retried. */
export function actsOnAssets(action: Action): action is AssetAction {
  return traits[action].retries !== null;
}

/** The action that a button confirms; null for other choices. */
export function confirmedAction(choice: string): Action | null {
  return actions.find((action) => action === choice) ?? null;
}

/** True while nothing is left to run: a service, or the result of a person's work, is polled. */
export function isPolled(request: {
  readonly state: string;
  readonly action: Action;
  readonly phase: Phase | null;
}): boolean {
  const { state, action, phase } = request;
  return state === 'running' && phase !== null && traits[action].polled.includes(phase);
}
