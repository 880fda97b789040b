import { manifestSchema } from '../../src/archive/manifest.ts';
import type { ChatPerson } from '../../src/emulators/graph/sample-people.ts';
import { cardFor, linksOf, pressButton } from './talk.ts';
import type { PostedMessage } from './teams.ts';
import type { World } from './world.ts';
import { unzip } from './zip.ts';

/** A downloaded archive of one part, unpacked. */
export class Archive {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly manifest: ReturnType<typeof manifestSchema.parse>;
  readonly preview: PostedMessage;
  readonly result: PostedMessage;

  constructor(files: ReadonlyMap<string, Buffer>, preview: PostedMessage, result: PostedMessage) {
    this.files = files;
    this.manifest = manifestSchema.parse(JSON.parse(files.get('manifest.json')?.toString() ?? ''));
    this.preview = preview;
    this.result = result;
  }

  text(path: string): string {
    return this.files.get(path)?.toString() ?? '';
  }

  /** The JSON files of a folder, by path. */
  documents(folder: string): ReadonlyMap<string, unknown> {
    const found = [...this.files].filter(([path]) => path.startsWith(`${folder}/`) && path.endsWith('.json'));
    return new Map(found.map(([path, bytes]) => [path, JSON.parse(bytes.toString())]));
  }
}

/** Requests an export in a person's own chat, confirms its preview, downloads the archive and unpacks it. */
export async function exportInChat(
  { teams }: World,
  person: ChatPerson,
  sentence: string,
  title: string,
): Promise<Archive> {
  await teams.write(person, sentence);
  const preview = await cardFor(teams, person, title);
  await pressButton(teams, person, preview, 'Export');
  const result = await teams.waitFor(
    preview.conversationId,
    ({ id, card }) => id === preview.id && JSON.stringify(card).includes('"url"'),
  );
  const response = await fetch(linksOf(result)[0] ?? '');
  return new Archive(await unzip(Buffer.from(await response.arrayBuffer())), preview, result);
}
