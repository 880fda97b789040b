import { z } from 'zod';

/** A file of the workspace itself (settings, gateways and the like) that an export could not write completely. */
export const workspaceProblem = z.strictObject({
  /** Null when the files could not be listed at all. */
  fileName: z.string().nullable(),
  /** A sentence for a person. */
  note: z.string(),
  /** True for a permanent failure: the service does not offer the data, so retrying cannot help. */
  permanent: z.boolean().default(false),
});
export type WorkspaceProblem = z.infer<typeof workspaceProblem>;

const recorded = z.object({ workspace: z.array(workspaceProblem).nullable().default(null) });

/** The problems recorded in the contents of an archive part. */
export function workspaceProblemsIn(contents: object): readonly WorkspaceProblem[] {
  return recorded.safeParse(contents).data?.workspace ?? [];
}
