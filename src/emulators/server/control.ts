import { z } from 'zod';
import type { Call } from './call.ts';
import { Refusal } from './error-replies.ts';
import { type Faults, faultRulesSchema } from './faults.ts';
import { emptyReply, jsonReply, type Reply } from './reply.ts';
import type { RequestLog } from './request-log.ts';

const editSchema = z.strictObject({
  /** The workspace, or the subscription for what is in Azure. */
  workspaceId: z.string(),
  table: z.string(),
  id: z.string(),
  change: z.record(z.string(), z.unknown()),
});

/** A change that somebody else makes to what a service keeps. */
export type Edit = z.output<typeof editSchema>;

/** The emulator's own address for tests and demonstrations; no real service has it. */
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
        'Known here: POST and DELETE _control/faults, GET and DELETE _control/log, POST _control/edits.',
      );
  }
}
