import { kindWords } from '../sources/registry.ts';
import type { Reading } from '../understanding/intents.ts';

/**
 * The question before the preview of a destructive reading by a language model; null for other readings. It contains
 * names as the person typed them.
 */
export function askFirstQuestion({ intent, slots }: Reading): string | null {
  const what = affected();
  return what === null ? null : `Do you want me to show you what ${what} would do? That changes nothing.`;

  function affected(): string | null {
    switch (intent) {
      case 'delete.assets': {
        const names = (slots.assets ?? []).map(({ kind, name }) =>
          kind === undefined ? `“${name}”` : `the ${kindWords[kind].one} “${name}”`,
        );
        return names.length === 0 ? null : `deleting ${names.join(' and ')}`;
      }
      case 'delete.workspace':
        return slots.workspace === undefined
          ? 'deleting your whole workspace'
          : `deleting the whole workspace “${slots.workspace}”`;
      case 'dsr.erase':
        return slots.subject === 'me'
          ? 'erasing your personal data'
          : `erasing the personal data of “${slots.subject}”`;
      default:
        return null;
    }
  }
}
