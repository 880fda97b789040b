import { readFileSync, writeFileSync } from 'node:fs';
import { commands, type Place } from './teams/command-table.ts';

const file = new URL('../manifest/manifest.json', import.meta.url);

/** The commands that Teams suggests beside the text box, in the form of the app manifest. */
export function commandLists(): readonly CommandList[] {
  const suggestedIn = (place: Place) =>
    commands
      .filter(({ suggested, places }) => suggested && places.includes(place))
      .map(({ say, meaning }) => ({ title: say, description: meaning }));
  return [
    { scopes: ['personal'], commands: suggestedIn('personal') },
    { scopes: ['team', 'groupChat'], commands: suggestedIn('shared') },
  ];
}

interface CommandList {
  readonly scopes: readonly ('personal' | 'team' | 'groupChat')[];
  readonly commands: readonly { readonly title: string; readonly description: string }[];
}

/** The part of the app manifest that is built here; everything else in it is kept. */
interface Manifest {
  bots: { commandLists: readonly CommandList[] }[];
}

if (import.meta.main) {
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  for (const bot of manifest.bots) bot.commandLists = commandLists();
  writeFileSync(file, `${JSON.stringify(manifest)}\n`);
  process.stdout.write('manifest/manifest.json has the commands of src/teams/command-table.ts.\n');
}
