import { randomUUID } from 'node:crypto';
import type { JobData, Queue } from '../../src/database/queue.ts';
import type { AssetSource } from '../../src/domain/asset-source.ts';
import type { Account, Person } from '../../src/domain/people.ts';
import type { PolicyTerms } from '../../src/domain/policy-rules.ts';
import type { RequestRecord } from '../../src/domain/request.ts';
import { type ChatPerson, chatPersonName, chatTenantId } from '../../src/emulators/graph/sample-people.ts';
import { createLibrary } from '../../src/knowledge/library.ts';
import { readKnowledgeFiles } from '../../src/knowledge/page-files.ts';
import { remember } from '../../src/requests/contacts.ts';
import { ask } from '../../src/requests/create.ts';
import { escalate } from '../../src/requests/escalate.ts';
import { addToSnapshot, beginSnapshot, recordPreparation } from '../../src/requests/preparation.ts';
import { reportRequest } from '../../src/requests/report.ts';
import type { RequestSettings } from '../../src/requests/request-services.ts';
import { createAdapter } from '../../src/teams/adapter.ts';
import { createCredentialsFactory } from '../../src/teams/bot-credentials.ts';
import { createConnector } from '../../src/teams/connector.ts';
import { deliver } from '../../src/teams/delivery.ts';
import { retireCard } from '../../src/teams/retire-card.ts';
import type { TeamsServices } from '../../src/teams/teams-services.ts';
import { sampleFacts } from '../knowledge/sample-facts.ts';
import { TestClock } from './clock.ts';
import type { OpenedDatabase } from './databases.ts';
import { jobServices } from './job-services.ts';
import { termsWith } from './policies.ts';
import { previewOf } from './previews.ts';
import { personalChat, type Teams } from './teams.ts';

interface Job {
  readonly name: string;
  readonly data: object;
  readonly at: number;
  readonly key: string;
}

/** The outbox on a real database with the stand-in for the connector. Time moves only when a test advances it. */
export class Outbox {
  readonly clock = new TestClock();
  readonly services: TeamsServices;
  /** The entries of the log. */
  readonly log: { readonly message: string; readonly fields: object }[] = [];
  readonly #jobs = new Map<string, Job>();
  readonly #connector: ReturnType<typeof createConnector>;
  readonly #teams: Teams;

  constructor(
    opened: OpenedDatabase,
    teams: Teams,
    source: AssetSource,
    approvalConversationId: string | null,
    changes: Partial<RequestSettings> = {},
  ) {
    this.#teams = teams;
    const note = (message: string, fields: object = {}) => void this.log.push({ message, fields });
    const log = {
      info: note,
      warn: note,
      error: (message: string, error: unknown, fields: object = {}) =>
        note(message, { ...fields, error: String(error) }),
    };
    const base = jobServices(opened.database, opened.queue, source, this.clock);
    this.services = {
      ...base,
      queue: this.#queue(),
      log,
      settings: {
        ...base.settings,
        maxOpenRequests: 1_000,
        approvalConversationId,
        approvers: ['meganb@example.com'],
        ...changes,
      },
      tenantId: null,
      library: createLibrary(readKnowledgeFiles(), sampleFacts),
      linkTo: async (_part, _saved, expiresAt) => ({ url: 'https://example.com/link', expiresAt }),
      linkToFile: async (_place, _name, _saved, expiresAt) => ({ url: 'https://example.com/link', expiresAt }),
      recordFiles: {
        store: async (_file, _chunks) => ({ url: 'https://example.com/record', expiresAt: new Date(0) }),
        anchors: async () => [],
      },
      mailer: null,
      refreshesCards: true,
      random: () => 0.5,
    };
    const credentials = createCredentialsFactory({ kind: 'local' });
    const adapter = createAdapter({ kind: 'local' }, { credentials, clock: this.clock, log });
    this.#connector = createConnector(adapter, '', 1_000);
  }

