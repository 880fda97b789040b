/** The parts of a resource's id that the official packages ask for. */
export interface ResourceName {
  readonly subscription: string;
  readonly group: string;
  readonly name: string;
}

/** Parses `/subscriptions/…/resourceGroups/…/providers/Microsoft.MachineLearning/<type>/<name>`; null for any other id. */
export function readResourceId(id: string, type: string): ResourceName | null {
  const pattern =
    /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.MachineLearning\/([^/]+)\/([^/]+)$/i;
  const [, subscription, group, found, name] = pattern.exec(id) ?? [];
  if (!subscription || !group || !name || found?.toLowerCase() !== type.toLowerCase()) return null;
  return { subscription, group, name };
}

/** True when a reference names this workspace, by Studio's id (with or without dashes) or by resource id. */
export function refersTo(reference: string, workspaceId: string, resourceId: string | null): boolean {
  if (reference.replaceAll('-', '').toLowerCase() === workspaceId) return true;
  return resourceId !== null && reference.toLowerCase() === resourceId.toLowerCase();
}
