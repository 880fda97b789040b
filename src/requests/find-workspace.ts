import type { AccountType } from '../domain/accounts.ts';
import type { Named, Resolution } from '../domain/name-resolution.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { Ask, PendingChoice } from '../domain/request.ts';
import type { RequestServices } from './request-services.ts';
import type { VisibleWorkspace } from './visible-workspaces.ts';

/** The workspace of an ask, a question about it, or a refusal. */
export type WorkspaceFinding =
  | { readonly kind: 'found'; readonly seen: VisibleWorkspace }
  | { readonly kind: 'choice'; readonly choice: PendingChoice }
  | { readonly kind: 'refusal'; readonly refusal: Refusal };

/** Resolves which workspace an ask refers to. Never guesses: a near miss or several candidates become a question. */
export function findWorkspace(
  services: Pick<RequestServices, 'resolveName'>,
  ask: Ask,
  visible: readonly VisibleWorkspace[],
): WorkspaceFinding {
  if (ask.workspaceId !== undefined) {
    const seen = visible.find(({ workspace }) => workspace.id === ask.workspaceId);
    return seen ? { kind: 'found', seen } : { kind: 'refusal', refusal: { reason: 'not-a-member' } };
  }
  const [only, ...others] = visible;
  if (only === undefined) return { kind: 'refusal', refusal: { reason: 'no-workspace' } };
  if (ask.workspaceName === undefined) {
    if (others.length === 0) return { kind: 'found', seen: only };
    return { kind: 'choice', choice: chooseWorkspace('which-workspace', null, visible) };
  }
  const typedName = ask.workspaceName;
  const named = visible.map((seen) => ({ seen, name: seen.workspace.name, createdAt: seen.workspace.createdAt }));
  const longer = (ask.workspaceLonger ?? []).map((name) => ({ name, found: services.resolveName(name, named) }));
  const resolution = services.resolveName(typedName, named);
  const whole = longer.findLast(({ found }) => found.result !== 'unknown');
  if (whole !== undefined) {
    const exact = exactly(whole.found);
    const others = [resolution, ...longer.filter((each) => each !== whole).map(({ found }) => found)].flatMap(exactly);
    const [match, ...further] = [...exact, ...others];
    if (match !== undefined && further.length === 0) return { kind: 'found', seen: match.seen };
    const all = [...exact, ...others].map(({ seen }) => seen);
    return { kind: 'choice', choice: chooseWorkspace('which-workspace', whole.name, all) };
  }
  const longest = longer.at(-1);
  if (longest !== undefined && resolution.result !== 'unknown')
    return { kind: 'refusal', refusal: { reason: 'one-workspace-at-a-time', name: longest.name } };
  switch (resolution.result) {
    case 'found':
      return { kind: 'found', seen: resolution.match.seen };
    case 'ambiguous':
      return {
        kind: 'choice',
        choice: chooseWorkspace(
          'which-workspace',
          typedName,
          resolution.matches.map(({ seen }) => seen),
        ),
      };
    case 'unknown': {
      const ofType = visible.filter(({ workspace }) => namesType(typedName, workspace.accountType));
      const [onlyOfType] = ofType;
      if (onlyOfType !== undefined && ofType.length === 1) return { kind: 'found', seen: onlyOfType };
      return resolution.closest.length === 0
        ? { kind: 'refusal', refusal: { reason: 'unknown-workspace', name: typedName } }
        : {
            kind: 'choice',
            choice: chooseWorkspace(
              'did-you-mean-workspace',
              typedName,
              resolution.closest.map(({ seen }) => seen),
            ),
          };
    }
  }
}

/** "The guest workspace", "the free one": an account type that only one of the person's workspaces has. */
function namesType(typed: string, type: AccountType): boolean {
  const words = typed.toLowerCase().split(/[\s-]+/u);
  return words.length <= 3 && words[0] === type && words.slice(1).every((word) => typeNouns.has(word));
}

const typeNouns = new Set(['workspace', 'account', 'one', 'worksapce', 'workspce']);

function exactly<Thing extends Named>(resolution: Resolution<Thing>): readonly Thing[] {
  switch (resolution.result) {
    case 'found':
      return [resolution.match];
    case 'ambiguous':
      return resolution.matches;
    case 'unknown':
      return [];
  }
}

/** The most workspaces that a card lists as options. */
const maxOptions = 20;

/** A question about the workspace, with the person's visible ones as options. */
export function chooseWorkspace(
  question: 'which-workspace' | 'did-you-mean-workspace',
  typedName: string | null,
  seen: readonly VisibleWorkspace[],
): PendingChoice {
  return {
    question,
    said: typedName,
    options: seen.slice(0, maxOptions).map(({ workspace, role }, index) => ({
      id: `w${index}`,
      workspaceId: workspace.id,
      name: workspace.name,
      accountType: workspace.accountType,
      role: role,
    })),
  };
}
