import { randomUUID } from 'node:crypto';
import { createDropOffContainers } from '../../src/archive/drop-off-container.ts';
import { createArchiveStorage } from '../../src/archive/storage.ts';
import type { Database } from '../../src/database/connection.ts';
import type { Queue } from '../../src/database/queue.ts';
import type { AssetSource } from '../../src/domain/asset-source.ts';
import type { Clock } from '../../src/domain/clock.ts';
import type { Person } from '../../src/domain/people.ts';
import { resolveName, searchName } from '../../src/understanding/resolve.ts';
import type { WorkflowServices } from '../../src/workflows/workflow-services.ts';
import { member } from './people.ts';
import { membersNeedApproval } from './policies.ts';

/** A person who makes requests without a chat. */
export const asker: Person = member('alex', 'Alex Wilber', 'alexw@example.com', 'tenant');

/** The services that jobs need, on this database and source, for requests that make no archive: without storage. */
export function jobServices(database: Database, queue: Queue, source: AssetSource, clock: Clock): WorkflowServices {
  const day = 24 * 3_600_000;
  const nowhere = {
    url: 'http://127.0.0.1:1/nowhere',
    signIn: { kind: 'key', accountName: 'nowhere', accountKey: Buffer.from('nowhere').toString('base64') },
    container: 'nowhere',
    allowHttp: true,
    clock,
  } as const;
  return {
    database,
    queue,
    clock,
    log: {
      info: () => {},
      warn: () => {},
      error: (_message, error) => {
        throw error;
      },
    },
    source,
    resolveName,
    searchName,
    newToken: randomUUID,
    partBytes: 1 << 30,
    storage: createArchiveStorage(nowhere),
    dropOff: createDropOffContainers(nowhere),
    settings: {
      waitsForPeopleMs: day,
      linkLifetimeMs: day,
      archiveRetentionMs: day,
      minUpdateGapMs: 2_000,
      policy: { ...membersNeedApproval, approversExist: false },
      approvers: [],
      approvalConversationId: null,
    },
  };
}
