import { createHash } from 'node:crypto';
import { chatPerson, chatPersonName } from '../emulators/graph/sample-people.ts';
import type { GeneratedCounts } from '../emulators/studio-classic/generated/plan.ts';

/** The options of a generated workspace. */
export interface WorkspaceOptions {
  readonly name: string;
  readonly type: 'free' | 'guest' | 'standard';
  /**
   * E-mail address of a person with a chat window, who owns the workspace, or holds its token if it is a guest
   * workspace.
   */
  readonly owner: string;
  readonly counts: GeneratedCounts;
  /** Total size of all contents. */
  readonly bytes: number;
  readonly seed: number;
}

const types = { free: 'Free', guest: 'Anonymous', standard: 'PaidStandard' } as const;
const colleagues = ['adelev@example.com', 'isaiahl@example.com'];
/** Owners of assets that were uploaded by a program. */
const programs = ['pyazureml', 'R'];

/**
 * The `workspace.json` of a seed. The same options give the same workspace with the same id. Throws RangeError for an
 * owner without a chat window.
 */
export function generatedWorkspace(wish: WorkspaceOptions): Readonly<Record<string, unknown>> {
  const id = idFor(JSON.stringify(wish));
  const member = (email: string, role: string) => ({ email, name: chatPersonName(chatPerson(email)), role });
  const members = [
    member(wish.owner, 'Owner'),
    ...colleagues.filter((email) => email !== wish.owner).map((email) => member(email, 'User')),
  ];
  const guest = wish.type === 'guest';
  return {
    id,
    name: wish.name,
    description: 'Generated',
    type: types[wish.type],
    // Guest workspaces exist for a few hours only.
    createdAt: guest ? { hoursBeforeStart: 1 } : '2014-12-01T09:00:00Z',
    ...(guest ? { registeredBy: wish.owner } : { ownerEmail: wish.owner, members }),
    ...(wish.type === 'standard' ? azureOf(wish.name, id) : {}),
    generated: {
      seed: wish.seed,
      counts: wish.counts,
      bytes: wish.bytes,
      people: guest ? ['Guest'] : [...members.map(({ name }) => name), ...programs],
      ...(guest ? { from: { hoursBeforeStart: 1 }, to: { hoursBeforeStart: 0 } } : {}),
    },
  };
}

/** A name for a folder or an Azure resource. A name without ASCII letters or digits gets one from its hash. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-|-$/gu, '');
  return plain === '' ? `workspace-${idFor(name).slice(0, 8)}` : plain.slice(0, 40);
}

function azureOf(name: string, id: string) {
  const slug = slugOf(name);
  const hex = idFor(id, 'subscription');
  const guid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  return {
    region: 'West Europe',
    tenantId: '0b7d3a52-6d4e-4a1e-9c55-5b8f3f0e2a11',
    subscription: { id: guid, name: 'Contoso Generated', state: 'Enabled' },
    storage: { account: 'contosogenerated', resourceGroup: 'ml' },
    azure: { name: slug, resourceGroup: 'ml', location: 'westeurope' },
  };
}

function idFor(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32);
}