  /** Records a person in a conversation, as a message from them does. */
  async meet(who: ChatPerson, id = personalChat(who), kind: 'personal' | 'channel' = 'personal'): Promise<Person> {
    const account: Account = { tenantId: chatTenantId, objectId: who.objectId };
    const facts = {
      ...account,
      name: chatPersonName(who),
      userPrincipalName: who.email,
      mail: who.email,
      role: 'member' as const,
    };
    const reference = {
      channelId: 'msteams',
      serviceUrl: this.#teams.url,
      bot: { id: 'bot', name: 'Studio Steward' },
      user: { id: who.id, name: facts.name },
      conversation: { id, conversationType: kind, tenantId: chatTenantId, isGroup: kind !== 'personal', name: '' },
    };
    const known = {
      person: facts,
      rosterTenantId: chatTenantId,
      channelUserId: who.id,
      personalConversationId: kind === 'personal' ? id : null,
      rosterReadAt: new Date(this.clock.now()),
    };
    await remember(this.services, known, { id, tenantId: chatTenantId, kind, reference }, id);
    return { ...facts, addresses: [who.email] };
  }

  /** Creates a request to delete `count` datasets that needs an approval, up to its preview. */
  async preview(
    person: Person,
    conversationId: string,
    kind: 'personal' | 'channel',
    count = 1,
    terms: PolicyTerms = termsWith(1),
  ): Promise<RequestRecord> {
    const names = Array.from(
      { length: count },
      (_, index) => `${'a rather long name of a dataset '.repeat(3)}${index}.csv`,
    );
    const mentions = names.slice(0, 2).map((name) => ({ kind: 'dataset' as const, name }));
    const request = await ask(
      this.services,
      person,
      { conversationId, kind, activityId: randomUUID() },
      { action: 'delete', target: 'assets', data: 'customer', mentions },
    );
    const snapshot = beginSnapshot(this.services, request);
    const rows = names.map((name, position) => ({
      position,
      asset: {
        kind: 'dataset' as const,
        id: `ws.${position}.v1`,
        familyId: `f${position}`,
        name,
        sizeBytes: 5,
        createdAt: new Date(this.clock.now()),
        owner: 'Alex Wilber',
        versions: 1,
        revision: 'r',
      },
      dependants: [],
    }));
    await addToSnapshot(this.services, snapshot, rows);
    await recordPreparation(
      this.services,
      snapshot,
      previewOf(terms, [{ kind: 'dataset', count, sizeBytes: 5, sizeIncomplete: false }]),
    );
    return this.newest(request.number);
  }

  /** The current record of a request. */
  async newest(number: number): Promise<RequestRecord> {
    const report = await reportRequest(this.services, number);
    if (report === null) throw new Error(`no request ${number}`);
    return report.request;
  }

  /** Advances the time in steps of a second and runs every delivery that becomes due. */
  async pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      await this.#runDue();
      this.clock.advance(1_000);
    }
    await this.#runDue();
  }

  async #runDue(): Promise<void> {
    for (;;) {
      const due = [...this.#jobs.values()].find(({ at }) => at <= this.clock.now());
      if (due === undefined) return;
      this.#jobs.delete(due.key);
      if (due.name === 'deliver') await deliver(this.services, this.#connector, (due.data as { card: number }).card);
      if (due.name === 'escalate') await this.#escalate(due.data as JobData<'escalate'>);
      if (due.name === 'retire-card')
        await retireCard(this.services, this.#connector, (due.data as { old: number }).old);
    }
  }

  #escalate({ request, version, escalation }: JobData<'escalate'>): Promise<void> {
    return escalate(this.services, request, version, escalation);
  }

  /**
   * Behaves like the queue with its short policy: at most one job per key waits. Only the outbox's own jobs and escalations are run.
   */
  #queue(): Pick<Queue, 'enqueue' | 'forgetActive' | 'isWaiting'> {
    let others = 0;
    return {
      enqueue: async (_trx, name, data, { startAfter, key } = {}) => {
        const unique = `${name}/${key ?? ++others}`;
        if (this.#jobs.has(unique)) return;
        this.#jobs.set(unique, { name, data, at: startAfter?.getTime() ?? 0, key: unique });
      },
      forgetActive: async () => {},
      isWaiting: async () => false,
    };
  }
}
