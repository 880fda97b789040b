import { mainSource } from '../../sources/registry.ts';

/** Pages where a person can do what Steward could not; notes contain these addresses. */
const known = [
  { title: `Open ${mainSource.name}`, url: mainSource.page },
  { title: 'Open the Azure portal', url: 'https://portal.azure.com' },
];

/**
 * Buttons to the pages whose addresses are in these notes. An allow list, because a note may contain an asset's name,
 * and a name may look like an address.
 */
export function pagesNamed(notes: readonly string[]): readonly { readonly title: string; readonly url: string }[] {
  return known.filter(({ url }) => notes.some((note) => note.includes(url)));
}
