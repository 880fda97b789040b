import type { Call } from './call.ts';
import { type Faults, faultRulesSchema } from './faults.ts';
import { Refusal } from './refusal.ts';
import { emptyReply, jsonReply, type Reply } from './reply.ts';
import type { RequestLog } from './request-log.ts';

/** The emulator's own address for tests and demonstrations; no real service has it. */
export async function answerControl(call: Call, faults: Faults, log: RequestLog): Promise<Reply> {
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
    default:
      throw new Refusal(404, 'Known here: POST and DELETE _control/faults, GET and DELETE _control/log.');
  }
}
