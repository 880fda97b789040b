import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type ChatPerson, chatPerson, chatPersonName } from '../emulators/graph/sample-people.ts';
import { type ChatConversations, chatConversations, playgroundConfig } from './playground-config.ts';

export interface PlaygroundOptions {
  /** The bot's messaging endpoint, for example `http://127.0.0.1:3978/api/messages`. */
  readonly endpoint: string;
  /** The window's port; 0 means any free port. */
  readonly port: number;
  /** E-mail address of the person whose window this is. */
  readonly person: string;
  /** A folder for the configuration and the log of this window; created when missing. */
  readonly dataFolder: string;
}

/** A running chat window. It keeps its conversations in memory only, so a restarted window is empty. */
export interface Playground {
  /** Address of the page; the window's own connector has an address below it. */
  readonly url: string;
  readonly person: ChatPerson;
  readonly conversations: ChatConversations;
  /** Resolves with the exit code (null after a signal) when the process has ended for any reason. */
  readonly ended: Promise<number | null>;
  close(): Promise<void>;
}

/** The chat window could not be started. `message` says why and names the log file. */
export class PlaygroundError extends Error {
  override readonly name = 'PlaygroundError';
  readonly reason: 'ended' | 'port-taken' | 'too-slow';

  constructor(reason: 'ended' | 'port-taken' | 'too-slow', message: string) {
    super(message);
    this.reason = reason;
  }
}

const startLimitMilliseconds = 60_000;

/**
 * Starts Microsoft 365 Agents Playground for one person; resolves once its page answers. It needs no network, listens
 * on loopback only, and ends with this process. Throws {@link PlaygroundError}.
 */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const person = chatPerson(options.person);
  await mkdir(options.dataFolder, { recursive: true });
  const configFile = path.join(options.dataFolder, '.m365agentsplayground.yml');
  const logFile = path.join(options.dataFolder, 'playground.log');
  await writeFile(configFile, playgroundConfig(person));

  const child = spawn(process.execPath, playgroundArguments(options), {
    cwd: options.dataFolder,
    env: playgroundEnvironment(configFile, logFile),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit').then(([code]: (number | null)[]) => code ?? null);
  const close = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  try {
    const port = await listeningPort(child, child.stdout, ended, logFile);
    if (options.port !== 0 && port !== options.port) {
      throw new PlaygroundError('port-taken', `Port ${options.port} for ${person.givenName}'s chat window is in use.`);
    }
    const url = `http://localhost:${port}`;
    await answersAs(person, url, ended, logFile);
    return { url, person, conversations: chatConversations(person), ended, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function playgroundArguments(options: PlaygroundOptions): string[] {
  const preloads = ['close-with-parent.ts', 'listen-on-loopback.ts'].flatMap((file) => [
    '--import',
    new URL(file, import.meta.url).href,
  ]);
  const program = createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js');
  const settings = ['-e', options.endpoint, '-c', 'msteams', '--dt', '-p', String(options.port)];
  return ['--no-warnings', ...preloads, program, 'start', ...settings];
}

/** The only environment variables: proxy and Playground settings of the shell must not affect the window. */
function playgroundEnvironment(configFile: string, logFile: string): Record<string, string> {
  return {
    TEAMSAPPTESTER_BROWSER: 'none',
    M365_AGENTS_PLAYGROUND_CONFIG_PATH: configFile,
    M365_AGENTS_PLAYGROUND_LOGFILE: logFile,
  };
}

/** The port that the Playground prints when it listens. It chooses another one when the requested one is in use. */
async function listeningPort(
  child: ChildProcess,
  output: Readable,
  ended: Promise<unknown>,
  logFile: string,
): Promise<number> {
  const limit = AbortSignal.timeout(startLimitMilliseconds);
  const lines = createInterface({ input: output, signal: limit });
  for await (const line of lines) {
    const found = /^Listening on (\d+)$/.exec(line);
    if (found) {
      output.resume();
      return Number(found[1]);
    }
  }
  if (limit.aborted) throw new PlaygroundError('too-slow', `The chat window did not start in time; see ${logFile}.`);
  await ended;
  throw new PlaygroundError('ended', `The chat window ended (${child.exitCode ?? child.signalCode}); see ${logFile}.`);
}

async function answersAs(person: ChatPerson, url: string, ended: Promise<unknown>, logFile: string): Promise<void> {
  const gone = ended.then(() => {
    throw new PlaygroundError('ended', `The chat window refused its configuration; see ${logFile}.`);
  });
  const reply = await Promise.race([fetch(`${url}/_internal/v1/config`), gone]);
  const text = await reply.text();
  if (!reply.ok || !text.includes(chatPersonName(person))) {
    throw new PlaygroundError('ended', `The chat window answers ${reply.status} to a health check; see ${logFile}.`);
  }
}
