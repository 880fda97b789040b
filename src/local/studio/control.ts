import { z } from 'zod';
import type { Call } from './call.ts';
import { type Faults, faultRulesSchema } from './faults.ts';
import { Refusal } from './refusal.ts';
import { emptyReply, jsonReply, type Reply } from './reply.ts';
import type { RequestLog } from './request-log.ts';
import type { Store, Table } from './store.ts';

/** An edit in place, as somebody makes it in the web application or in Azure, for which there is no call here. */
const editSchema = z.strictObject({
  /** The workspace, or the subscription for what is in Azure. */
  workspaceId: z.string(),
  table: z.enum([
    'dataset',
    'model',
    'transform',
    'module',
    'experiment',
    'project',
    'notebook',
    'webservice',
    'endpoint',
    'arm-web-service',
  ]),
  id: z.string(),
  /** Fields of the record, as `records.ts` and `arm/records.ts` name them. */
  change: z.record(z.string(), z.unknown()),
});

/** The emulator's own address for tests and demonstrations; no real service has it. */
export async function answerControl(
  call: Call,
  faults: Faults,
  log: RequestLog,
  store: Store | null = null,
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
      const { workspaceId, table, id, change } = await call.json(editSchema);
      if (store === null) throw new Refusal(404, 'Nothing can be edited here.');
      edit(store.table(workspaceId, table) as Table<{ id: string }>, id, change);
      return emptyReply();
    }
    default:
      throw new Refusal(
        404,
        'Known here: POST and DELETE _control/faults, GET and DELETE _control/log, POST _control/edits.',
      );
  }
}

function edit<Item extends { readonly id: string }>(table: Table<Item>, id: string, change: Record<string, unknown>) {
  const before = table.get(id);
  if (before === undefined) throw new Refusal(404, `There is nothing with the id ${id}.`);
  table.put({ ...before, ...change });
}
