import { z } from 'zod';
import type { Call } from './call.ts';
import { Refusal } from './error-replies.ts';
import { type Faults, faultRulesSchema } from './faults.ts';
import { emptyReply, jsonReply, type Reply } from './reply.ts';
import type { RequestLog } from './request-log.ts';

const editSchema = z.strictObject({
  /** Id of the workspace, or of the subscription for Azure resources. */
  workspaceId: z.string(),
  table: z.string(),
  id: z.string(),
  change: z.record(z.string(), z.unknown()),
});

/** A change that somebody other than Steward makes to a stored record. */
export type Edit = z.output<typeof editSchema>;

/** Answers the emulator's control API, which exists for tests and demonstrations only; no real service has it. */
export async function answerControl(
  call: Call,
  faults: Faults,
  log: RequestLog,
  makeEdit: ((edit: Edit) => void) | null = null,
): Promise<Reply> {
  switch (`${call.method} ${call.segments.slice(1).join('/')}`) {
    case 'POST faults':
      faults.add(await call.json(faultRulesSchema));
      return jsonReply({ accepted: true });
    case 'DELETE faults':
      faults.clear();
      return emptyReply();
    case 'GET log':
      return jsonReply(log.entries());
    case 'DELETE log':
      log.clear();
      return emptyReply();
    case 'POST edits': {
      if (makeEdit === null) throw new Refusal(404, 'Nothing can be edited here.');
      makeEdit(await call.json(editSchema));
      return emptyReply();
    }
    default:
      throw new Refusal(
        404,
        'Supported: POST and DELETE _control/faults, GET and DELETE _control/log, POST _control/edits.',
      );
  }
}
