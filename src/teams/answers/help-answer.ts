import { type RenderedCard, renderCard } from '../cards/render.ts';
import { listWords } from '../cards/words.ts';
import { commandSections } from '../command-table.ts';
import { type CommandUser, fittingCommands } from '../fitting-commands.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';
import { whomToAsk } from '../whom-to-ask.ts';
import { commandUserOf } from './command-user.ts';

/** The most lines of a short help. */
const mostLines = 5;

/** How many of the commands that are left out its last line names. */
const mostNamed = 3;

/** What the button for the long list says. */
const everything = 'help all';

/** "help": at most five things that this person can say here; "help all": all of them. */
export async function help(services: TeamsServices, turn: Turn): Promise<void> {
  const user = await commandUserOf(services, turn.actor, turn.signal);
  const role = roleWords(services, user);
  await turn.say(/\b(?:all|everything)\b/iu.test(turn.text) ? longHelp(user, role) : shortHelp(user, role));
}

function shortHelp(user: CommandUser, role: string | null): RenderedCard {
  const fitting = fittingCommands(user).filter(({ section }) => section !== null);
  const left = fitting.slice(mostLines);
  const named = left.slice(0, mostNamed).map(({ say }) => `“${say}”`);
  const others = left.length - named.length;
  const more = listWords(others === 0 ? named : [...named, `${others} more`]);
  return renderCard('help', {
    role,
    lines: fitting.slice(0, mostLines).map(({ say, meaning, press }) => ({
      say,
      meaning,
      button: press ?? say,
    })),
    more: left.length === 0 ? null : { words: more, text: everything },
    note: noteFor(user),
    sections: [],
  });
}

function longHelp(user: CommandUser, role: string | null): RenderedCard {
  const fitting = fittingCommands(user);
  const sections = commandSections.map((title) => ({
    title,
    items: fitting
      .filter(({ section }) => section === title)
      .map(({ say, meaning, press }) => ({ say, meaning, button: press ?? say })),
  }));
  return renderCard('help', {
    role,
    lines: [],
    more: null,
    note: noteFor(user),
    sections: sections.filter(({ items }) => items.length > 0),
  });
}

function noteFor({ place }: CommandUser): string | null {
  return place === 'personal' ? null : 'Mention me here. In our personal chat you can say more, without a mention.';
}

function roleWords(services: TeamsServices, { rights }: CommandUser): string | null {
  if (rights === null) return null;
  if (rights.workspaces === 0) return `I cannot find a workspace that you are a member of. ${whomToAsk(services)}`;
  switch (rights.deletes) {
    case 'freely':
      return null;
    case 'with-approval':
      return 'What you want to delete needs another person’s approval.';
    case 'nowhere':
      return 'You can export, but not delete.';
  }
}
