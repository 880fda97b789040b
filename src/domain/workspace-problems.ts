import { z } from 'zod';

/** A file of the workspace itself (settings, gateways and the like) that an export could not write as it should. */
export const workspaceProblem = z.strictObject({
  /** Null when not even the files could be listed. */
  fileName: z.string().nullable(),
  /** A sentence for a person. */
  note: z.string(),
  /** True when trying again cannot help, since the service has no way to give it. */
  permanent: z.boolean().default(false),
});
export type WorkspaceProblem = z.infer<typeof workspaceProblem>;

const recorded = z.object({ workspace: z.array(workspaceProblem).nullable().default(null) });

/** The problems that the recorded contents of an archive's part tell. */
export function workspaceProblemsIn(contents: object): readonly WorkspaceProblem[] {
  return recorded.safeParse(contents).data?.workspace ?? [];
}
