import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import { Call, readPath } from '../server/call.ts';
import { answerControl } from '../server/control.ts';
import { type Fault, Faults } from '../server/faults.ts';
import { closeServer, listenOnLoopback } from '../server/loopback.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import { deliver } from '../server/reply-delivery.ts';
import { RequestLog } from '../server/request-log.ts';
import { GraphRefusal, refusalReply } from './graph-errors.ts';
import { type EmulatedGroup, transitiveMembers } from './graph-groups-emulation.ts';
import { type OperationBehaviour, Operations } from './graph-operations.ts';
import { filtered, type GraphPerson, personByIdOrEmail, rolesOf, userBody } from './graph-people.ts';
import { chatPeople } from './sample-people.ts';

export interface GraphEmulatorOptions {
  /** Folder in which the export operations are stored; they survive a restart. */
  readonly dataFolder: string;
  /** 0 means any free port. */
  readonly port: number;
  /** E-mail addresses of the Global Administrators. */
  readonly administrators: readonly string[];
  /** Everybody in the directory; defaults to the people of the chat windows. */
  readonly people?: readonly GraphPerson['person'][];
  /** E-mail addresses of guests with a personal Microsoft account. */
  readonly personalAccounts?: readonly string[];
  readonly groups?: readonly EmulatedGroup[];
  readonly behaviour?: Partial<OperationBehaviour>;
  readonly clock: Clock;
}

/**
 * A running emulator of the part of Microsoft Graph that Steward uses, on loopback. Its `/_control` works like the
 * Studio emulator's.
 */
export interface GraphEmulator {
  /** Base address, without a path. */
  readonly url: string;
  /** The bearer token that the emulator accepts. It stands for an identity with all permissions that are needed. */
  readonly token: string;
  readonly behaviour: OperationBehaviour;
  /** Number of exports of this person's data that were started. */
  startedFor(objectId: string): number;
  /** Replaces the list of Global Administrators. */
  setAdministrators(emails: readonly string[]): void;
  /** Says whose accounts, by e-mail address, are disabled and whose are deleted. */
  setLeavers(leavers: Leavers): void;
  /** Replaces the groups and their members. */
  setGroups(groups: readonly EmulatedGroup[]): void;
  close(): Promise<void>;
}

interface Leavers {
  readonly disabled?: readonly string[];
  readonly deleted?: readonly string[];
}

/** Value of the `Retry-After` header of operations, in seconds. */
const retryAfterSeconds = 1;

/** Starts the emulator; resolves when it accepts requests. */
export async function startGraphEmulator(options: GraphEmulatorOptions): Promise<GraphEmulator> {
  const behaviour: OperationBehaviour = { polls: 3, files: 3, fails: false, ...options.behaviour };
  const { clock } = options;
  const emulator = new Emulator(options, new Operations(options.dataFolder, behaviour, clock), clock);
  const port = await emulator.listen(options.port);
  return {
    url: `http://127.0.0.1:${port}`,
    token: emulator.token,
    behaviour,
    startedFor: (objectId) => emulator.operations.startedFor(objectId),
    setAdministrators: (emails) => {
      emulator.administrators = emails;
    },
    setLeavers: (leavers) => {
      emulator.leavers = leavers;
    },
    setGroups: (groups) => {
      emulator.groups = groups;
    },
    close: () => emulator.close(),
  };
}

class Emulator {
  readonly token = randomBytes(24).toString('base64url');
  readonly operations: Operations;
  administrators: readonly string[];
  groups: readonly EmulatedGroup[];
  leavers: Leavers = {};
  readonly #options: GraphEmulatorOptions;
  readonly #clock: Clock;
  readonly #faults = new Faults();
  readonly #log = new RequestLog();
  readonly #server: Server;

  constructor(options: GraphEmulatorOptions, operations: Operations, clock: Clock) {
    this.#options = options;
    this.operations = operations;
    this.#clock = clock;
    this.administrators = options.administrators;
    this.groups = options.groups ?? [];
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
  }

