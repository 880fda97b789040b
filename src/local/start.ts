import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { pino } from 'pino';
import { readPolicyFile } from '../config-policy.ts';
import { refused } from '../config-words.ts';
import { type RoleMembers, rolesOf } from '../domain/bot-roles.ts';
import type { PolicyRules } from '../domain/policy-rules.ts';
import { startGraphEmulator } from '../emulators/graph/graph-emulator.ts';
import { type ChatPerson, chatPerson, chatPersonName, sampleGroupId } from '../emulators/graph/sample-people.ts';
import { startStudioEmulator } from '../emulators/studio-classic/studio-emulator.ts';
import { createLog } from '../log.ts';
import { start } from '../main.ts';
import { systemClock } from '../system-clock.ts';
import { readArguments } from './arguments.ts';
import { startAzurite } from './azurite.ts';
import { endWithNpm } from './end-with-npm.ts';
import { introduceToTeam } from './introduction.ts';
import { localSettings } from './local-settings.ts';
import { type Playground, startPlayground } from './playground.ts';
import { chatConversations } from './playground-config.ts';

const usage = `Starts Studio Steward on this machine, with everything it needs and a chat window for two people or more.

  npm start -- [--data <folder>] [--port <n> | --fresh-port] [--windows <addresses>] [--policy <file>]

  --data        folder for all data; delete it to start from scratch (default .data/local)
  --port        port of the bot (default 3978); the other parts use their usual ports, or any free ones
  --fresh-port  uses any free port for the bot, to run a second one beside the first (with its own --data)
  --windows     more people with a chat window, by address, separated by commas: adelev@example.com,pattif@example.com
  --policy      a file of rules to try, in the form of src/default-policy.json, instead of that one`;

/** The people who get a chat window. They own the sample workspaces. */
const windowOwners = ['alexw@example.com', 'meganb@example.com'] as const;
/** The person who may export people's directory data. */
const administrator = windowOwners[1];
/** Who may approve; the first one's window has the channel in which approvals are asked for. */
const approvers = [windowOwners[1], 'adelev@example.com'] as const;
/** The people of each role; everybody else has none. */
const roles = {
  approver: approvers,
  administrator: [windowOwners[1]],
  helpdesk: approvers,
  auditor: [windowOwners[1], 'pattif@example.com'],
} as const satisfies RoleMembers;
const usualPorts = { blobs: 10_000, studio: 7_071, graph: 7_072, windows: [56_150, 56_151] } as const;

const values = readArguments(usage, {
  data: { type: 'string' },
  port: { type: 'string' },
  'fresh-port': { type: 'boolean' },
  windows: { type: 'string' },
  policy: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
});

/** The running parts, newest last; they are closed in reverse order. */
const parts: { readonly name: string; readonly close: () => Promise<unknown> }[] = [];
let stopping = false;

/** The rules of a file; throws a sentence where they are wrong. */
function policyToTry(file: string): PolicyRules {
  const rules = readPolicyFile(file);
  if (refused(rules)) throw new Error(`--policy ${rules.sentence}`);
  return rules;
}

async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  for (const part of parts.reverse()) {
    await part.close().catch((error: unknown) => say(`${part.name} could not be closed: ${String(error)}`));
  }
  process.exit(code);
}

process.on('SIGINT', () => {
  say('\nStopping…');
  void stop(0);
});
process.on('SIGTERM', () => void stop(0));

endWithNpm(() => {
  say('npm has ended. Stopping…');
  void stop(0);
}, systemClock);

try {
  await run();
} catch (error) {
  say(`Studio Steward could not start. ${error instanceof Error ? error.message : String(error)}`);
  await stop(1);
}

