import type { Refusal } from '../domain/refusals.ts';
import type { Ask, PendingChoice } from '../domain/request.ts';
import type { RequestServices } from './services.ts';
import type { VisibleWorkspace } from './visible-workspaces.ts';

/** The workspace that an ask is about, a question about it, or a refusal. */
export type WorkspaceFinding =
  | { readonly kind: 'found'; readonly seen: VisibleWorkspace }
  | { readonly kind: 'choice'; readonly choice: PendingChoice }
  | { readonly kind: 'refusal'; readonly refusal: Refusal };

/** Decides which workspace is meant. Never guesses: a near miss or several candidates become a question. */
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
  const said = ask.workspaceName;
  const named = visible.map((seen) => ({ seen, name: seen.workspace.name, createdAt: seen.workspace.createdAt }));
  const resolution = services.resolveName(said, named);
  switch (resolution.result) {
    case 'found':
      return { kind: 'found', seen: resolution.match.seen };
    case 'ambiguous':
      return {
        kind: 'choice',
        choice: chooseWorkspace(
          'which-workspace',
          said,
          resolution.matches.map(({ seen }) => seen),
        ),
      };
    case 'unknown':
      return resolution.closest.length === 0
        ? { kind: 'refusal', refusal: { reason: 'unknown-workspace', name: said } }
        : {
            kind: 'choice',
            choice: chooseWorkspace(
              'did-you-mean-workspace',
              said,
              resolution.closest.map(({ seen }) => seen),
            ),
          };
  }
}

/** The most workspaces that a card offers. */
const mostOffered = 20;

/** A question about the workspace, with those that the person can see as answers. */
export function chooseWorkspace(
  question: 'which-workspace' | 'did-you-mean-workspace',
  said: string | null,
  seen: readonly VisibleWorkspace[],
): PendingChoice {
  return {
    question,
    said,
    options: seen.slice(0, mostOffered).map(({ workspace, standing }, index) => ({
      id: `w${index}`,
      workspaceId: workspace.id,
      name: workspace.name,
      accountType: workspace.accountType,
      role: standing,
    })),
  };
}