  listen(port: number): Promise<number> {
    return listenOnLoopback(this.#server, port);
  }

  close(): Promise<void> {
    return closeServer(this.#server);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = readPath(request.url ?? '/');
    const method = request.method ?? 'GET';
    const call = new Call(request, path, {});
    if (path.segments[0] === '_control') {
      return deliver(await answerControl(call, this.#faults, this.#log), response, null, this.#clock);
    }
    const entry = this.#log.add(this.#clock.now(), method, path.plain);
    const struck = this.#faults.strike(method, path.plain);
    for (const fault of struck) if (fault.kind === 'latency') await this.#clock.wait(fault.milliseconds);
    const fault = struck.findLast(({ kind }) => kind !== 'latency') ?? null;
    entry.fault = fault?.kind ?? null;
    if (fault?.kind === 'silence') return;
    if (fault?.kind === 'reset' && fault.after === 'request') return reset(request);
    const reply = fault?.kind === 'status' ? statusReply(fault) : await this.#orRefusal(call);
    request.resume();
    if (fault?.kind === 'reset') return reset(request);
    entry.status = reply.status;
    await deliver(reply, response, fault, this.#clock);
  }

  async #orRefusal(call: Call): Promise<Reply> {
    try {
      return await this.#answer(call);
    } catch (error) {
      if (error instanceof GraphRefusal) return refusalReply(error);
      throw error;
    }
  }

  async #answer(call: Call): Promise<Reply> {
    if (call.request.headers.authorization !== `Bearer ${this.token}`) {
      throw new GraphRefusal(401, 'InvalidAuthenticationToken', 'Access token is empty or wrong.');
    }
    const [version, collection, key, ...rest] = call.segments;
    if (version !== 'v1.0') throw new GraphRefusal(404, 'UnknownVersion', 'Only v1.0 is supported.');
    const people = this.#people();
    if (collection === 'dataPolicyOperations' && key !== undefined && call.method === 'GET') {
      return this.#operation(key);
    }
    if (
      collection === 'groups' &&
      call.method === 'GET' &&
      key !== undefined &&
      rest.join('/') === 'transitiveMembers'
    ) {
      return transitiveMembers(this.groups, people, key, Number(call.query('$skiptoken') ?? 0), this.#address());
    }
    if (collection !== 'users') throw new GraphRefusal(400, 'BadRequest', 'Resource not found for the segment.');
    if (key === undefined) {
      return jsonReply({ value: filtered(people, call.query('$filter') ?? '').map(userBody) });
    }
    const person = personByIdOrEmail(people, key);
    if (person === undefined) throw new GraphRefusal(404, 'Request_ResourceNotFound', 'No such resource.');
    switch (`${call.method} ${rest.join('/')}`) {
      case 'GET ':
        return jsonReply(userBody(person));
      case 'GET transitiveMemberOf/microsoft.graph.directoryRole':
        return this.#roles(person, Number(call.query('$skiptoken') ?? 0));
      case 'POST exportPersonalData':
        return this.#start(call, person);
      default:
        throw new GraphRefusal(400, 'BadRequest', 'Resource not found for the segment.');
    }
  }

  /** Pages of one role each, so that a client which reads only the first page is found out. */
  #roles(person: GraphPerson, from: number): Reply {
    const roles = rolesOf(person);
    const path = `/v1.0/users/${person.person.objectId}/transitiveMemberOf/microsoft.graph.directoryRole`;
    const next =
      from + 1 < roles.length ? { '@odata.nextLink': `${this.#address()}${path}?$skiptoken=${from + 1}` } : {};
    return jsonReply({ value: roles.slice(from, from + 1), ...next });
  }

  async #start(call: Call, person: GraphPerson): Promise<Reply> {
    const body = await call.json(z.object({ storageLocation: z.url() }));
    if (person.personalAccount) {
      throw new GraphRefusal(400, 'BadRequest', 'Personal Microsoft accounts are not supported.');
    }
    const { id } = await this.operations.start(person.person.objectId, body.storageLocation);
    const headers = {
      Location: `${this.#address()}/v1.0/dataPolicyOperations/${id}`,
      'Retry-After': String(retryAfterSeconds),
      'Content-Length': '0',
    };
    return { status: 202, headers, body: '' };
  }

  async #operation(id: string): Promise<Reply> {
    const record = await this.operations.poll(id);
    if (record === undefined) throw new GraphRefusal(404, 'Request_ResourceNotFound', 'No such operation.');
    const { status, polls, submittedAt, completedAt, storageLocation, userId } = record;
    const progress = status === 'complete' ? 100 : Math.floor((100 * polls) / (this.operations.behaviour.polls + 1));
    const body = { id, status, progress, storageLocation, userId };
    const reply = jsonReply({ ...body, submittedDateTime: submittedAt, completedDateTime: completedAt });
    return { ...reply, headers: { ...reply.headers, 'Retry-After': String(retryAfterSeconds) } };
  }

  #people(): readonly GraphPerson[] {
    const { disabled = [], deleted = [] } = this.leavers;
    const present = (this.#options.people ?? chatPeople).filter(({ email }) => !deleted.includes(email));
    return present.map((person) => ({
      enabled: !disabled.includes(person.email),
      person,
      personalAccount: this.#options.personalAccounts?.includes(person.email) === true,
      administrator: this.administrators.includes(person.email),
    }));
  }

  #address(): string {
    const address = this.#server.address();
    return address === null || typeof address === 'string' ? '' : `http://127.0.0.1:${address.port}`;
  }
}

/** Resets the TCP connection instead of closing it. */
function reset(request: IncomingMessage): void {
  request.socket.resetAndDestroy();
}

function statusReply({ status, code, message, headers }: Extract<Fault, { kind: 'status' }>): Reply {
  const reply = refusalReply(new GraphRefusal(status, code ?? 'Fault', message ?? 'Injected fault.'));
  return { ...reply, headers: { ...reply.headers, ...headers } };
}