async function run(): Promise<void> {
  const began = systemClock.now();
  const port = botPort();
  const data = path.resolve(values.data ?? '.data/local');
  const first = !existsSync(path.join(data, 'studio'));
  await mkdir(data, { recursive: true });
  const logFile = path.join(data, 'steward.log');
  const log = createLog('info', pino.destination({ dest: logFile, sync: true }));
  say(first ? 'First start: creating the sample workspaces. This takes a moment…' : 'Starting…');

  const azurite = await startAzurite({
    dataFolder: path.join(data, 'blobs'),
    port: await freeOr(usualPorts.blobs),
    silent: true,
  });
  parts.push({ name: 'the blob storage', close: azurite.close });
  void azurite.ended.then((how) => {
    if (stopping) return;
    say(`The blob storage ended unexpectedly, so everything stops: ${how}`);
    void stop(1);
  });
  const studio = await startStudioEmulator({
    clock: systemClock,
    blobClock: systemClock,
    dataFolder: path.join(data, 'studio'),
    seedFolder: path.join(import.meta.dirname, 'seeds', 'default'),
    // Where `npm run local:workspace` stores its workspaces.
    furtherSeeds: path.join(data, 'workspaces'),
    port: await freeOr(usualPorts.studio),
    blobs: azurite,
    deletionLagMs: 1_500,
    onError: (error) => log.error('studio emulator error', error),
  });
  parts.push({ name: 'the studio emulator', close: studio.close });

  const graph = await startGraphEmulator({
    clock: systemClock,
    dataFolder: path.join(data, 'graph'),
    port: await freeOr(usualPorts.graph),
    administrators: [administrator],
    personalAccounts: ['lynner@example.com'],
    groups: [{ id: sampleGroupId, people: ['pattif@example.com'] }],
  });
  parts.push({ name: 'the Microsoft Graph emulator', close: graph.close });

  const approver = chatPerson(approvers[0]);
  const owners = [...windowOwners, ...furtherOwners()];
  const settings = localSettings(
    { studio, azurite },
    {
      port,
      database: { kind: 'embedded', folder: path.join(data, 'database') },
      directoryExport: { kind: 'fixed-token', endpoint: graph.url, token: graph.token },
      mail: { kind: 'console' },
      // A policy to try may name the emulator's group.
      groups: { kind: 'fixed-token', endpoint: graph.url, token: graph.token },
      minUpdateGapMs: 3_000,
      // The emulators are fast, so poll early: people who try the product should not have to wait.
      firstPollMs: 3_000,
      approvers,
      administrators: roles.administrator,
      helpdesk: roles.helpdesk,
      auditors: roles.auditor,
      approvalConversationId: chatConversations(approver).announcements,
      approvalsInOwnChats: true,
      ...(values.policy === undefined ? {} : { policy: policyToTry(values.policy) }),
    },
  );
  const steward = await start(settings, systemClock, log);
  parts.push({ name: 'the bot', close: steward.stop });
  await steward.ready;

  const endpoint = `http://127.0.0.1:${steward.port}/api/messages`;
  const windows: Playground[] = [];
  for (const [index, owner] of owners.entries()) {
    const window = await startPlayground({
      endpoint,
      port: await freeOr(usualPorts.windows[index] ?? 0),
      person: owner,
      dataFolder: path.join(data, `window-${owner.split('@')[0]}`),
    });
    parts.push({ name: `${window.person.givenName}'s window`, close: window.close });
    windows.push(window);
  }
  const approversWindow = windows.find(({ person }) => person.email === approver.email);
  if (approversWindow) await introduceToTeam(endpoint, approversWindow, 'announcements');
  const seconds = ((systemClock.now() - began) / 1000).toFixed(1);
  say(welcome(windows, studio, `http://127.0.0.1:${steward.port}`, seconds, logFile));
}

/** The people of `--windows`. Throws an error for people when one of them is not known here. */
function furtherOwners(): readonly string[] {
  const named = (values.windows ?? '').split(/[,;\s]+/u).filter((each) => each !== '');
  const owners = named.map((each) => chatPerson(each.toLowerCase()).email);
  return [...new Set(owners)].filter((each) => !windowOwners.some((owner) => owner === each));
}

/** The requested port; 0 for a free one. Throws an error for people when it is not a port. */
function botPort(): number {
  if (values['fresh-port'] === true) {
    if (values.port !== undefined) throw new Error('Use either --port or --fresh-port, not both.');
    return 0;
  }
  const text = values.port ?? '3978';
  const port = Number(text);
  if (/^\d{1,5}$/u.test(text) && port <= 65_535) return port;
  throw new Error(`--port must be a whole number up to 65535, not "${text}".`);
}

function welcome(
  windows: readonly Playground[],
  studio: Awaited<ReturnType<typeof startStudioEmulator>>,
  bot: string,
  seconds: string,
  logFile: string,
): string {
  const workspaces = [...studio.workspaceNames().values()].map((name) => `“${name}”`).join(', ');
  return `
Studio Steward is running (started in ${seconds} s). Open a chat window in your browser:

${windows.map(({ person, url }) => `  ${url}   as ${describe(person)}`).join('\n')}

Then type, for example:
  export my workspace
  delete dataset churn.csv
  list my datasets
  help
As ${chatPersonName(chatPerson(administrator))}, the tenant’s administrator, also:
  export the directory data of ${windowOwners[0]}

Workspaces: ${workspaces}
Studio emulator: ${studio.url}   bot: ${bot} (/healthz, /readyz)   log: ${logFile}
Press Ctrl-C to stop. Your data stays in ${path.dirname(logFile)} for the next start.
`;
}

function describe(person: ChatPerson): string {
  const own = [
    ...rolesOf(roles, { objectId: person.objectId, addresses: [person.email] }),
    ...(person.email === administrator ? ['administrator of the tenant'] : []),
  ];
  return `${chatPersonName(person)} (${person.email})${own.length === 0 ? '' : `: ${own.join(', ')}`}`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** The port when it is free, otherwise 0 (any free port). */
function freeOr(port: number): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(0));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(port)));
  });
}
