import type { Settings } from '../config.ts';
import { shippedPolicy } from '../config-policy.ts';
import type { PolicyRules } from '../domain/policy-rules.ts';
import type { StudioEmulator } from '../emulators/studio-classic/studio-emulator.ts';
import type { Azurite } from './azurite.ts';

const hour = 3_600_000;

/** The other parts of the product that run on this machine. */
export interface LocalParts {
  readonly studio: Pick<StudioEmulator, 'registrations' | 'resourceManager'>;
  readonly azurite: Pick<Azurite, 'url' | 'accountName' | 'accountKey'>;
}

/** The settings in which local Stewards differ. */
export interface LocalChoices extends Pick<Settings, 'database' | 'port' | 'directoryExport' | 'groups' | 'mail'> {
  /** See `RequestSettings`. */
  readonly minUpdateGapMs: number;
  readonly firstPollMs?: number;
  readonly approvers: readonly string[];
  readonly administrators?: readonly string[];
  readonly helpdesk?: readonly string[];
  readonly auditors?: readonly string[];
  readonly approvalConversationId: string;
  readonly approvalsInOwnChats?: boolean;
  /** The rules in force; the shipped ones by default. */
  readonly policy?: PolicyRules;
}

/** Settings of a Steward in local mode that uses these parts; bot and worker run in one process. */
export function localSettings(parts: LocalParts, choices: LocalChoices): Settings {
  const { studio, azurite } = parts;
  const {
    minUpdateGapMs,
    firstPollMs,
    approvers,
    administrators = [],
    helpdesk = [],
    auditors = [],
    approvalConversationId,
    approvalsInOwnChats = false,
    policy = shippedPolicy(),
    ...more
  } = choices;
  return {
    ...more,
    roles: new Set(['bot', 'worker']),
    host: '127.0.0.1',
    logLevel: 'info',
    identity: { kind: 'local' },
    storage: {
      kind: 'key',
      accountUrl: azurite.url,
      accountName: azurite.accountName,
      accountKey: azurite.accountKey,
      container: 'steward-archives',
    },
    studio: studio.registrations(),
    resourceManager: { kind: 'fixed-token', ...studio.resourceManager },
    requests: {
      waitsForPeopleMs: 24 * hour,
      linkLifetimeMs: 24 * hour,
      archiveRetentionMs: 7 * 24 * hour,
      minUpdateGapMs,
      ...(firstPollMs === undefined ? {} : { firstPollMs }),
      // On this machine the only rights in “Azure” are those of the sample workspace's owner.
      policy: {
        ...policy,
        rules: policy.rules.filter(({ withOwnRights }) => withOwnRights !== true),
        approversExist: true,
      },
      approvers,
      administrators,
      helpdesk,
      auditors,
      approvalConversationId,
      approvalsInOwnChats,
    },
    partBytes: 1 << 30,
  };
}
